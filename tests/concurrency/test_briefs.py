"""Two editors of one brief at once: one saves, the other is told. Without the lock the test shows the fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.concurrency.races import Meeting, at_once
from tests.world import People, make_people
from yinxian.kernel.errors import Conflict
from yinxian.market.models import Need
from yinxian.market.operations import briefs as operations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene() -> tuple[People, Need]:
    people = make_people()
    words = "滤袋三个月就破，希望一年不破。"
    return people, operations.submit_need(owner_id=people.buyer.pk, actor=people.ruoxi, raw_words=words)


def edits(people: People, need: Need) -> tuple[Callable[[], Any], Callable[[], Any]]:
    content = need.current_brief.content

    def edit(actor: Any, title: str) -> Callable[[], Any]:
        return lambda: operations.new_version(need_id=need.pk, actor=actor, content={**content, "title": title}, seen=1)

    return edit(people.ruoxi, "甲"), edit(people.heng, "乙")


def test_of_two_who_save_at_once_one_is_told(scene: tuple[People, Need], monkeypatch: pytest.MonkeyPatch) -> None:
    people, need = scene
    Meeting().at(monkeypatch, operations, "checked_content")
    outcomes = at_once(*edits(people, need))
    assert sum(isinstance(one, Conflict) for one in outcomes) == 1, outcomes
    assert need.briefs.count() == 2


@pytest.mark.postgresql
def test_without_the_lock_nobody_is_told(scene: tuple[People, Need], monkeypatch: pytest.MonkeyPatch) -> None:
    people, need = scene
    found = Need.objects.select_related("owner", "manager")
    monkeypatch.setattr(operations.listings, "locked", lambda model, pk: found.get(pk=pk))
    Meeting().at(monkeypatch, operations, "checked_content")
    outcomes = at_once(*edits(people, need))
    assert not any(isinstance(one, Conflict) for one in outcomes), outcomes
