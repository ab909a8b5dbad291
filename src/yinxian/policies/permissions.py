"""Policies are public; an association's administrators keep its own edition of them."""

from __future__ import annotations

from typing import Any

from yinxian.network.members import memberships_of
from yinxian.network.models import Membership, Organisation


def edits_for(user: Any) -> Organisation | None:
    """The association whose edition the person keeps; None for everyone else."""
    found = memberships_of(user).filter(role=Membership.Role.ADMIN, organisation__kind=Organisation.Kind.ASSOCIATION)
    membership = found.first()
    return membership.organisation if membership else None
