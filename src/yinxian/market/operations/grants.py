"""Name someone on a listing, and end it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Forbidden, Invalid
from yinxian.network.models import Organisation, User

from .. import permissions
from ..models import Grant, Need, Result
from . import listings


@transaction.atomic
def grant_named(
    *,
    result_id: int | None = None,
    need_id: int | None = None,
    organisation_id: int | None = None,
    user_id: int | None = None,
    reason: str = "introduction",
    reference: str = "",
    actor: User | None,
) -> Grant:
    """Open one listing to one party, in full; the same twice is one. Permission is the caller's: an
    introduction calls this when both sides have acknowledged it. ValueError unless one listing and one party."""
    if (result_id is None) == (need_id is None) or (organisation_id is None) == (user_id is None):
        raise ValueError("a grant opens one listing to one party")
    listing = _locked(result_id, need_id)
    key: dict[str, Any] = {
        "result_id": result_id,
        "need_id": need_id,
        "organisation_id": organisation_id,
        "user_id": user_id,
        "reason": reason,
        "reference": reference,
        "ended_at": None,
    }
    grant, created = Grant.objects.get_or_create(**key, defaults={"created_by": actor, "created_at": clock.now()})
    if created:
        listings.record("party_named", listing, actor, reason=reason, reference=reference)
    return grant


def _locked(result_id: int | None, need_id: int | None) -> Result | Need:
    return listings.locked(Need, int(need_id or 0)) if result_id is None else listings.locked(Result, result_id)


@transaction.atomic
def name_party(*, party: str, actor: User, result_id: int | None = None, need_id: int | None = None) -> Grant:
    """The owner names an organisation or a person (by identifier or exact name) who may see everything.

    Invalid when nobody goes by that name.
    """
    listing = _locked(result_id, need_id)
    if not permissions.can_sign_off(actor, listing):
        raise Forbidden("market.owner_signs_off")
    name = " ".join(party.split())
    organisation = Organisation.objects.filter(slug=name).first() or Organisation.objects.filter(name=name).first()
    user = None if organisation else User.objects.filter(slug=name, is_active=True).first()
    if organisation is None and user is None:
        raise Invalid("market.party_unknown", field="party")
    return grant_named(
        result_id=result_id,
        need_id=need_id,
        organisation_id=organisation.pk if organisation else None,
        user_id=user.pk if user else None,
        reason="owner",
        actor=actor,
    )


@transaction.atomic
def end_grant(*, grant_id: int, actor: User) -> Grant:
    """The owner takes back what it opened by hand; what an introduction opened stays open."""
    grant = (
        Grant.objects.select_for_update(of=("self",)).select_related("result__owner", "need__owner").get(pk=grant_id)
    )
    listing = grant.result or grant.need
    if listing is None or not permissions.can_sign_off(actor, listing) or grant.reason != "owner":
        raise Forbidden("market.owner_signs_off")
    if grant.ended_at is None:
        grant.ended_at = clock.now()
        grant.save(update_fields=["ended_at"])
        kind = listings.kind_of(listing)
        journal.record(f"market.{kind}.party_removed", actor=actor, subject=listing, organisations=[listing.owner_id])
    return grant
