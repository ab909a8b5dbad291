"""The bypass alarm."""
