"""Is this a true need: evidence scored, dated, expiring."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.world import People
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.market.intake.truth import weigh
from yinxian.market.models import Evidence, Need
from yinxian.market.operations.briefs import submit_need
from yinxian.market.operations.evidence import add_evidence, withdraw_evidence
from yinxian.market.queries.evidence import truth_of

TODAY = dt.date(2026, 3, 4)


@pytest.fixture
def need(people: People, frozen: Callable[[str], None]) -> Need:
    frozen("2026-03-04T09:00")
    return submit_need(owner_id=people.buyer.pk, actor=people.ruoxi, raw_words="除尘设备的滤袋三个月就破。")


def added(need: Need, actor: Any, **given: Any) -> Evidence:
    base = {"kind": "visit", "score": 9, "note": "看了现场", "dated": TODAY, "expires_on": dt.date(2026, 9, 4)}
    return add_evidence(need_id=need.pk, actor=actor, **{**base, **given})


def test_the_total_weighs_the_four_kinds_and_takes_the_best_of_each() -> None:
    truth = weigh([("visit", 9), ("visit", 4), ("budget", 7), ("deposit", 3)])
    assert (truth.tenths, truth.shown) == (54, "5.4")
    assert [part.score for part in truth.parts] == [9, 7, 3, 0]
    assert weigh([]).shown == "0.0"
    assert weigh([(kind, 10) for kind in ("visit", "budget", "deposit", "second_source")]).shown == "10.0"


def test_what_has_expired_or_was_withdrawn_does_not_count(people: People, need: Need) -> None:
    visit = added(need, people.ruoxi)
    assert truth_of(need, TODAY).tenths == 27
    assert truth_of(need, dt.date(2026, 9, 4)).tenths == 27
    assert truth_of(need, dt.date(2026, 9, 5)).tenths == 0
    withdraw_evidence(evidence_id=visit.pk, actor=people.ruoxi)
    assert truth_of(need, TODAY).tenths == 0
    with pytest.raises(Conflict):
        withdraw_evidence(evidence_id=visit.pk, actor=people.ruoxi)
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("who", ["heng", "stray", "lan", "mingyuan"])
def test_who_is_not_responsible_may_not_score_and_nothing_changes(people: People, need: Need, who: str) -> None:
    with pytest.raises(Forbidden):
        added(need, getattr(people, who))
    assert not Evidence.objects.exists()


def test_a_stranger_may_not_withdraw(people: People, need: Need) -> None:
    visit = added(need, people.ruoxi)
    with pytest.raises(Forbidden):
        withdraw_evidence(evidence_id=visit.pk, actor=people.lan)
    visit.refresh_from_db()
    assert visit.withdrawn_at is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"score": 0},
        {"score": 11},
        {"kind": "rumour"},
        {"note": " "},
        {"dated": dt.date(2026, 3, 5)},
        {"expires_on": TODAY},
        {"expires_on": dt.date(2036, 3, 4)},
    ],
)
def test_what_cannot_be_right_is_refused(people: People, need: Need, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        added(need, people.ruoxi, **wrong)
    assert not Evidence.objects.exists()


def test_the_page_adds_shows_and_withdraws(people: People, need: Need, client_of: Callable[..., Client]) -> None:
    client = client_of(people.ruoxi)
    address = f"/needs/{need.slug}/evidence/"
    given = {"kind": "visit", "score": "8", "note": "<b>看了</b>", "dated": "2026-03-04", "expires_on": "2026-09-04"}
    upload = SimpleUploadedFile("../../照片.txt", b"x" * 10)
    assert client.post(address, {**given, "file": upload}).status_code == 302
    page = client.get(address).content.decode()
    assert "&lt;b&gt;看了" in page and "2.4 / 10" in page
    evidence = Evidence.objects.get()
    file = client.get(f"/evidence/{evidence.slug}/file/")
    assert b"".join(file.streaming_content) == b"x" * 10
    assert client.post(f"/evidence/{evidence.slug}/withdraw/").status_code == 302
    assert client.post(address, {**given, "score": "88"}).status_code == 422


def test_the_unnamed_do_not_find_it(people: People, need: Need, client_of: Callable[..., Client]) -> None:
    evidence = added(need, people.ruoxi)
    for who in (people.stray, people.lan, people.outsider):
        client = client_of(who)
        assert client.get(f"/needs/{need.slug}/evidence/").status_code == 404
        assert client.post(f"/evidence/{evidence.slug}/withdraw/").status_code == 404
        assert client.get(f"/evidence/{evidence.slug}/file/").status_code == 404
    evidence.refresh_from_db()
    assert evidence.withdrawn_at is None
