"""A completed deal solves its need, once nothing else of it is running."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.deals.deal_world import make_deal, make_signed
from tests.world import People
from yinxian.deals.models import Deal, Milestone
from yinxian.deals.operations.deals import move_deal, open_lead
from yinxian.journal.models import Entry
from yinxian.market.models import Need
from yinxian.market.operations.needs import settle_need

Drain = Callable[[], None]


def complete(deal: Deal, people: People) -> None:
    move_deal(deal_id=deal.pk, to="performing", actor=people.ruoxi)
    Milestone.objects.create(deal=deal, position=1, title="验收", amount_fen=48_000_000, state="released")
    move_deal(deal_id=deal.pk, to="completed", actor=people.ruoxi)


def state_of(need: Need) -> str:
    need.refresh_from_db()
    return str(need.state)


@pytest.mark.parametrize("before", ["confirmed", "published", "matching", "rediagnosis", "tracking", "expired"])
def test_a_completed_deal_solves_the_need_once(people: People, drain: Drain, before: str) -> None:
    deal = make_signed(people)
    drain()
    Need.objects.filter(pk=deal.need_id).update(state=before)
    complete(deal, people)
    drain()
    drain()
    assert state_of(deal.need) == "solved"
    moved = Entry.objects.filter(name="market.need.moved", subject_id=deal.need_id)
    assert [(entry.data, entry.actor) for entry in moved] == [({"before": before, "state": "solved"}, None)]


def test_another_running_deal_keeps_it_open_until_that_is_over_too(people: People, drain: Drain) -> None:
    deal, other = make_signed(people), make_deal(people, tag="二")
    Deal.objects.filter(pk=other.pk).update(need_id=deal.need_id)
    complete(deal, people)
    drain()
    assert state_of(deal.need) == "matching"
    move_deal(deal_id=other.pk, to="terminated", actor=people.ruoxi, reason="价格没有谈拢")
    drain()
    assert state_of(deal.need) == "solved"


def test_a_lead_of_another_manager_holds_nothing_up(people: People, drain: Drain) -> None:
    deal, other = make_signed(people), make_deal(people, tag="二")
    Need.objects.filter(pk=deal.need_id).update(confidence="network")
    lead = open_lead(need_id=other.need_id, result_id=other.result_id, actor=people.mingyuan)
    Deal.objects.filter(pk=lead.pk).update(need_id=deal.need_id)
    complete(deal, people)
    drain()
    assert state_of(deal.need) == "solved"


def test_a_terminated_deal_solves_nothing(people: People, drain: Drain) -> None:
    deal = make_deal(people)
    move_deal(deal_id=deal.pk, to="terminated", actor=people.ruoxi, reason="价格没有谈拢")
    drain()
    assert state_of(deal.need) == "matching"


@pytest.mark.parametrize("state", ["translating", "rejected", "closed", "solved"])
def test_what_is_over_or_written_anew_stays(people: People, state: str) -> None:
    need = make_deal(people).need
    Need.objects.filter(pk=need.pk).update(state=state)
    entries = Entry.objects.count()
    assert settle_need(need_id=need.pk) is False
    assert (state_of(need), Entry.objects.count()) == (state, entries)
