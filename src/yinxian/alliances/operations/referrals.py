"""Hand a need or a result on to another member of the alliance, with the share agreed beforehand."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.money import WHOLE_BP
from yinxian.market.models import Need, Result
from yinxian.market.queries.levels import NONE, level_for
from yinxian.network.models import User

from .. import permissions
from ..models import Ally, Referral
from .alliances import locked

State = Referral.State


@transaction.atomic
def offer_referral(
    *,
    alliance_id: int,
    actor: User,
    giver_id: int,
    taker_id: int,
    listing: Need | Result,
    share_bp: int,
    note: str = "",
) -> Referral:
    """Offer a listing that one may see to another member; ``share_bp`` of the fee is the giver's. It opens nothing of
    the listing to the taker: what they may read stays as the market says."""
    alliance = locked(alliance_id)
    joined = set(alliance.allies.filter(state=Ally.State.JOINED).values_list("organisation_id", flat=True))
    if giver_id not in joined or not permissions.can_refer_for(actor, giver_id):
        raise Forbidden("alliances.not_in_alliance")
    if taker_id not in joined or taker_id == giver_id:
        raise Invalid("alliances.taker_not_member", field="taker")
    if not isinstance(share_bp, int) or isinstance(share_bp, bool) or not 0 <= share_bp <= WHOLE_BP:
        raise Invalid("kernel.percent", field="share")
    if level_for(actor, listing) == NONE:
        raise Forbidden("alliances.not_your_listing")
    kind = "need" if isinstance(listing, Need) else "result"
    try:
        with transaction.atomic():
            made = Referral.objects.create(
                alliance=alliance,
                giver_id=giver_id,
                taker_id=taker_id,
                share_bp=share_bp,
                note=note.strip()[:2000],
                offered_by=actor,
                **{kind: listing},
            )
    except IntegrityError as error:
        raise Conflict("alliances.referred_before") from error
    _say("alliances.referral.offered", actor, made, {"listing": listing.slug, "share_bp": share_bp})
    return made


@transaction.atomic
def answer_referral(*, referral_id: int, actor: User, take: bool, share_bp: int, answer: str = "") -> Referral:
    """The taker's word. Taking agrees to the share as it was read: Conflict when it is another."""
    referral = _locked(referral_id)
    if not permissions.can_refer_for(actor, referral.taker_id):
        raise Forbidden("alliances.not_yours_to_answer")
    if take and share_bp != referral.share_bp:
        raise Conflict("alliances.share_differs")
    referral.move_to(State.TAKEN if take else State.DECLINED)
    referral.answered_by, referral.answered_at = actor, clock.now()
    referral.answer = answer.strip()[:2000]
    referral.save(update_fields=["state", "answered_by", "answered_at", "answer"])
    verb = "alliances.referral.taken" if take else "alliances.referral.declined"
    _say(verb, actor, referral, {"share_bp": referral.share_bp})
    return referral


@transaction.atomic
def withdraw_referral(*, referral_id: int, actor: User) -> Referral:
    """The giver takes an offer back that nobody has answered."""
    referral = _locked(referral_id)
    if not permissions.can_refer_for(actor, referral.giver_id):
        raise Forbidden("alliances.not_yours_to_answer")
    referral.move_to(State.WITHDRAWN)
    referral.save(update_fields=["state"])
    _say("alliances.referral.withdrawn", actor, referral, {})
    return referral


@transaction.atomic
def end_referral(*, referral_id: int, actor: User, done: bool, outcome: str) -> Referral:
    """The taker says how it ended."""
    referral = _locked(referral_id)
    if not permissions.can_refer_for(actor, referral.taker_id):
        raise Forbidden("alliances.not_yours_to_answer")
    if not outcome.strip():
        raise Invalid("alliances.outcome_needed", field="outcome")
    referral.move_to(State.DONE if done else State.FAILED)
    referral.outcome, referral.ended_at = outcome.strip()[:2000], clock.now()
    referral.save(update_fields=["state", "outcome", "ended_at"])
    verb = "alliances.referral.done" if done else "alliances.referral.failed"
    _say(verb, actor, referral, {"share_bp": referral.share_bp})
    return referral


def _locked(referral_id: int) -> Referral:
    return Referral.objects.select_for_update(of=("self",)).get(pk=referral_id)


def _say(name: str, actor: User, referral: Referral, data: dict[str, Any]) -> None:
    journal.record(name, actor=actor, subject=referral, data=data, organisations=[referral.giver_id, referral.taker_id])
