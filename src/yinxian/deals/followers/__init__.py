"""Followers of the journal in deals: one module a matter."""

from . import bypass, contracts, offers

__all__ = ["bypass", "contracts", "offers"]
