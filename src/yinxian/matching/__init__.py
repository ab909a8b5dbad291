"""Ranking, explanation, the fit table and managers' feedback."""
