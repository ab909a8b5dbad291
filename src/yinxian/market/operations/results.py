"""Every write on a result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden
from yinxian.network.models import User

from .. import permissions
from ..models import Result
from . import listings
from .values import QUIET, checked

State = Result.State
REVIEWED_AGAIN = (State.PUBLISHED, State.EXPIRED)


@transaction.atomic
def create_result(*, owner_id: int, actor: User, values: Mapping[str, Any], manager_id: int | None = None) -> Result:
    """A draft that only the owner's people and the responsible manager see."""
    return listings.new_listing(Result, owner_id, actor, manager_id, values)


@transaction.atomic
def edit_result(*, result_id: int, actor: User, values: Mapping[str, Any], seen: str) -> Result:
    """Change what is said; what others may read of a published one goes back to review.

    ``seen`` is the version that the editor read: Conflict when someone else saved since.
    """
    result = listings.locked(Result, result_id)
    if not permissions.can_edit(actor, result):
        raise Forbidden("market.not_yours")
    listings.unchanged_since(result, seen)
    given = checked(Result, values, clock.today())
    loud = [name for name in given if name not in QUIET and getattr(result, name) != given[name]]
    if loud and result.state in REVIEWED_AGAIN:
        result.move_to(State.PENDING)
    elif loud and result.state == State.WITHDRAWN:
        result.move_to(State.DRAFT)
    changed = listings.write(result, given)
    listings.record("edited", result, actor, fields=changed)
    return result


@transaction.atomic
def submit_result(*, result_id: int, actor: User) -> Result:
    """The owner signs its draft off and asks the association to publish it."""
    result = listings.locked(Result, result_id)
    if not permissions.can_sign_off(actor, result):
        raise Forbidden("market.owner_signs_off")
    if permissions.reviewer_of(result) is None:
        raise Conflict("market.no_association")
    result.move_to(State.PENDING)
    result.review_reason = ""
    result.changed_at = clock.now()
    result.save()
    listings.record("submitted", result, actor)
    return result


@transaction.atomic
def review_result(*, result_id: int, actor: User, decision: str, reason: str = "") -> Result:
    """``publish``, ``hold`` or ``reject``, by a reviewer of the association that admitted the owner."""
    return listings.review(listings.locked(Result, result_id), decision, reason, actor)


@transaction.atomic
def withdraw_result(*, result_id: int, actor: User) -> Result:
    """The owner takes it off the market; it stays as it is and can be offered again."""
    result = listings.locked(Result, result_id)
    if not permissions.can_sign_off(actor, result):
        raise Forbidden("market.owner_signs_off")
    result.move_to(State.WITHDRAWN)
    result.changed_at = clock.now()
    result.save()
    listings.record("withdrawn", result, actor)
    return result


@transaction.atomic
def renew_result(*, result_id: int, actor: User) -> Result:
    """Still true: fresh for a year from today."""
    return listings.renew(listings.locked(Result, result_id), actor)
