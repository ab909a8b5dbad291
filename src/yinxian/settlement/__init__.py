"""Double-entry ledger, escrow, splits and statements. Knows accounts and amounts, never deals."""
