"""Who may do what with levels and credentials."""

from __future__ import annotations

from typing import Any

from yinxian.network.models import Organisation
from yinxian.network.permissions import can_admit, can_manage


def can_edit_levels(user: Any, association: Organisation) -> bool:
    """An association's administrators and reviewers say what its levels ask."""
    return can_admit(user, association)


def can_award(user: Any, association: Organisation) -> bool:
    """They also award, suspend and revoke; never for themselves (the operations ask that)."""
    return can_admit(user, association)


def can_recognise(user: Any, association: Organisation) -> bool:
    """And sign for the association that another's level equals its own."""
    return can_admit(user, association)


def can_keep_keys(user: Any, association: Organisation) -> bool:
    """Keys are for the administrators."""
    return association.kind == Organisation.Kind.ASSOCIATION and can_manage(user, association)
