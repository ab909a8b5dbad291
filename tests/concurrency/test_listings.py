"""Two people at once on one result: one saves, the other is told. With the lock taken out, one is lost."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from tests.concurrency.races import Meeting, at_once
from tests.market.listings import make_result
from tests.world import make_people, person
from yinxian.kernel.errors import Conflict
from yinxian.market.models import Result
from yinxian.market.operations import listings
from yinxian.market.operations.listings import version
from yinxian.market.operations.results import edit_result, review_result
from yinxian.network.models import Membership

pytestmark = pytest.mark.django_db(transaction=True)


def unlocked(model: Any, pk: int) -> Any:
    return model._default_manager.select_related("owner", "manager").get(pk=pk)


def both_edit(patch: pytest.MonkeyPatch) -> tuple[list[Any], Result]:
    people = make_people()
    second = person("赵会", "13800000020", (people.supplier, Membership.Role.MEMBER))
    result = make_result(people, state="draft")
    seen = version(result)
    Meeting().at(patch, listings, "unchanged_since")
    edits = [(people.lan, {"team": "甲写的"}), (second, {"problem": "乙写的"})]
    acts = [partial(edit_result, result_id=result.pk, actor=who, values=values, seen=seen) for who, values in edits]
    outcomes = at_once(*acts)
    result.refresh_from_db()
    return outcomes, result


def test_of_two_edits_at_once_one_is_saved_and_the_other_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes, result = both_edit(monkeypatch)
    assert [one.code for one in outcomes if isinstance(one, Conflict)] == ["market.changed_meanwhile"]
    assert sum(isinstance(one, Result) for one in outcomes) == 1
    assert (result.team == "甲写的") != (result.problem == "乙写的")


@pytest.mark.postgresql
def test_without_the_lock_the_fault_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: both are told that they saved, and one's words are gone."""
    monkeypatch.setattr(listings, "locked", unlocked)
    outcomes, result = both_edit(monkeypatch)
    assert all(isinstance(one, Result) for one in outcomes)
    assert (result.team == "甲写的") != (result.problem == "乙写的")


def test_two_reviewers_decide_at_once_and_one_decision_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    people = make_people()
    second = person("赵审", "13800000021", (people.association, Membership.Role.REVIEWER))
    result = make_result(people, state="pending", published_on=None, fresh_until=None)
    acts = [
        partial(review_result, result_id=result.pk, actor=people.qiao, decision="publish"),
        partial(review_result, result_id=result.pk, actor=second, decision="reject", reason="不实"),
    ]
    outcomes = at_once(*acts)
    result.refresh_from_db()
    assert sum(isinstance(one, Result) for one in outcomes) == 1
    assert result.state in ("published", "rejected")
