"""A trial decided by two at once, ended while it is decided, given back while its deposit comes in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.concurrency.races import Meeting, at_once
from tests.deals.milestone_world import pay, planned_deal, step
from tests.world import People, Role, make_people, person
from yinxian.deals.models import BankReceipt, Deal, Trial
from yinxian.deals.operations import trials
from yinxian.deals.operations.deals import move_deal
from yinxian.deals.operations.trials import Terms, agree_trial, convert_trial, give_back
from yinxian.journal.models import Entry
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict
from yinxian.network.models import User

pytestmark = pytest.mark.django_db(transaction=True)
JUNE = dt.datetime(2026, 6, 1, 10, tzinfo=clock.SHANGHAI)
DECIDED = ("deals.trial.converted", "deals.trial.given_back")


def in_june(act: Callable[..., Any], *args: Any, **kwargs: Any) -> Callable[[], Any]:
    """The act on a day of the trial, in whichever thread it runs."""

    def run() -> Any:
        with clock.at(JUNE):
            return act(*args, **kwargs)

    return run


def world() -> tuple[People, Deal, User]:
    """A deal on trial and a second person of the buyer."""
    people = make_people()
    second = person("何二", "13800000043", (people.buyer, Role.ADMIN))
    terms = Terms("试装一台", "CO ≤ 50 ppm", dt.date(2026, 4, 1), dt.date(2026, 6, 30), dt.date(2026, 6, 10))
    with clock.at(JUNE):
        deal = planned_deal(people)
        agree_trial(deal_id=deal.pk, terms=terms, actor=people.ruoxi)
    return people, deal, second


def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "_locked", lambda pk: Trial.objects.select_related("deal").get(deal_id=pk))


def opposite(people: People, deal: Deal, second: User) -> list[Callable[[], Any]]:
    return [
        in_june(convert_trial, deal_id=deal.pk, actor=people.heng),
        in_june(give_back, deal_id=deal.pk, reason="CO 升到 80 ppm", actor=second),
    ]


def decisions() -> int:
    return Entry.objects.filter(name__in=DECIDED).count()


def test_of_two_opposite_decisions_at_once_one_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    people, deal, second = world()
    Meeting().at(monkeypatch, trials, "_decide")
    outcomes = at_once(*opposite(people, deal, second))
    refused = [one for one in outcomes if isinstance(one, Conflict)]
    assert [one.code for one in refused] == ["deals.trial_decided"] and decisions() == 1
    trial = Trial.objects.get()
    assert (trial.state == "converted") == (not trial.reason), "what the refused one said is not kept either"
    assert (step(deal, 2).due_on is not None) == (trial.state == "converted")


@pytest.mark.postgresql
def test_without_the_lock_both_are_told_that_they_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    people, deal, second = world()
    without_lock(monkeypatch)
    Meeting().at(monkeypatch, trials, "_decide")
    outcomes = at_once(*opposite(people, deal, second))
    assert [type(one) for one in outcomes] == [Trial, Trial] and decisions() == 2  # the fault that the lock prevents


def test_the_same_decision_twice_at_once_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    people, deal, second = world()
    Meeting().at(monkeypatch, trials, "_decide")
    both = (people.heng, second)
    outcomes = at_once(*(in_june(convert_trial, deal_id=deal.pk, actor=who) for who in both))
    assert [type(one) for one in outcomes] == [Trial, Trial] and decisions() == 1


def end(people: People, deal: Deal) -> Callable[[], Any]:
    return in_june(move_deal, deal_id=deal.pk, to="terminated", reason="双方不做了", actor=people.ruoxi)


def test_a_decision_and_the_end_of_the_deal_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever is first: after the end nothing is decided; after the decision the deal may still end."""
    people, deal, _second = world()
    Meeting().at(monkeypatch, trials, "_must_run")
    decided, ended = at_once(in_june(convert_trial, deal_id=deal.pk, actor=people.heng), end(people, deal))
    assert isinstance(ended, Deal) and Deal.objects.get().state == "terminated"
    names = [one.name for one in Entry.objects.filter(name__in=(*DECIDED, "deals.deal.moved")).order_by("pk")]
    if isinstance(decided, Conflict):
        assert decided.code == "deals.deal_not_open" and names == ["deals.deal.moved"]
        assert Trial.objects.get().running and step(deal, 2).due_on is None
    else:
        assert names == ["deals.trial.converted", "deals.deal.moved"]


@pytest.mark.postgresql
def test_without_the_lock_it_is_decided_after_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    people, deal, _second = world()
    without_lock(monkeypatch)

    def late(trial: Trial, *rest: Any, decide: Callable[..., None] = trials._decide) -> None:
        outcome = at_once(end(people, deal))
        assert isinstance(outcome[0], Deal)
        decide(trial, *rest)

    monkeypatch.setattr(trials, "_decide", late)
    in_june(convert_trial, deal_id=deal.pk, actor=people.heng)()
    assert Deal.objects.get().state == "terminated" and Trial.objects.get().state == "converted"
    names = Entry.objects.filter(name__in=(*DECIDED, "deals.deal.moved")).order_by("pk").values_list("name", flat=True)
    assert list(names) == ["deals.deal.moved", "deals.trial.converted"]  # the fault that the lock prevents


def test_giving_back_and_a_deposit_that_arrives_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    people, deal, second = world()
    Meeting().at(monkeypatch, trials, "nothing_held")
    back = in_june(give_back, deal_id=deal.pk, reason="不合适", actor=second)
    outcomes = at_once(back, in_june(partial(pay, people), step(deal, 1)))
    assert sum(isinstance(one, Conflict) for one in outcomes) == 1, outcomes
    held, given = BankReceipt.objects.exists(), Trial.objects.get().state == "given_back"
    assert held != given, "never money held for what was given back"


@pytest.mark.postgresql
def test_without_the_lock_money_is_held_for_what_was_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    people, deal, second = world()
    without_lock(monkeypatch)
    meeting = Meeting()
    meeting.at(monkeypatch, trials, "_decide")
    original = trials.nothing_held

    def arrives(of: Deal) -> None:
        original(of)
        at_once(in_june(partial(pay, people), step(deal, 1)))

    monkeypatch.setattr(trials, "nothing_held", arrives)
    in_june(give_back, deal_id=deal.pk, reason="不合适", actor=second)()
    assert BankReceipt.objects.exists() and Trial.objects.get().state == "given_back"  # the fault
