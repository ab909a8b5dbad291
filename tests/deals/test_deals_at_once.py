"""Two people at the same deal at the same moment."""

from __future__ import annotations

import pytest

from tests.concurrency.races import Meeting, at_once
from tests.deals.deal_world import make_deal, make_introduction
from tests.world import People
from yinxian.deals.models import Deal
from yinxian.deals.operations import deals as operations
from yinxian.deals.operations.deals import move_deal, open_deal
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict

pytestmark = pytest.mark.django_db(transaction=True)


def test_opening_at_once_gives_one_deal(people: People) -> None:
    introduction = make_introduction(people)
    first, second = at_once(*[lambda: open_deal(introduction.pk, people.ruoxi)] * 2)
    assert first == second and Deal.objects.count() == 1


def test_two_deals_at_once_have_two_numbers(people: People) -> None:
    ready = [make_introduction(people, tag=tag).pk for tag in ("甲", "乙")]
    made = at_once(lambda: open_deal(ready[0], people.ruoxi), lambda: open_deal(ready[1], people.ruoxi))
    assert len({deal.number for deal in made}) == 2


def test_of_two_moves_at_once_one_wins_and_the_other_is_told(people: People) -> None:
    deal = make_deal(people)
    outcomes = at_once(
        lambda: move_deal(deal_id=deal.pk, to="nda", actor=people.ruoxi, was="introduced"),
        lambda: move_deal(deal_id=deal.pk, to="negotiating", actor=people.ruoxi, was="introduced"),
    )
    (refused,) = [found for found in outcomes if isinstance(found, Exception)]
    assert isinstance(refused, Conflict) and refused.code == "deals.deal_changed"
    assert Entry.objects.filter(name="deals.deal.moved").count() == 1


@pytest.mark.postgresql
def test_without_the_lock_both_moves_pass(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: SQLite lets one writer in at a time, so only PostgreSQL can show it."""
    deal = make_deal(people)
    monkeypatch.setattr(operations, "lock_deal", lambda pk: Deal.objects.get(pk=pk))
    Meeting().at(monkeypatch, operations, "_reason")
    outcomes = at_once(
        lambda: move_deal(deal_id=deal.pk, to="nda", actor=people.ruoxi, was="introduced"),
        lambda: move_deal(deal_id=deal.pk, to="negotiating", actor=people.ruoxi, was="introduced"),
    )
    assert not [found for found in outcomes if isinstance(found, Exception)], "both believe they moved it"
