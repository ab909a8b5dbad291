"""Contracts: templates, documents, approval by both sides."""
