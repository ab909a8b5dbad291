"""Followers of the journal in deals: one module a matter."""

from . import bypass, contracts, needs, offers, proofs, protection, registrations, royalties, trials

__all__ = ["bypass", "contracts", "needs", "offers", "proofs", "protection", "registrations", "royalties", "trials"]
