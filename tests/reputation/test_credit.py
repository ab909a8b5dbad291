"""Credit: facts and their counts, small ones said to be small, contested beside the fact, shown to whom it may be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client

from tests.deals.deal_world import make_introduction
from tests.reputation.earning import fact
from tests.reputation.test_points import need_with_evidence
from tests.world import People
from yinxian.deals.models import Deal, Introduction
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.market.operations.evidence import withdraw_evidence
from yinxian.network.models import User
from yinxian.reputation.models import Appeal, Measure
from yinxian.reputation.operations.appeals import contest_fact, decide_appeal
from yinxian.reputation.operations.credit import choose_audience
from yinxian.reputation.queries.credit import Credit, credit_of
from yinxian.reputation.views.words import said_of


def of(user: User, measure: Measure) -> Credit:
    return next(one for one in credit_of(user) if one.measure == measure)


def introduced(people: People, state: str | None, tag: str) -> Introduction:
    """An acknowledged introduction, with a deal in the state, or with none."""
    made = make_introduction(people, tag=tag)
    fact("deals.introduction.acknowledged", made, people.heng)
    if state:
        Deal.objects.create(
            number=f"2026-{tag}",
            title=made.subject,
            introduction=made,
            need=made.need,
            result=made.result,
            buyer=made.buyer,
            supplier=made.supplier,
            manager=made.manager,
            state=state,
            signed_on=dt.date(2026, 3, 1) if state in Deal.AFTER_SIGNING else None,
        )
    return made


def test_closed_counts_what_has_an_end_and_says_what_still_runs(people: People) -> None:
    for number, state in enumerate(["signed", "completed", "terminated", "negotiating", None]):
        introduced(people, state, str(number))
    found = of(people.ruoxi, Measure.CLOSED)
    assert found.share is not None
    assert (found.share.k, found.share.n, found.running) == (2, 3, 2)
    assert said_of(found) == "有结果的 3 次引荐，签约 2 次。3 件，太少，不能说明什么。"
    for number in range(5, 8):
        introduced(people, "signed", str(number))
    assert said_of(of(people.ruoxi, Measure.CLOSED)) == (
        "有结果的 6 次引荐，签约 5 次，即 83.33%；以 95% 的把握在 43.65% 到 96.99% 之间。"
    )
    assert of(people.mingyuan, Measure.CLOSED).n == 0


def test_evidence_that_somebody_else_took_back_is_counted(people: People) -> None:
    need = need_with_evidence(people, 3)
    first, second, _third = need.evidence.order_by("pk")
    withdraw_evidence(evidence_id=first.pk, actor=people.ruoxi)
    withdraw_evidence(evidence_id=second.pk, actor=people.qiao)
    found = of(people.ruoxi, Measure.EVIDENCE)
    assert found.share is not None
    assert (found.share.k, found.share.n) == (1, 3)


def test_days_to_answer_and_disputes_are_read_from_the_journal(people: People, frozen: Callable[[str], None]) -> None:
    introduction = introduced(people, "performing", "9")
    need = introduction.need
    frozen("2026-03-02T09:00")
    fact("market.need.assigned", need, people.heng)
    frozen("2026-03-03T21:00")
    fact("market.need.brief_written", need, people.mingyuan, number=1)
    fact("market.need.brief_written", need, people.ruoxi, number=2)
    fact("market.need.brief_written", need, people.ruoxi, number=3)
    found = of(people.ruoxi, Measure.ANSWER)
    assert found.median is not None and found.median.middle == 36
    assert said_of(found) == "1 次，中位数 1.5 天。1 件，太少，不能说明什么。"
    deal = Deal.objects.get()
    stones = [deal.milestones.create(position=number, title="节点", amount_fen=100) for number in (1, 2, 3)]
    for stone, outcome in zip(stones, ("refund", "release", "divide"), strict=True):
        fact("deals.dispute.settled", stone, people.heng, outcome=outcome)
    disputes = of(people.ruoxi, Measure.DISPUTES)
    assert disputes.share is not None
    assert (disputes.share.k, disputes.share.n) == (2, 3)


def test_a_contest_stands_beside_the_fact_and_upheld_it_counts_no_more(people: People) -> None:
    introduced(people, "terminated", "1")
    entry = Entry.objects.get(name="deals.introduction.acknowledged")
    for measure, pk in ((Measure.EVIDENCE, entry.pk), ("nonsense", entry.pk), (Measure.CLOSED, entry.pk + 999)):
        with pytest.raises(Invalid):
            contest_fact(actor=people.ruoxi, measure=measure, entry_id=pk, reason="不对")
    with pytest.raises(Invalid):
        contest_fact(actor=people.mingyuan, measure="closed", entry_id=entry.pk, reason="别人的")
    appeal = contest_fact(actor=people.ruoxi, measure="closed", entry_id=entry.pk, reason="需方停产，与引荐无关")
    with pytest.raises(Conflict):
        contest_fact(actor=people.ruoxi, measure="closed", entry_id=entry.pk, reason="再来")
    found = of(people.ruoxi, Measure.CLOSED)
    assert (found.n, found.contested, found.facts[0].contested) == (1, 1, True)
    with pytest.raises(Forbidden):
        decide_appeal(appeal_id=appeal.pk, actor=people.ruoxi, uphold=True, decision="我说的")
    decide_appeal(appeal_id=appeal.pk, actor=people.qiao, uphold=True, decision="工商登记显示需方已停业")
    found = of(people.ruoxi, Measure.CLOSED)
    assert (found.n, found.contested, found.facts[0].out) == (0, 0, True)
    assert Appeal.objects.get().change is None


def test_who_may_see_is_the_persons_choice_all_or_none(people: People, client_of: Callable[..., Client]) -> None:
    introduced(people, "terminated", "1")
    address = f"/managers/{people.mingyuan.manager_profile.slug}/credit/"
    ruoxis = f"/managers/{people.ruoxi.manager_profile.slug}/credit/"

    def sees(place: str) -> list[int]:
        readers = [Client(), client_of(people.stray), client_of(people.cang), client_of(people.heng)]
        return [browser.get(place).status_code for browser in [*readers, client_of(people.qiao)]]

    assert sees(address) == [403, 403, 200, 200, 200]
    choose_audience(actor=people.ruoxi, audience="parties")
    choose_audience(actor=people.mingyuan, audience="parties")
    assert sees(address) == [403, 403, 403, 403, 200]
    assert sees(ruoxis) == [403, 403, 403, 200, 200]
    choose_audience(actor=people.mingyuan, audience="public")
    assert sees(address) == [200] * 5
    with pytest.raises(Invalid):
        choose_audience(actor=people.ruoxi, audience="everyone")
    with pytest.raises(Forbidden):
        choose_audience(actor=people.heng, audience="public")
    assert Entry.objects.filter(name="reputation.credit.shown").count() == 3
    with transaction.atomic():
        choose_audience(actor=people.mingyuan, audience="public")
    assert Entry.objects.filter(name="reputation.credit.shown").count() == 3


def test_others_see_counts_and_the_person_the_facts(people: People, client_of: Callable[..., Client]) -> None:
    made = introduced(people, "terminated", "1")
    address = f"/managers/{people.ruoxi.manager_profile.slug}/credit/"
    own = client_of(people.ruoxi).get("/points/credit/").content.decode()
    assert made.subject in own and "有异议" in own and "太少，不能说明什么" in own
    others = client_of(people.cang).get(address).content.decode()
    assert made.subject not in others and "太少，不能说明什么" in others
    assert "export" not in others and client_of(people.cang).get(f"{address}?export=csv")["Content-Type"].startswith(
        "text/html"
    )
    entry = Entry.objects.get(name="deals.introduction.acknowledged")
    place = f"/points/credit/closed/{entry.uid}/contest/"
    assert client_of(people.mingyuan).get(place).status_code == 404
    assert client_of(people.ruoxi).get(f"/points/credit/nonsense/{entry.uid}/contest/").status_code == 404
    assert client_of(people.ruoxi).post(place, {"reason": "<b>停产</b>"}).status_code == 302
    assert "其中 1 件本人有异议" in client_of(people.cang).get(address).content.decode()
    assert "停产" not in client_of(people.cang).get(address).content.decode()
    assert client_of(people.ruoxi).post("/points/credit/", {"audience": "nobody"}).status_code == 422
    assert "填了经理人名片" in client_of(people.heng).get("/points/credit/").content.decode()
