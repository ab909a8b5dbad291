"""An association edits its own scheme."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.world import People
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.reputation.models import Scheme
from yinxian.reputation.operations.schemes import new_version

RULES: list[dict[str, Any]] = [{"event": "milestone_accepted", "base": 5, "per_wan": 2, "cap": 50}]


def test_a_reviewer_makes_a_new_version_and_the_old_one_stays(people: People) -> None:
    made = new_version(association_id=people.association.pk, actor=people.qiao, rules=RULES)
    assert made.version == 2
    assert list(Scheme.objects.values_list("version", flat=True)) == [2, 1]


@pytest.mark.parametrize("who", ["ruoxi", "heng", "stray"])
def test_others_are_refused_and_nothing_changes(people: People, who: str) -> None:
    with pytest.raises(Forbidden):
        new_version(association_id=people.association.pk, actor=getattr(people, who), rules=RULES)
    assert not Scheme.objects.exists()


@pytest.mark.parametrize("wrong", [-1, 10_001, "5", None, 1.5])
def test_a_wrong_figure_is_refused(people: People, wrong: object) -> None:
    with pytest.raises(Invalid):
        new_version(association_id=people.association.pk, actor=people.qiao, rules=[RULES[0] | {"base": wrong}])
    assert not Scheme.objects.filter(version=2).exists()


def test_who_edits_an_old_version_is_told_and_keeps_what_was_typed(
    people: People, client_of: Callable[..., Client]
) -> None:
    address = f"/points/{people.association.slug}/scheme/"
    figures = {
        f"{event}_{figure}": 7
        for event in ("contract_registered", "milestone_accepted")
        for figure in ("base", "per_wan", "cap")
    }
    first = client_of(people.qiao).post(address, figures | {"based_on": 1})
    assert first.status_code == 302
    second = client_of(people.qiao).post(address, figures | {"based_on": 1, "note": "我的改动"})
    assert second.status_code == 422
    assert "我的改动" in second.content.decode()
    assert Scheme.objects.filter(association=people.association).count() == 2
    with pytest.raises(Conflict):
        new_version(association_id=people.association.pk, actor=people.qiao, rules=RULES, based_on=1)
