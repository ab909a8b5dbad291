"""The shares between the two regions: proposed by the manager at home, accepted by each holder, before the choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from yinxian import journal
from yinxian.deals.terms import Part, check_shares
from yinxian.kernel import clock, text
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.money import MAX_FEN
from yinxian.network.models import Organisation, User

from .. import permissions
from ..models import Agreement, Confirmation, LandingShare, Offer
from .offers import both_sides, locked_offer

Side = Confirmation.Side


@dataclass(frozen=True)
class SidedPart(Part):
    """A part of an introduction's kind that says which region its holder stands for."""

    side: str = Side.HOME.value


@transaction.atomic
def propose_agreement(
    *, offer_id: int, actor: User, shares: Sequence[SidedPart], fee_fen: int = 0, based_on: int = 0
) -> Agreement:
    """Set the shares, or set them anew: whoever had accepted is asked again. They add up to 100.00 % and both regions
    have one. ``based_on`` is the version that was read, 0 for none. Proposing accepts one's own."""
    landing, offer = locked_offer(offer_id)
    if not permissions.can_refer(actor, landing):
        raise Forbidden("landing.refer_as_manager")
    if offer.state != Offer.State.OPEN:
        raise Conflict("landing.shares_fixed")
    found = Agreement.objects.filter(offer=offer).first()
    if found is not None and found.version != based_on:
        raise Conflict("landing.share_terms_changed")
    if type(fee_fen) is not int or not 0 <= fee_fen <= MAX_FEN:
        raise Invalid("landing.amount", field="fee_fen")
    _check(shares, landing.team_id)
    agreement = found or Agreement(offer=offer, version=0)
    agreement.fee_fen, agreement.proposed_by, agreement.proposed_at = fee_fen, actor, clock.now()
    agreement.version += 1
    agreement.agreed_at = None
    agreement.save()
    _write(agreement, shares, actor)
    journal.record(
        "landing.agreement.proposed",
        actor=actor,
        subject=offer,
        data={"landing": landing.slug, "version": agreement.version, "shares": len(shares)},
        organisations=both_sides(landing, offer),
    )
    _agree(agreement, actor)
    return agreement


def _check(shares: Sequence[SidedPart], team_id: int) -> None:
    check_shares(shares, [team_id])
    if {part.side for part in shares} != set(Side.values):
        raise Invalid("landing.one_side", field="shares")
    people = {part.user_id for part in shares if part.user_id}
    places = {part.organisation_id for part in shares if part.organisation_id}
    known = User.objects.filter(pk__in=people, is_active=True).count() == len(people)
    if not known or Organisation.objects.filter(pk__in=places).count() != len(places):
        raise Invalid("landing.share_unknown", field="shares")


def _write(agreement: Agreement, shares: Sequence[SidedPart], actor: User) -> None:
    agreement.shares.all().delete()
    now = clock.now()
    LandingShare.objects.bulk_create(
        LandingShare(
            agreement=agreement,
            position=position,
            side=part.side,
            user_id=part.user_id,
            organisation_id=part.organisation_id,
            work=text.clean(part.work).strip()[:120],
            bp=part.bp,
            accepted_at=now if part.user_id == actor.pk else None,
            answered_by=actor if part.user_id == actor.pk else None,
        )
        for position, part in enumerate(shares, 1)
    )


@transaction.atomic
def answer_landing_share(*, share_id: int, actor: User, accept: bool, version: int, reason: str = "") -> LandingShare:
    """Accept or decline one's share of the agreement that one has read (``version``); a declined one may still be
    accepted later, an accepted one stands until the agreement or the offer changes."""
    offer_id = LandingShare.objects.values_list("agreement__offer_id", flat=True).get(pk=share_id)
    landing, offer = locked_offer(offer_id)
    share = LandingShare.objects.select_for_update(of=("self",)).select_related("agreement").filter(pk=share_id).first()
    if share is None:  # proposed anew while the lock was waited for
        raise Conflict("landing.share_terms_changed")
    if not permissions.can_answer_share(actor, share):
        raise Forbidden("landing.share_not_yours")
    if offer.state != Offer.State.OPEN:
        raise Conflict("landing.shares_fixed")
    if version != share.agreement.version:
        raise Conflict("landing.share_terms_changed")
    if share.accepted_at:
        raise Conflict("landing.share_answered")
    share.accepted_at = clock.now() if accept else None
    share.declined_at = None if accept else clock.now()
    share.reason = "" if accept else text.clean(reason).strip()[:300]
    share.answered_by = actor
    share.save(update_fields=["accepted_at", "declined_at", "reason", "answered_by"])
    journal.record(
        "landing.share.accepted" if accept else "landing.share.declined",
        actor=actor,
        subject=offer,
        data={"landing": landing.slug, "share": share.position, "version": version},
        organisations=both_sides(landing, offer),
    )
    _agree(share.agreement, actor)
    return share


def _agree(agreement: Agreement, actor: User) -> None:
    """With the last acceptance the agreement stands."""
    if agreement.shares.filter(accepted_at=None).exists():
        return
    agreement.agreed_at = clock.now()
    agreement.save(update_fields=["agreed_at"])
    offer = agreement.offer
    journal.record(
        "landing.agreement.agreed",
        actor=actor,
        subject=offer,
        data={"landing": offer.landing.slug, "version": agreement.version},
        organisations=both_sides(offer.landing, offer),
    )
