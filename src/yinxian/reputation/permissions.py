"""Who may do what with points and credit."""

from __future__ import annotations

from typing import Any

from yinxian.network.models import Organisation
from yinxian.network.permissions import can_admit

from .models import Appeal, Point


def can_edit_scheme(user: Any, association: Organisation) -> bool:
    """The association's administrators and reviewers."""
    return can_admit(user, association)


def can_read_register(user: Any, association: Organisation) -> bool:
    """They also read every point and every refusal of the association's people."""
    return can_admit(user, association)


def can_read_point(user: Any, point: Point) -> bool:
    """The person whose point it is, and the reviewers of the association whose scheme gave it."""
    return point.user_id == getattr(user, "pk", None) or can_admit(user, point.scheme.association)


def can_read_appeal(user: Any, appeal: Appeal) -> bool:
    return appeal.user_id == getattr(user, "pk", None) or can_admit(user, appeal.association)


def can_decide(user: Any, appeal: Appeal) -> bool:
    """Another person of the association: nobody decides their own appeal."""
    return appeal.user_id != getattr(user, "pk", None) and can_admit(user, appeal.association)
