"""Followers of the journal in deals: one module a matter."""

from . import bypass, contracts, needs, offers, protection

__all__ = ["bypass", "contracts", "needs", "offers", "protection"]
