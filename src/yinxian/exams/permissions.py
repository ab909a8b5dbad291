"""Who may do what with exams."""

from __future__ import annotations

from typing import Any

from yinxian.network.members import is_in_network, organisation_ids
from yinxian.network.models import ManagerProfile, Organisation
from yinxian.network.permissions import can_admit

from .models import Grader, PaperItem, Sitting, Window


def keeps(user: Any, association: Organisation) -> bool:
    """An association's administrators and reviewers keep its bank, its exams and its windows, and see the keys."""
    return can_admit(user, association)


def grades_for(user: Any) -> set[int]:
    """The associations that appointed the person to grade."""
    if not getattr(user, "is_authenticated", False):
        return set()
    return set(Grader.objects.filter(user=user, ended_at=None).values_list("association_id", flat=True))


def can_grade(user: Any, item: PaperItem) -> bool:
    """An appointed grader, never one's own paper, no item twice."""
    association = item.sitting.window.exam.association_id
    own = item.sitting.user_id == user.pk
    return association in grades_for(user) and not own and not item.scores.filter(grader=user).exists()


def may_register(user: Any, window: Window) -> bool:
    """By the window's rule. Who is registered by the association itself is asked nothing here."""
    association = window.exam.association_id
    if window.for_whom == Window.ForWhom.NETWORK:
        return is_in_network(user)
    if window.for_whom == Window.ForWhom.ASSOCIATION:
        managed = ManagerProfile.objects.filter(user=user, association=association).exists()
        return managed or association in organisation_ids(user)
    return False


def knows_the_keys(user: Any, association: Organisation) -> bool:
    """Who keeps the bank or grades for an association cannot be examined by it."""
    return keeps(user, association) or association.pk in grades_for(user)


def sits(user: Any, sitting: Sitting) -> bool:
    return bool(getattr(user, "is_authenticated", False)) and sitting.user_id == user.pk
