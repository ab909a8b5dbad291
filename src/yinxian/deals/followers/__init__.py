"""Followers of the journal in deals: one module a matter."""

from . import bypass

__all__ = ["bypass"]
