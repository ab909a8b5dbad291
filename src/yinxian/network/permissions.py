"""Who may do what with people and organisations."""

from __future__ import annotations

from typing import Any

from .members import has_role
from .models import Membership, Organisation

ADMIN = (Membership.Role.ADMIN,)
REVIEWING = (Membership.Role.ADMIN, Membership.Role.REVIEWER)


def can_manage(user: Any, organisation: Organisation) -> bool:
    """Its administrators edit an organisation and its members."""
    return has_role(user, organisation.pk, ADMIN)


def can_admit(user: Any, association: Organisation | None) -> bool:
    """An association's administrators and reviewers decide who joins."""
    is_association = association is not None and association.kind == Organisation.Kind.ASSOCIATION
    return is_association and has_role(user, association.pk if association else None, REVIEWING)
