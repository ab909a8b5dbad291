"""Open a deal, move it, say what comes next."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q

from yinxian import journal
from yinxian.contracts.models import Contract
from yinxian.kernel import clock, text
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.market.queries.levels import visible_needs, visible_results
from yinxian.network.models import User
from yinxian.settlement.models import Account

from ..models import Deal, DealNumber, Introduction, Milestone, Side, TeamMember
from ..permissions import deals as permissions
from ..permissions.introductions import can_introduce
from .rewards import fix_stored

State = Deal.State
CLOSED_MILESTONE = (Milestone.State.RELEASED, Milestone.State.REFUNDED)


def lock_deal(deal_id: int) -> Deal:
    return Deal.objects.select_for_update(of=("self",)).get(pk=deal_id)


def concerned(deal: Deal) -> list[int]:
    """Organisations that may know of the deal: the agency; the two sides once they have been introduced."""
    sides = [deal.buyer_id, deal.supplier_id] if deal.introduction_id else []
    return [*sides, *([deal.agency_id] if deal.agency_id else [])]


def note(name: str, *, actor: User | None, deal: Deal, **data: Any) -> None:
    journal.record(name, actor=actor, subject=deal, data=data, organisations=concerned(deal))


def next_number() -> str:
    """``2026-0137``: one more than the last of the year, under that year's lock."""
    year = clock.today().year
    DealNumber.objects.get_or_create(year=year)
    row = DealNumber.objects.select_for_update().get(year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return f"{year}-{row.last:04d}"


@transaction.atomic
def open_lead(*, need_id: int, result_id: int, actor: User, title: str = "") -> Deal:
    """A manager's own thought that two listings fit. The owners learn nothing. The same lead again is the same."""
    need = visible_needs(actor).filter(pk=need_id).first()
    result = visible_results(actor).filter(pk=result_id).first()
    if not can_introduce(actor) or need is None or result is None:
        raise Forbidden("deals.may_not_open")
    if need.owner_id == result.owner_id:
        raise Invalid("deals.same_party")
    known = Deal.objects.filter(need=need, result=result, manager=actor, state=State.LEAD).first()
    if known:
        return known
    deal = Deal.objects.create(
        number=next_number(),
        title=(text.clean(title).strip() or need.title)[:200],
        need=need,
        result=result,
        buyer_id=need.owner_id,
        supplier_id=result.owner_id,
        manager=actor,
        opened_at=clock.now(),
        changed_at=clock.now(),
    )
    note("deals.deal.opened", actor=actor, deal=deal, number=deal.number, state=deal.state)
    return deal


@transaction.atomic
def open_deal(introduction_id: int, actor: User) -> Deal:
    """The deal of an introduction that both sides have acknowledged; a lead about the same pair becomes it.

    Everyone with a share in the fee joins the team. A second call gives the same deal: one introduction, one deal.
    """
    introduction = Introduction.objects.select_for_update(of=("self",)).get(pk=introduction_id)
    if introduction.manager_id != actor.pk:
        raise Forbidden("deals.may_not_open")
    if introduction.state != Introduction.State.ACKNOWLEDGED:
        raise Conflict("deals.not_acknowledged")
    running = introduction.deals.exclude(state=State.TERMINATED).first()
    if running:
        return running
    about = {"need_id": introduction.need_id, "result_id": introduction.result_id, "manager_id": actor.pk}
    deal = Deal.objects.select_for_update(of=("self",)).filter(**about, state=State.LEAD).first()
    if deal is None:
        deal = Deal(number=next_number(), opened_at=clock.now(), title=introduction.subject, **about)
    deal.introduction = introduction
    deal.buyer_id, deal.supplier_id = introduction.buyer_id, introduction.supplier_id
    deal.agency_id = introduction.agency_id
    deal.move_to(State.INTRODUCED)
    deal.changed_at = clock.now()
    deal.save()
    for share in introduction.shares.select_related("user").exclude(user=None).exclude(user=actor):
        TeamMember.objects.get_or_create(
            deal=deal,
            user=share.user,
            left_at=None,
            defaults={
                "name": str(share.user),
                "profession": TeamMember.Profession.MANAGER,
                "side": Side.MANAGER,
                "added_by": actor,
                "added_at": clock.now(),
            },
        )
    note("deals.deal.opened", actor=actor, deal=deal, number=deal.number, state=deal.state)
    return deal


@transaction.atomic
def move_deal(*, deal_id: int, to: str, actor: User, was: str = "", reason: str = "") -> Deal:
    """Move along ``Deal.NEXT``. ``was`` is the state that the person saw: Conflict when it is another by now.

    Signing needs an agreed contract, completion a plan with nothing left to pay; ending needs a reason and no
    money in escrow. A dispute freezes the deal and may be opened by either side too. Registration has its own verb.
    """
    deal = lock_deal(deal_id)
    opens_dispute = to == State.DISPUTED
    allowed = permissions.can_dispute(actor, deal) if opens_dispute else permissions.can_steer(actor, deal)
    if not allowed:
        raise Forbidden("deals.may_not_move")
    if was and was != deal.state:
        raise Conflict("deals.deal_changed", state=deal.get_state_display())
    if to == State.INTRODUCED:
        raise Conflict("deals.needs_introduction")
    if to == State.REGISTERED and deal.state != State.DISPUTED:
        raise Conflict("deals.needs_registration")
    if to == State.SIGNED and deal.state != State.DISPUTED:
        return sign(deal, actor)
    if deal.state == State.DISPUTED and to not in (deal.state_before, State.TERMINATED):
        raise Conflict("deals.back_where_it_was", state=State(deal.state_before).label)
    why = _reason(reason, needed=to in (State.TERMINATED, State.DISPUTED))
    before = deal.state
    deal.move_to(to)
    if to == State.COMPLETED:
        _all_paid(deal)
    if to == State.TERMINATED:
        nothing_held(deal)
    if to in Deal.ENDED:
        deal.ended_on, deal.ended_why, deal.next_action, deal.next_on = clock.today(), why, "", None
    deal.state_before = before if opens_dispute else ""
    deal.changed_at = clock.now()
    deal.save()
    note("deals.deal.moved", actor=actor, deal=deal, **{"from": before, "to": deal.state})
    return deal


def _reason(reason: str, *, needed: bool) -> str:
    why = text.clean(reason).strip()[:300]
    if needed and not why:
        raise Invalid("deals.reason_missing", field="reason")
    return why


def _all_paid(deal: Deal) -> None:
    if not deal.milestones.exists() or deal.milestones.exclude(state__in=CLOSED_MILESTONE).exists():
        raise Conflict("deals.milestones_open")


def nothing_held(deal: Deal) -> None:
    part_paid = Q(state=Milestone.State.UNFUNDED, receipts__isnull=False, receipts__undone_at=None)
    if deal.milestones.filter(Q(state__in=Milestone.HELD) | part_paid).exists():
        raise Conflict("deals.money_held")
    if Account.objects.filter(code__startswith=f"escrow:{deal.slug}@", posted__gt=0).exists():
        raise Conflict("deals.foreign_held")


def sign(deal: Deal, actor: User | None) -> Deal:
    """A locked deal whose contract both sides have agreed to becomes signed, with the contract's amount and date."""
    contract = deal.contract
    if contract is None or contract.state != Contract.State.AGREED:
        raise Conflict("deals.needs_contract")
    before = deal.state
    deal.move_to(State.SIGNED)
    deal.amount_fen, deal.signed_on, deal.changed_at = contract.amount_fen, contract.agreed_on, clock.now()
    deal.save()
    moved = {"from": before, "to": deal.state, "contract": contract.number, "amount_fen": deal.amount_fen}
    note("deals.deal.moved", actor=actor, deal=deal, **moved)
    fix_stored(deal, actor)
    return deal


@transaction.atomic
def register_deal(*, deal_id: int, number: str, registered_on: dt.date, actor: User) -> Deal:
    """Record that the contract was registered (技术合同认定登记): once. A signed deal moves on; one that already
    performs stays where it is."""
    deal = lock_deal(deal_id)
    if not permissions.can_register(actor, deal):
        raise Forbidden("deals.may_not_register")
    if deal.registration_no:
        raise Conflict("deals.already_registered", number=deal.registration_no)
    if deal.state not in (State.SIGNED, State.PERFORMING, State.COMPLETED):
        raise Conflict("deals.not_signed_yet")
    plain = text.clean(number).strip()
    if not plain or len(plain) > 40:
        raise Invalid("deals.registration_number", field="number")
    if deal.signed_on and not deal.signed_on <= registered_on <= clock.today():
        raise Invalid("deals.registration_date", field="registered_on")
    deal.registration_no, deal.registered_on = plain, registered_on
    if deal.state == State.SIGNED:
        deal.move_to(State.REGISTERED)
    deal.changed_at = clock.now()
    deal.save()
    note("deals.deal.registered", actor=actor, deal=deal, number=plain, date=registered_on.isoformat())
    return deal


@transaction.atomic
def set_next(*, deal_id: int, action: str, on: dt.date | None, actor: User) -> Deal:
    """Say what is to be done next and by when; an empty action clears it. The date is today or later."""
    deal = lock_deal(deal_id)
    if not permissions.can_set_next(actor, deal):
        raise Forbidden("deals.may_not_set_next")
    what = text.clean(action).strip()[:200]
    if what and on is None:
        raise Invalid("deals.next_without_date", field="on")
    if on and on < clock.today():
        raise Invalid("deals.next_in_past", field="on")
    if (deal.next_action, deal.next_on) == (what, on if what else None):
        return deal
    deal.next_action, deal.next_on, deal.changed_at = what, on if what else None, clock.now()
    deal.save(update_fields=["next_action", "next_on", "changed_at"])
    note("deals.deal.planned", actor=actor, deal=deal, on=on.isoformat() if on and what else "")
    return deal
