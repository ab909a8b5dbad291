"""Two at once: two who decide an appeal, and two appeals against one point."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection

from tests.concurrency.races import Meeting, at_once
from tests.reputation.earning import registered
from tests.world import People, make_people, person
from yinxian.kernel.errors import Conflict
from yinxian.network.models import Membership
from yinxian.reputation import permissions
from yinxian.reputation.models import Appeal, Point
from yinxian.reputation.operations.appeals import appeal_point, decide_appeal
from yinxian.reputation.queries.points import total_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(frozen: Callable[[str], None]) -> tuple[People, Point]:
    frozen("2030-06-25T09:42")
    people = make_people()
    registered(people)
    return people, Point.objects.get(user=people.ruoxi)


def both_decide(world: tuple[People, Point]) -> list[Any]:
    people, point = world
    second = person("闵长", "13800000051", (people.association, Membership.Role.ADMIN))
    appeal = appeal_point(point_id=point.pk, actor=people.ruoxi, reason="少算了")
    acts = [
        partial(decide_appeal, appeal_id=appeal.pk, actor=who, uphold=True, decision="核过", change=change)
        for who, change in ((people.qiao, 5), (second, 7))
    ]
    with pytest.MonkeyPatch.context() as patch:
        Meeting().at(patch, permissions, "can_decide")
        return at_once(*acts)


def test_of_two_decisions_at_once_one_stands_and_the_other_is_told(world: tuple[People, Point]) -> None:
    outcomes = both_decide(world)
    told = [one for one in outcomes if isinstance(one, Conflict)]
    won = [one for one in outcomes if isinstance(one, Appeal)]
    assert (len(told), len(won)) == (1, 1), outcomes
    correction = Point.objects.get(corrects=world[1])
    assert correction.amount == won[0].change
    assert total_of(world[0].ruoxi) == world[1].amount + correction.amount


def test_of_two_appeals_at_once_one_is_kept(world: tuple[People, Point]) -> None:
    people, point = world
    acts = [partial(appeal_point, point_id=point.pk, actor=people.ruoxi, reason=reason) for reason in ("一", "二")]
    outcomes = at_once(*acts)
    assert sum(isinstance(one, Conflict) for one in outcomes) == 1, outcomes
    assert Appeal.objects.count() == 1


@pytest.mark.postgresql
def test_without_the_lock_both_would_decide(world: tuple[People, Point], monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: both find it undecided, so one of them fails on the way, or two corrections stand."""
    from django.db.models import QuerySet

    assert connection.vendor == "postgresql"
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self)
    outcomes = both_decide(world)
    assert sum(isinstance(one, Appeal) for one in outcomes) == 2 or not any(
        isinstance(one, Conflict) for one in outcomes
    ), outcomes
