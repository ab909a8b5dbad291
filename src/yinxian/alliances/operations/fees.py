"""Fees of members: recorded, never booked; reminders and lapse by the day."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.money import MAX_FEN
from yinxian.network.models import User

from .. import permissions
from ..days import months_on, sensible
from ..models import Fee, Member, MemberRules
from .members import extend, locked_member

State = Member.State


@transaction.atomic
def record_fee(
    *,
    member_id: int,
    actor: User,
    amount_fen: int,
    receipt: str,
    paid_on: dt.date,
    period_from: dt.date,
    period_until: dt.date,
    note: str = "",
) -> Fee:
    """A fee was received, in fen, for a period of days, both inclusive: the membership reaches at least to its end, and
    a lapsed one holds again. The same receipt again with the same content changes nothing; with other content it is a
    Conflict. Invalid for an amount below 0 or beyond what the books hold, and a period that ends before it begins."""
    member = locked_member(member_id)
    if not permissions.can_record_fees(actor, member.association):
        raise Forbidden("alliances.not_yours_to_record")
    if not isinstance(amount_fen, int) or isinstance(amount_fen, bool) or not 0 <= amount_fen <= MAX_FEN:
        raise Invalid("kernel.amount", field="amount")
    receipt = receipt.strip()
    if not receipt or len(receipt) > 40:
        raise Invalid("alliances.receipt_wrong", field="receipt")
    if not sensible(paid_on, period_from, period_until) or paid_on > clock.today():
        raise Invalid("alliances.days_wrong", field="paid_on")
    if period_until < period_from:
        raise Invalid("alliances.until_before_from", field="period_until")
    if member.state not in (State.ACTIVE, State.LAPSED):
        raise Conflict("alliances.member_not_current")
    given = {
        "member_id": member.pk,
        "amount_fen": amount_fen,
        "paid_on": paid_on,
        "period_from": period_from,
        "period_until": period_until,
    }
    before = Fee.objects.filter(association=member.association, receipt=receipt).first()
    if before is not None:
        if all(getattr(before, name) == value for name, value in given.items()):
            return before
        raise Conflict("alliances.receipt_taken", field="receipt")
    try:
        with transaction.atomic():
            fee = Fee.objects.create(
                association=member.association, receipt=receipt, note=note.strip()[:200], recorded_by=actor, **given
            )
    except IntegrityError as error:
        raise Conflict("alliances.receipt_taken", field="receipt") from error
    extend(member, period_from, period_until)
    journal.record(
        "alliances.fee.recorded",
        actor=actor,
        subject=member,
        data={"receipt": receipt, "amount_fen": amount_fen, "until": period_until.isoformat()},
        organisations=[member.association_id],
    )
    return fee


def next_period(member: Member, rules: MemberRules | None) -> tuple[dt.date, dt.date]:
    """What a renewal would be for: from the day after the end, or from today where that is past."""
    today = clock.today()
    after = member.valid_until + dt.timedelta(days=1) if member.valid_until else today
    begin = after if after >= today else today
    return begin, months_on(begin, rules.months if rules else 12)


def remind_and_lapse(today: dt.date) -> None:
    """Once a day: who is about to run out is reminded, once for each of the association's days; who has, lapses."""
    latest: dict[int, MemberRules] = {}
    for rules in MemberRules.objects.order_by("association", "number"):
        latest[rules.association_id] = rules
    active = Member.objects.filter(state=State.ACTIVE, valid_until__isnull=False)
    for pk in active.filter(valid_until__lt=today).values_list("pk", flat=True).order_by("pk"):
        _lapse(pk, today)
    for rules in latest.values():
        if not rules.remind_days:
            continue
        soon = today + dt.timedelta(days=max(rules.remind_days))
        due = active.filter(association=rules.association_id, valid_until__gte=today, valid_until__lte=soon)
        for pk in due.values_list("pk", flat=True).order_by("pk"):
            _remind(pk, rules, today)


@transaction.atomic
def _lapse(member_id: int, today: dt.date) -> None:
    member = locked_member(member_id)
    if member.state != State.ACTIVE or member.valid_until is None or member.valid_until >= today:
        return
    member.move_to(State.LAPSED)
    member.save(update_fields=["state"])
    journal.record(
        "alliances.member.lapsed",
        actor=None,
        subject=member,
        data={"until": member.valid_until.isoformat()},
        organisations=[member.association_id],
    )


@transaction.atomic
def _remind(member_id: int, rules: MemberRules, today: dt.date) -> None:
    member = locked_member(member_id)
    if member.state != State.ACTIVE or member.valid_until is None:
        return
    left = (member.valid_until - today).days
    passed = [days for days in rules.remind_days if left <= days]
    if left < 0 or not passed:
        return
    step = min(passed)
    said = member.reminded_days if member.reminded_for == member.valid_until else None
    if said is not None and said <= step:
        return
    member.reminded_for, member.reminded_days = member.valid_until, step
    member.save(update_fields=["reminded_for", "reminded_days"])
    fee = rules.fee_person_fen if member.kind == Member.Kind.PERSON else rules.fee_organisation_fen
    journal.record(
        "alliances.fee.due",
        actor=None,
        subject=member,
        data={"until": member.valid_until.isoformat(), "amount_fen": fee},
        organisations=[member.association_id],
    )
