"""An association edits its own scheme: draft, trial, a day from which it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.world import People
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.reputation.models import Event, Scheme
from yinxian.reputation.operations.schemes import draft_scheme, start_scheme
from yinxian.reputation.queries.schemes import scheme_at

RULES: list[dict[str, Any]] = [{"event": "milestone_accepted", "base": 5, "per": 2, "cap": 50}]


def draft(people: People, **more: Any) -> Scheme:
    given = {"association_id": people.association.pk, "actor": people.qiao, "rules": RULES} | more
    return draft_scheme(**given)


def figures(**more: object) -> dict[str, object]:
    """The form as a browser sends it."""
    values: dict[str, object] = {"based_on": 1, "yearly": "100"}
    for event in Event.values:
        values |= {f"{event}_{name}": 7 for name in ("base", "per", "cap", "year_cap")}
    return values | more


def test_a_draft_is_nobodys_rule_until_its_day(people: People, frozen: Callable[[str], None]) -> None:
    frozen("2030-11-25T09:00")
    made = draft(people)
    assert (made.version, made.starts_at) == (2, None)
    holds = scheme_at(people.association, clock.now())
    assert holds is not None and holds.version == 1
    start_scheme(scheme_id=made.pk, actor=people.qiao, on=dt.date(2030, 12, 1))
    frozen("2030-11-30T23:59")
    assert scheme_at(people.association, clock.now()) == holds
    frozen("2030-12-01T00:00")
    assert scheme_at(people.association, clock.now()) == made
    frozen("2030-12-02T09:00")
    later = draft(people)
    start_scheme(scheme_id=later.pk, actor=people.qiao, on=dt.date(2030, 12, 2))
    assert scheme_at(people.association, clock.now()) == later
    assert scheme_at(people.association, clock.now() - dt.timedelta(minutes=1)) == made


def test_a_day_is_given_once_not_in_the_past_and_not_to_what_was_overtaken(
    people: People, frozen: Callable[[str], None]
) -> None:
    frozen("2030-11-25T09:00")
    second, third = draft(people), draft(people)
    for day in (dt.date(2030, 11, 24), dt.date(2036, 1, 1)):
        with pytest.raises(Invalid):
            start_scheme(scheme_id=third.pk, actor=people.qiao, on=day)
    start_scheme(scheme_id=third.pk, actor=people.qiao, on=dt.date(2030, 11, 25))
    for scheme in (second, third):
        with pytest.raises(Conflict):
            start_scheme(scheme_id=scheme.pk, actor=people.qiao, on=dt.date(2030, 11, 26))
    second.refresh_from_db()
    assert second.starts_at is None


@pytest.mark.parametrize("who", ["ruoxi", "heng", "stray"])
def test_others_are_refused_and_nothing_changes(people: People, who: str) -> None:
    with pytest.raises(Forbidden):
        draft(people, actor=getattr(people, who))
    assert not Scheme.objects.exists()
    made = draft(people)
    with pytest.raises(Forbidden):
        start_scheme(scheme_id=made.pk, actor=getattr(people, who), on=clock.today())
    made.refresh_from_db()
    assert made.starts_at is None


@pytest.mark.parametrize("wrong", [-1, 10_001, 10**18, "5", None, 1.5])
def test_a_wrong_figure_is_refused(people: People, wrong: object) -> None:
    with pytest.raises(Invalid):
        draft(people, rules=[RULES[0] | {"base": wrong}])
    assert not Scheme.objects.filter(version=2).exists()


@pytest.mark.parametrize("wrong", [0, 10_001, -5])
def test_a_wrong_decay_is_refused(people: People, wrong: int) -> None:
    with pytest.raises(Invalid):
        draft(people, yearly_bp=wrong)
    assert not Scheme.objects.filter(version=2).exists()


def test_who_edits_an_old_version_is_told_and_keeps_what_was_typed(
    people: People, client_of: Callable[..., Client]
) -> None:
    address = f"/points/{people.association.slug}/scheme/"
    first = client_of(people.qiao).post(address, figures())
    assert first.status_code == 302
    assert first["Location"] == f"{address}2/"
    second = client_of(people.qiao).post(address, figures(note="我的改动"))
    assert second.status_code == 422
    assert "我的改动" in second.content.decode()
    assert Scheme.objects.filter(association=people.association).count() == 2
    with pytest.raises(Conflict):
        draft(people, based_on=1)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reward_paid_base": "-3"}, "等于0"),
        ({"reward_paid_cap": "1" + "0" * 18}, "等于10000"),
        ({"reward_paid_per": "<b>3"}, "整数"),
        ({"yearly": "0"}, "大于零"),
        ({"yearly": "101"}, "0 到 100"),
        ({"reward_paid_as": "milestone_accepted", "milestone_accepted_as": "reward_paid"}, "百分数"),
        (
            {
                "reward_paid_as": "milestone_accepted",
                "reward_paid_as_share": "50",
                "milestone_accepted_as": "reward_paid",
                "milestone_accepted_as_share": "50",
            },
            "绕成了一个圈",
        ),
    ],
)
def test_the_form_says_what_is_wrong_and_keeps_the_rest(
    people: People, client_of: Callable[..., Client], given: dict[str, object], said: str
) -> None:
    answer = client_of(people.qiao).post(f"/points/{people.association.slug}/scheme/", figures(note="留着", **given))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page and "留着" in page and "<b>3" not in page
    assert not Scheme.objects.filter(version=2).exists()


def test_a_draft_is_tried_on_its_page_and_started_there(
    people: People, client_of: Callable[..., Client], frozen: Callable[[str], None]
) -> None:
    frozen("2030-11-25T09:00")
    made, browser = draft(people), client_of(people.qiao)
    address = f"/points/{people.association.slug}/scheme/2/"
    assert "试算不出差别" in browser.get(address).content.decode()
    assert browser.post(f"{address}start/", {"on": "2030-11-24"}).status_code == 422
    assert browser.post(f"{address}start/", {"on": "2030-12-01"}).status_code == 302
    assert "第 2 版从 2030年12月1日起生效" in browser.get(f"/points/{people.association.slug}/").content.decode()
    made.refresh_from_db()
    assert made.started_by == people.qiao
    for other in (people.ruoxi, people.heng):
        assert client_of(other).get(address).status_code == 404
        assert client_of(other).post(f"{address}start/", {"on": "2030-12-01"}).status_code == 404
