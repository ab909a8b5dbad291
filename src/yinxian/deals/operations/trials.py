"""Try first, pay later: agree on a trial, extend it, turn it into the paid licence or give everything back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import User

from ..models import BankReceipt, Deal, Milestone, Trial
from ..permissions import milestones as permissions
from .deals import nothing_held
from .milestones.common import OPEN, lock_deal, must_be_open, parties, text_of

MOST_MONTHS = 36
MOST_DAYS = 180
LONGEST = 400
AHEAD, AGAIN = dt.timedelta(days=14), dt.timedelta(days=14)


@dataclass(frozen=True)
class Terms:
    """What both sides signed, as the manager puts it on record."""

    scope: str
    judging: str
    starts_on: dt.date
    ends_on: dt.date
    decide_by: dt.date
    pay_days: int = 30
    return_days: int = 30

    def checked(self, deal: Deal) -> dict[str, Any]:
        """Invalid, on the field it belongs to, where a term is missing or the days cannot be."""
        for name in ("pay_days", "return_days"):
            if type(getattr(self, name)) is not int or not 0 <= getattr(self, name) <= MOST_DAYS:
                raise Invalid("deals.trial_days", field=name, limit=MOST_DAYS)
        if self.starts_on < (deal.signed_on or clock.today()):
            raise Invalid("deals.trial_before_signing", field="starts_on")
        _check_days(self.starts_on, self.ends_on, self.decide_by)
        return {**self.__dict__, "scope": _text(self.scope, "scope"), "judging": _text(self.judging, "judging")}


def _text(given: str, field: str) -> str:
    said = text_of(given, field=field, required=True)
    if len(said) > LONGEST:
        raise Invalid("deals.text_too_long", field=field, limit=LONGEST)
    return said


def _check_days(starts_on: dt.date, ends_on: dt.date, decide_by: dt.date) -> None:
    if not starts_on < ends_on <= starts_on + dt.timedelta(days=31 * MOST_MONTHS):
        raise Invalid("deals.trial_length", field="ends_on", limit=MOST_MONTHS)
    if not starts_on <= decide_by <= ends_on + dt.timedelta(days=MOST_DAYS):
        raise Invalid("deals.trial_decision_day", field="decide_by", limit=MOST_DAYS)


@transaction.atomic
def agree_trial(*, deal_id: int, terms: Terms, actor: User) -> Trial:
    """Put the trial of a signed deal on record, by its manager; anew until it has begun. The same again is the same.

    Conflict once money has come for anything but a deposit: who has paid has decided.
    """
    deal = lock_deal(deal_id)
    if not permissions.can_plan(actor, deal):
        raise Forbidden("deals.not_the_manager")
    must_be_open(deal)
    wanted = terms.checked(deal)
    old = Trial.objects.filter(deal=deal).first()
    if old is not None:
        if all(getattr(old, name) == value for name, value in wanted.items()):
            return old
        if not old.running or old.starts_on <= clock.today():
            raise Conflict("deals.trial_begun")
    paid = BankReceipt.objects.filter(milestone__deal=deal, undone_at=None).exclude(
        milestone__kind=Milestone.Kind.DEPOSIT
    )
    if paid.exists():
        raise Conflict("deals.trial_after_payment")
    trial = old or Trial(deal=deal)
    for name, value in wanted.items():
        setattr(trial, name, value)
    trial.agreed_by, trial.agreed_at = actor, clock.now()
    trial.save()
    days = {"starts_on": trial.starts_on, "ends_on": trial.ends_on, "decide_by": trial.decide_by}
    _note("deals.trial.agreed", trial, actor, **{name: day.isoformat() for name, day in days.items()})
    return trial


@transaction.atomic
def extend_trial(*, deal_id: int, ends_on: dt.date, decide_by: dt.date, reason: str, actor: User) -> Trial:
    """Give the trial more time, as both sides agreed; by the manager, with the reason, while it is undecided."""
    trial = _locked(deal_id)
    if not permissions.can_plan(actor, trial.deal):
        raise Forbidden("deals.not_the_manager")
    if (trial.ends_on, trial.decide_by) == (ends_on, decide_by):
        return trial
    _must_run(trial)
    _check_days(trial.starts_on, ends_on, decide_by)
    if ends_on < trial.ends_on or decide_by < max(trial.decide_by, clock.today()):
        raise Invalid("deals.trial_shorter", field="ends_on" if ends_on < trial.ends_on else "decide_by")
    why = _text(reason, "reason")
    trial.ends_on, trial.decide_by, trial.reminded_on = ends_on, decide_by, None
    trial.save(update_fields=["ends_on", "decide_by", "reminded_on"])
    _note("deals.trial.extended", trial, actor, ends_on=ends_on.isoformat(), decide_by=decide_by.isoformat(), why=why)
    return trial


@transaction.atomic
def convert_trial(*, deal_id: int, actor: User) -> Trial:
    """The buyer takes the licence: the planned payments fall due, the first ``pay_days`` from today. Once."""
    trial = _locked(deal_id)
    if not permissions.can_release(actor, trial.deal):
        raise Forbidden("deals.trial_by_the_buyer")
    if trial.state == Trial.State.CONVERTED:
        return trial
    _must_run(trial)
    if not trial.deal.milestones.exists():
        raise Conflict("deals.trial_without_plan")
    _decide(trial, Trial.State.CONVERTED, actor)
    due = clock.today() + dt.timedelta(days=trial.pay_days)
    open_ = trial.deal.milestones.filter(state=Milestone.State.UNFUNDED).exclude(kind=Milestone.Kind.DEPOSIT)
    first = open_.order_by("position").first()
    for milestone in open_.filter(Q(due_on=None) | Q(due_on__lt=due)):
        if milestone == first or milestone.due_on is not None:
            milestone.due_on = due
            milestone.save(update_fields=["due_on"])
    _note("deals.trial.converted", trial, actor, due_on=due.isoformat())
    return trial


@transaction.atomic
def give_back(*, deal_id: int, reason: str, actor: User) -> Trial:
    """The buyer does not take the licence and says which indicators were not met; nothing is owed for the trial.

    Conflict while a deposit is held: the supplier refunds it first. The same again changes nothing.
    """
    trial = _locked(deal_id)
    if not permissions.can_release(actor, trial.deal):
        raise Forbidden("deals.trial_by_the_buyer")
    why = _text(reason, "reason")
    if trial.state == Trial.State.GIVEN_BACK and trial.reason == why:
        return trial
    _must_run(trial)
    nothing_held(trial.deal)
    trial.reason = why
    _decide(trial, Trial.State.GIVEN_BACK, actor, "reason")
    _note("deals.trial.given_back", trial, actor, why=why)
    return trial


@transaction.atomic
def confirm_returned(*, deal_id: int, actor: User) -> Trial:
    """The supplier confirms that documents and samples came back or were destroyed: the deal ends. Once."""
    trial = _locked(deal_id)
    deal = trial.deal
    if not permissions.can_submit(actor, deal):
        raise Forbidden("deals.trial_by_the_supplier")
    if trial.state == Trial.State.RETURNED:
        return trial
    must_be_open(deal)
    trial.move_to(Trial.State.RETURNED)
    nothing_held(deal)
    trial.returned_by, trial.returned_on = actor, clock.today()
    trial.save(update_fields=["state", "returned_by", "returned_on"])
    _note("deals.trial.returned", trial, actor)
    before = deal.state
    deal.move_to(Deal.State.TERMINATED)
    deal.ended_on, deal.ended_why = clock.today(), f"先用后转，试用后归还：{trial.reason}"[:300]
    deal.next_action, deal.next_on, deal.changed_at = "", None, clock.now()
    deal.save()
    moved = {"from": before, "to": deal.state}
    journal.record("deals.deal.moved", actor=actor, subject=deal, data=moved, organisations=parties(deal))
    return trial


@transaction.atomic
def remind_of_trials(today: dt.date) -> int:
    """Tell buyer and manager that a decision is due within two weeks, and again every two weeks; how many were told."""
    due = Trial.objects.filter(
        Q(reminded_on=None) | Q(reminded_on__lte=today - AGAIN),
        state=Trial.State.RUNNING,
        decide_by__lte=today + AHEAD,
        deal__state__in=OPEN,
    )
    found = list(due.select_for_update(of=("self",)).select_related("deal").order_by("pk"))
    for trial in found:
        trial.reminded_on = today
        trial.save(update_fields=["reminded_on"])
        _note("deals.trial.due", trial, None, decide_by=trial.decide_by.isoformat())
    return len(found)


def _locked(deal_id: int) -> Trial:
    """A deal's trial, the deal locked before it. Conflict where there is none."""
    deal = lock_deal(deal_id)
    trial = Trial.objects.select_for_update(of=("self",)).filter(deal=deal).first()
    if trial is None:
        raise Conflict("deals.no_trial")
    trial.deal = deal
    return trial


def _must_run(trial: Trial) -> None:
    must_be_open(trial.deal)
    if not trial.running:
        raise Conflict("deals.trial_decided", state=trial.get_state_display())


def _decide(trial: Trial, state: Trial.State, actor: User, *fields: str) -> None:
    if clock.today() < trial.starts_on:
        raise Conflict("deals.trial_not_begun")
    trial.move_to(state)
    trial.decided_by, trial.decided_on = actor, clock.today()
    trial.save(update_fields=["state", "decided_by", "decided_on", *fields])


def _note(name: str, trial: Trial, actor: User | None, **data: str) -> None:
    journal.record(name, actor=actor, subject=trial.deal, data=data, organisations=parties(trial.deal))
