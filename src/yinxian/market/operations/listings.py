"""What results and needs share: lock, version, review, freshness."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeVar

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.members import association_for
from yinxian.network.models import Organisation, User

from .. import permissions
from ..freshness import fresh_until
from ..models import Need, Result
from .values import checked, line

L = TypeVar("L", Result, Need)
DECISIONS = {"publish": "published", "hold": "hold", "reject": "rejected"}
VERBS = {"publish": "published", "hold": "held", "reject": "rejected"}


def locked(model: type[L], pk: int) -> L:
    """The row, locked until the transaction ends, its owner and manager loaded."""
    found = model._default_manager.select_for_update(of=("self",)).select_related("owner", "manager")
    return found.get(pk=pk)


def kind_of(listing: Result | Need) -> str:
    return "result" if isinstance(listing, Result) else "need"


def record(verb: str, listing: Result | Need, actor: User | None, **data: Any) -> None:
    """``market.result.published`` and the like; never with text of the listing in it."""
    owner = listing.owner
    association = association_for(owner)
    journal.record(
        f"market.{kind_of(listing)}.{verb}",
        actor=actor,
        subject=listing,
        data=data,
        organisations=[owner.pk, *([association.pk] if association else [])],
    )


def new_listing(
    model: type[L], owner_id: int, actor: User, manager_id: int | None, given: Mapping[str, Any], **own: Any
) -> L:
    """A listing in its first state, of an owner for whom the actor may write; a manager takes it on themselves."""
    owner = Organisation.objects.get(pk=owner_id)
    if not permissions.can_create(actor, owner):
        raise Forbidden("market.not_yours_to_create")
    if manager_id is not None and manager_id != actor.pk and not permissions.can_choose_manager(actor, owner):
        raise Forbidden("market.not_yours_to_create")
    if manager_id is not None and not permissions.is_a_manager(manager_id):
        raise Invalid("market.not_a_manager", field="manager")
    values = checked(model, {"title": "", **given}, clock.today())
    listing = model(owner=owner, manager_id=manager_id, created_by=actor, **values, **own)
    listing.created_at = listing.changed_at = clock.now()
    listing.save()
    record("created", listing, actor)
    return listing


def unchanged_since(listing: Result | Need, seen: str) -> None:
    """Conflict when someone saved the listing after ``seen`` (its ``changed_at`` as the editor read it)."""
    if version(listing) != seen:
        raise Conflict("market.changed_meanwhile")


def version(listing: Result | Need) -> str:
    return listing.changed_at.astimezone(dt.UTC).isoformat()


def write(listing: Result | Need, values: Mapping[str, Any]) -> list[str]:
    """Set the values and the time; the names of those that differ. Saves."""
    differ = [name for name, value in values.items() if getattr(listing, name) != value]
    for name in differ:
        setattr(listing, name, values[name])
    listing.changed_at = clock.now()
    listing.save()
    return differ


def review(listing: L, decision: str, reason: str, actor: User) -> L:
    """The association publishes, holds or rejects; the last two with a reason."""
    if not permissions.can_review(actor, listing):
        raise Forbidden("market.not_yours_to_review")
    if decision not in DECISIONS:
        raise Invalid("market.unknown_choice", field="decision")
    reason = line("reason", reason, 2000, multiline=True)
    if decision != "publish" and not reason:
        raise Invalid("market.reason_missing", field="reason")
    listing.move_to(DECISIONS[decision])
    listing.review_reason = reason
    if decision == "publish":
        listing.published_on = listing.published_on or clock.today()
        listing.fresh_until = fresh_until(clock.today())
    listing.changed_at = clock.now()
    listing.save()
    record(VERBS[decision], listing, actor)
    return listing


def renew(listing: L, actor: User) -> L:
    """The owner says that it still holds: fresh for another year from today; an expired one is listed again."""
    if not permissions.can_edit(actor, listing):
        raise Forbidden("market.not_yours")
    if listing.published_on is None or listing.state not in ("published", "matching", "expired"):
        raise Conflict("market.not_listed")
    until = fresh_until(clock.today())
    if listing.state != "expired" and listing.fresh_until == until:
        return listing
    if listing.state == "expired":
        listing.move_to("published")
    listing.fresh_until = until
    listing.changed_at = clock.now()
    listing.save()
    record("renewed", listing, actor, until=until.isoformat())
    return listing
