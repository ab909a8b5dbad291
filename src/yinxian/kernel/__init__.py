"""What every app stands on: money, quantities, text, errors, ids, the clock. No models, no rules of the trade."""
