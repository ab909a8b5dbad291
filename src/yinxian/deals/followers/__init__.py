"""Followers of the journal in deals: one module a matter."""

from . import bypass, offers

__all__ = ["bypass", "offers"]
