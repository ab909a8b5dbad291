"""Points, only from facts in the journal."""
