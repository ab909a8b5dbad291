"""Appeals: once, one's own, decided by another person, with a reason; the first row stays."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client

from tests.reputation.earning import registered
from tests.world import People
from yinxian.credentials.models import Proof
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden, Invalid, Refusal
from yinxian.network.models import Membership, User
from yinxian.reputation.models import Appeal, Point
from yinxian.reputation.operations.appeals import appeal_point, decide_appeal
from yinxian.reputation.queries.points import total_of
from yinxian.reputation.queries.recount import differences

REASON = "第二份补充协议的金额没有算进去"


@pytest.fixture
def point(people: People) -> Point:
    registered(people)
    return Point.objects.get(user=people.ruoxi)


def ask(people: People, point: Point, who: User | None = None, reason: str = REASON) -> Appeal:
    return appeal_point(point_id=point.pk, actor=who or people.ruoxi, reason=reason)


def decide(people: People, appeal: Appeal, actor: User | None = None, **more: object) -> Appeal:
    given = {"uphold": True, "decision": "核对过登记证明", "change": 6} | more
    return decide_appeal(appeal_id=appeal.pk, actor=actor or people.qiao, **given)  # type: ignore[arg-type]  # of the tests


def refused(kind: type[Refusal], code: str, act: Callable[[], object]) -> None:
    before = (Appeal.objects.count(), list(Point.objects.values()), Entry.objects.count())
    with pytest.raises(kind) as found:
        act()
    assert found.value.code == code and found.value.sentence != code
    assert (Appeal.objects.count(), list(Point.objects.values()), Entry.objects.count()) == before


def test_a_correction_is_a_new_row_and_the_proof_says_the_new_sum(people: People, point: Point) -> None:
    decide(people, ask(people, point))
    point.refresh_from_db()
    correction = Point.objects.get(corrects=point)
    assert (point.amount, correction.amount, total_of(people.ruoxi)) == (41, 6, 47)
    assert correction.entry == Entry.objects.get(name="reputation.appeal.decided")
    standing = Proof.objects.filter(user=people.ruoxi, kind="points", withdrawn_by=None)
    assert [proof.amount for proof in standing] == [47]
    assert differences() == []


def test_a_correction_may_take_points_away_but_not_more_than_there_are(people: People, point: Point) -> None:
    appeal = ask(people, point)
    for change in (0, -42, 10_001, 10**18):
        refused(Invalid, "reputation.change_wrong", partial(decide, people, appeal, change=change))
    decide(people, appeal, change=-41)
    assert total_of(people.ruoxi) == 0
    assert not Proof.objects.filter(user=people.ruoxi, kind="points", withdrawn_by=None).exists()


def test_a_refusal_changes_no_points(people: People, point: Point) -> None:
    found = decide(people, ask(people, point), uphold=False, change=500)
    assert (found.state, found.change) == ("refused", None)
    assert total_of(people.ruoxi) == 41


def test_twice_anothers_or_without_a_reason_is_refused(people: People, point: Point) -> None:
    refused(Forbidden, "reputation.not_your_point", lambda: ask(people, point, people.mingyuan))
    refused(Invalid, "reputation.reason_needed", lambda: ask(people, point, reason=" \x00 "))
    refused(Invalid, "reputation.reason_long", lambda: ask(people, point, reason="长" * 2001))
    appeal = ask(people, point)
    refused(Conflict, "reputation.appealed_before", lambda: ask(people, point))
    decide(people, appeal)
    refused(Conflict, "reputation.appealed_before", lambda: ask(people, point))
    correction = Point.objects.get(corrects=point)
    refused(Conflict, "reputation.appealed_before", lambda: ask(people, correction))
    refused(Conflict, "reputation.appeal_state", lambda: decide(people, appeal, uphold=False))


def test_nobody_decides_their_own_and_nobody_else_decides(people: People, point: Point) -> None:
    appeal = ask(people, point)
    Membership.objects.create(user=people.ruoxi, organisation=people.association, role=Membership.Role.REVIEWER)
    for who in (User.objects.get(pk=people.ruoxi.pk), people.mingyuan, people.heng, people.stray):
        refused(Forbidden, "reputation.not_yours_to_decide", partial(decide, people, appeal, who))
    refused(Invalid, "reputation.reason_needed", lambda: decide(people, appeal, decision="  "))


def test_the_pages_take_it_there_and_show_html_as_text(
    people: People, point: Point, client_of: Callable[..., Client]
) -> None:
    browser, reviewer = client_of(people.ruoxi), client_of(people.qiao)
    address = f"/points/rows/{point.pk}/appeal/"
    assert browser.post(address, {"reason": ""}).status_code == 422
    assert client_of(people.mingyuan).get(address).status_code == 404
    assert client_of(people.mingyuan).post(address, {"reason": "x"}).status_code == 404
    hostile = "<script>alert(1)</script>少算了"
    sent = browser.post(address, {"reason": hostile})
    assert sent.status_code == 302
    place = sent["Location"]
    again = browser.post(address, {"reason": "再来"})
    assert again.status_code == 422 and "已经申诉过" in again.content.decode()
    for page in (browser.get(place), reviewer.get(place), reviewer.get(f"/points/{people.association.slug}/appeals/")):
        assert "&lt;script&gt;" in page.content.decode() and "<script>alert" not in page.content.decode()
    assert browser.post(f"{place}decide/", {"decision": "x", "answer": "uphold"}).status_code == 422
    assert client_of(people.heng).get(place).status_code == 404
    assert (
        reviewer.post(f"{place}decide/", {"decision": hostile, "answer": "uphold", "change": "abc"}).status_code == 422
    )
    assert reviewer.post(f"{place}decide/", {"decision": hostile, "answer": "uphold", "change": "3"}).status_code == 302
    late = reviewer.post(f"{place}decide/", {"decision": "不", "answer": "refuse"})
    assert late.status_code == 422 and "已经决定过" in late.content.decode()
    shown = browser.get(place).content.decode()
    assert "更正 3 分" in shown and "<script>alert" not in shown
    assert "申诉" in browser.get("/points/").content.decode()
