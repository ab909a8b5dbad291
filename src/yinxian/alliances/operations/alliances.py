"""Found an alliance, write its agreement, invite, sign, leave; put listings on the joint list."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import IntegrityError, transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.money import WHOLE_BP
from yinxian.market.codes import Confidence
from yinxian.market.models import Need, Result
from yinxian.market.permissions import can_edit
from yinxian.network.models import Organisation, User
from yinxian.network.permissions import can_manage

from .. import permissions
from ..models import Agreement, AgreementSignature, Alliance, Ally, Referral, Shared

State = Ally.State
LONGEST, MOST_ALLIES = 40_000, 200


@transaction.atomic
def found_alliance(*, organisation_id: int, actor: User, values: dict[str, Any]) -> Alliance:
    """Found an alliance with the first version of its agreement, which the founder signs with it."""
    founder = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
    if not can_manage(actor, founder) or not permissions.may_ally(founder):
        raise Forbidden("alliances.not_yours_to_found")
    name = str(values["name"]).strip()
    if not 1 <= len(name) <= 60:
        raise Invalid("alliances.alliance_name_wrong", field="name")
    alliance = Alliance(
        name=name,
        name_en=str(values.get("name_en", "")).strip()[:100],
        about=str(values.get("about", ""))[:4000],
        founder=founder,
        created_by=actor,
    )
    try:
        with transaction.atomic():
            alliance.save()
    except IntegrityError as error:
        raise Conflict("alliances.alliance_name_taken", field="name") from error
    agreement = _write(alliance, actor, 1, values)
    ally = Ally.objects.create(alliance=alliance, organisation=founder)
    _say("alliances.alliance.founded", actor, alliance, {"agreement": agreement.sha256}, [founder.pk])
    _sign(ally, agreement, actor)
    return alliance


def _write(alliance: Alliance, actor: User, number: int, values: dict[str, Any]) -> Agreement:
    text = str(values["text"]).replace("\r\n", "\n").strip()
    share = values.get("share_bp", 0)
    if not 20 <= len(text) <= LONGEST:
        raise Invalid("alliances.agreement_length", field="text", most=LONGEST)
    if not isinstance(share, int) or isinstance(share, bool) or not 0 <= share <= WHOLE_BP:
        raise Invalid("kernel.percent", field="share")
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Agreement.objects.create(
        alliance=alliance, number=number, text=text, share_bp=share, sha256=digest, created_by=actor
    )


@transaction.atomic
def new_agreement(*, alliance_id: int, actor: User, values: dict[str, Any], based_on: int) -> Agreement:
    """A new version: every member signs anew, the founder with it. Conflict when somebody wrote one since."""
    alliance = locked(alliance_id)
    if not permissions.can_keep_alliance(actor, alliance):
        raise Forbidden("alliances.not_alliance_keeper")
    latest = alliance.agreements.order_by("-number")[0]
    if latest.number != based_on:
        raise Conflict("alliances.agreement_changed", version=latest.number)
    made = _write(alliance, actor, based_on + 1, values)
    current = alliance.allies.filter(state=State.JOINED)
    _say(
        "alliances.agreement.written",
        actor,
        alliance,
        {"version": made.number, "agreement": made.sha256},
        current.values_list("organisation_id", flat=True),
    )
    for ally in current.filter(organisation=alliance.founder):
        _sign(ally, made, actor)
    return made


@transaction.atomic
def invite_ally(*, alliance_id: int, actor: User, organisation_id: int) -> Ally:
    """Ask an association or agency to sign. Asked twice, it is asked once."""
    alliance = locked(alliance_id)
    if not permissions.can_keep_alliance(actor, alliance):
        raise Forbidden("alliances.not_alliance_keeper")
    organisation = Organisation.objects.get(pk=organisation_id)
    if not permissions.may_ally(organisation):
        raise Invalid("alliances.cannot_ally", field="organisation")
    open_ones = alliance.allies.filter(state__in=(State.INVITED, State.JOINED))
    if before := open_ones.filter(organisation=organisation).first():
        return before
    if open_ones.count() >= MOST_ALLIES:
        raise Invalid("kernel.too_many", limit=MOST_ALLIES)
    made = Ally.objects.create(alliance=alliance, organisation=organisation)
    _say("alliances.alliance.invited", actor, alliance, {"organisation": organisation.slug}, [organisation.pk])
    return made


@transaction.atomic
def sign_agreement(*, alliance_id: int, actor: User, organisation_id: int, version: int) -> AgreementSignature:
    """The organisation's yes to the version in force, by one of its administrators. Signing twice is one signature."""
    alliance = locked(alliance_id)
    ally = _open_ally(alliance, organisation_id)
    if not can_manage(actor, ally.organisation):
        raise Forbidden("alliances.only_admins_sign")
    latest = alliance.agreements.order_by("-number")[0]
    if latest.number != version:
        raise Conflict("alliances.agreement_changed", version=latest.number)
    before = ally.signatures.filter(agreement=latest).first()
    return before or _sign(ally, latest, actor)


def _sign(ally: Ally, agreement: Agreement, actor: User) -> AgreementSignature:
    made = AgreementSignature.objects.create(
        ally=ally, agreement=agreement, user=actor, signer=actor.get_full_name()[:120], sha256=agreement.sha256
    )
    if ally.state == State.INVITED:
        ally.move_to(State.JOINED)
        ally.joined_at = clock.now()
        ally.save(update_fields=["state", "joined_at"])
    data = {"organisation": ally.organisation.slug, "version": agreement.number, "agreement": agreement.sha256}
    _say("alliances.agreement.signed", actor, ally.alliance, data, [ally.organisation_id])
    return made


@transaction.atomic
def decline_or_leave(*, alliance_id: int, actor: User, organisation_id: int, reason: str = "") -> Ally:
    """An invitation is declined; a member leaves, with its reason and once its referrals are settled. The founder stays
    while others are members."""
    alliance = locked(alliance_id)
    ally = _open_ally(alliance, organisation_id)
    if not can_manage(actor, ally.organisation):
        raise Forbidden("alliances.only_admins_sign")
    joined = ally.state == State.JOINED
    if joined:
        if alliance.founder_id == organisation_id and alliance.allies.filter(state=State.JOINED).count() > 1:
            raise Conflict("alliances.founder_stays")
        count = open_referrals(organisation_id).filter(alliance=alliance).count()
        if count:
            raise Conflict("alliances.open_obligations", count=count)
        if not reason.strip():
            raise Invalid("alliances.reason_needed", field="reason")
    ally.move_to(State.LEFT if joined else State.DECLINED)
    ally.ended_at, ally.reason = clock.now(), reason.strip()[:300]
    ally.save(update_fields=["state", "ended_at", "reason"])
    Shared.objects.filter(alliance=alliance, organisation=ally.organisation).delete()
    verb = "alliances.alliance.left" if joined else "alliances.alliance.declined"
    _say(verb, actor, alliance, {"organisation": ally.organisation.slug, "reason": ally.reason}, [organisation_id])
    return ally


def open_referrals(organisation_id: int) -> Any:
    """Taken and not ended, on either side."""
    taken = Referral.objects.filter(state=Referral.State.TAKEN)
    return taken.filter(giver_id=organisation_id) | taken.filter(taker_id=organisation_id)


@transaction.atomic
def share_listing(*, alliance_id: int, actor: User, listing: Need | Result) -> Shared:
    """Put a listing that one may edit on the joint list, through the member that it belongs to: its owner, the owner's
    association, or the actor's own organisation. What is for named parties only is not shared."""
    alliance = locked(alliance_id)
    if not can_edit(actor, listing):
        raise Forbidden("alliances.not_your_listing")
    if listing.confidence == Confidence.NAMED:
        raise Conflict("alliances.named_only")
    joined = set(alliance.allies.filter(state=State.JOINED).values_list("organisation_id", flat=True))
    through = [pk for pk in (listing.owner_id, listing.owner.admitted_by_id) if pk in joined]
    through += sorted(permissions.ally_ids(actor, alliance))
    if not through:
        raise Forbidden("alliances.not_in_alliance")
    kind = "need" if isinstance(listing, Need) else "result"
    made, new = Shared.objects.get_or_create(
        alliance=alliance, **{kind: listing}, defaults={"organisation_id": through[0], "shared_by": actor}
    )
    if new:
        _say("alliances.listing.shared", actor, alliance, {"listing": listing.slug}, [through[0]])
    return made


@transaction.atomic
def unshare(*, shared_id: int, actor: User) -> None:
    """Take a listing off the joint list: who may edit it."""
    shared = Shared.objects.select_related("need__owner", "result__owner", "alliance").get(pk=shared_id)
    listing = shared.need or shared.result
    if listing is None or not can_edit(actor, listing):
        raise Forbidden("alliances.not_your_listing")
    _say("alliances.listing.unshared", actor, shared.alliance, {"listing": listing.slug}, [shared.organisation_id])
    shared.delete()


def _open_ally(alliance: Alliance, organisation_id: int) -> Ally:
    found = (
        alliance.allies.filter(organisation_id=organisation_id, state__in=(State.INVITED, State.JOINED))
        .select_related("organisation", "alliance")
        .first()
    )
    if found is None:
        raise Forbidden("alliances.not_in_alliance")
    return found


def locked(alliance_id: int) -> Alliance:
    return Alliance.objects.select_for_update(of=("self",)).select_related("founder").get(pk=alliance_id)


def _say(name: str, actor: User, alliance: Alliance, data: dict[str, Any], concerned: Any) -> None:
    journal.record(name, actor=actor, subject=alliance, data=data, organisations=[*concerned, alliance.founder_id])
