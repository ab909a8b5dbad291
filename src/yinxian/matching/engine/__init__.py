"""The pure part of matching: from a brief to a query, from words and figures to a score with its reasons.

No models and no requests here; market's index and the database are reached by ``queries``.
"""
