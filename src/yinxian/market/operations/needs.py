"""Every write on a need, except its briefs, evidence and the client's confirmation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.db import transaction

from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.text import clean
from yinxian.network.models import User

from .. import permissions
from ..models import Need
from . import listings
from .values import LONGEST_TEXT, QUIET, checked

State = Need.State
TRANSLATED_AGAIN = {
    State.CONFIRMED: State.TRANSLATING,
    State.HOLD: State.TRANSLATING,
    State.REJECTED: State.TRANSLATING,
    State.PUBLISHED: State.TRANSLATING,
    State.EXPIRED: State.TRANSLATING,
    State.TRACKING: State.TRANSLATING,
    State.MATCHING: State.REDIAGNOSIS,
}
BY_HAND = (
    State.VERIFYING,
    State.TRANSLATING,
    State.MATCHING,
    State.SOLVED,
    State.REDIAGNOSIS,
    State.TRACKING,
    State.CLOSED,
)


@transaction.atomic
def create_need(
    *,
    owner_id: int,
    actor: User,
    raw_words: str,
    values: Mapping[str, Any],
    manager_id: int | None = None,
    raw_file: File[bytes] | None = None,
) -> Need:
    """A need in the company's own words, which are kept for ever as written (only NUL is taken out)."""
    words = raw_words.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
    if not clean(words).strip():
        raise Invalid("market.words_missing", field="raw_words")
    if len(words) > LONGEST_TEXT:
        raise Invalid("market.too_long", field="raw_words", limit=LONGEST_TEXT, length=len(words))
    own: dict[str, Any] = {"raw_words": words}
    if raw_file is not None:
        own["raw_file"] = raw_file
    return listings.new_listing(Need, owner_id, actor, manager_id, values, **own)


@transaction.atomic
def edit_need(*, need_id: int, actor: User, values: Mapping[str, Any], seen: str) -> Need:
    """Change what is said of it, never the company's words. What others may read of a confirmed or published
    need goes back to the client's confirmation.

    ``seen`` is the version that the editor read: Conflict when someone else saved since, or it is over.
    """
    need = listings.locked(Need, need_id)
    if not permissions.can_edit(actor, need):
        raise Forbidden("market.not_yours")
    if need.state in (State.SOLVED, State.CLOSED):
        raise Conflict("market.need_over", state=need.get_state_display())
    listings.unchanged_since(need, seen)
    today = clock.today()
    same_day = need.deadline is not None and values.get("deadline") == need.deadline
    given = checked(Need, {name: value for name, value in values.items() if name != "deadline" or not same_day}, today)
    loud = [name for name in given if name not in QUIET and getattr(need, name) != given[name]]
    if loud and need.state in TRANSLATED_AGAIN:
        need.move_to(TRANSLATED_AGAIN[State(need.state)])
    changed = listings.write(need, given)
    listings.record("edited", need, actor, fields=changed)
    return need


@transaction.atomic
def review_need(*, need_id: int, actor: User, decision: str, reason: str = "") -> Need:
    """``publish``, ``hold`` or ``reject`` a need that its client has confirmed, by the association's reviewer."""
    return listings.review(listings.locked(Need, need_id), decision, reason, actor)


@transaction.atomic
def move_need(*, need_id: int, actor: User, state: str) -> Need:
    """The manager or the owner says where it stands. Confirmation is the client's and publication the
    association's, so neither can be reached this way, except back to published from matching."""
    need = listings.locked(Need, need_id)
    if not permissions.can_edit(actor, need):
        raise Forbidden("market.not_yours")
    back = state == State.PUBLISHED and need.state == State.MATCHING
    if state not in BY_HAND and not back:
        raise Forbidden("market.state_not_by_hand")
    before = need.state
    need.move_to(state)
    need.changed_at = clock.now()
    need.save()
    listings.record("moved", need, actor, before=before, state=state)
    return need


@transaction.atomic
def settle_need(*, need_id: int, actor: User | None = None) -> bool:
    """What was wanted has been delivered and paid: solved. The product itself says so, thus nobody's permission is
    asked. False when it is over already, or being written anew."""
    need = listings.locked(Need, need_id)
    if not need.can_move_to(State.SOLVED):
        return False
    before = need.state
    need.move_to(State.SOLVED)
    need.changed_at = clock.now()
    need.save()
    listings.record("moved", need, actor, before=before, state=need.state)
    return True


@transaction.atomic
def assign_manager(*, need_id: int, actor: User, manager_id: int | None) -> Need:
    """The owner chooses who looks after the need; the manager in charge may hand it back."""
    need = listings.locked(Need, need_id)
    hands_back = permissions.is_responsible(actor, need) and manager_id is None
    if not (permissions.can_sign_off(actor, need) or hands_back):
        raise Forbidden("market.owner_signs_off")
    if manager_id is not None and not permissions.is_a_manager(manager_id):
        raise Invalid("market.not_a_manager", field="manager")
    if need.manager_id == manager_id:
        return need
    need.manager_id = manager_id
    need.changed_at = clock.now()
    need.save()
    listings.record("assigned", need, actor)
    return need


@transaction.atomic
def renew_need(*, need_id: int, actor: User) -> Need:
    """Still wanted: fresh for a year from today."""
    return listings.renew(listings.locked(Need, need_id), actor)
