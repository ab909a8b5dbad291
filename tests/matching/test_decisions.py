"""Shortlist, refuse, take back: who may, what stays on record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.matching.world import Market
from tests.world import People
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.market.models import Need, Result
from yinxian.matching import operations, queries
from yinxian.matching.models import Candidate, Feedback
from yinxian.matching.permissions import can_decide
from yinxian.network.models import Membership, User

pytestmark = pytest.mark.django_db


def nothing_moved() -> bool:
    return not Candidate.objects.exists() and not Feedback.objects.exists() and not entries()


def entries() -> list[str]:
    return list(Entry.objects.filter(name__startswith="matching.").order_by("pk").values_list("name", flat=True))


def shortlist(market: Market, actor: User) -> Candidate:
    return operations.shortlist(need_id=market.need.pk, result_id=market.ceria.pk, actor=actor)


def test_shortlisting_keeps_what_the_ranking_said(people: People, market: Market) -> None:
    candidate = shortlist(market, people.ruoxi)
    assert (candidate.state, candidate.decided_by, candidate.brief_number) == ("shortlisted", people.ruoxi, 1)
    assert candidate.score > 50
    assert {"fit_met", "field_agrees"} <= {reason["code"] for reason in candidate.reasons}
    assert list(queries.shortlisted(market.need)) == [candidate]
    feedback = Feedback.objects.get()
    assert (feedback.verb, feedback.score) == ("shortlisted", candidate.score)
    assert feedback.signals["text"] > 0
    entry = Entry.objects.get(name="matching.candidate.shortlisted")
    assert entry.data == {
        "need": market.need.slug, "result": market.ceria.slug, "score": candidate.score, "reason": "",
    }  # fmt: skip
    assert entry.organisations == [people.buyer.pk]


def test_the_same_form_twice_has_one_effect(people: People, market: Market) -> None:
    shortlist(market, people.ruoxi)
    shortlist(market, people.ruoxi)
    for _ in range(2):
        operations.refuse(
            need_id=market.need.pk,
            result_id=market.hopcalite.pk,
            actor=people.ruoxi,
            reason="too_early",
            note="两年一换",
        )
    assert Candidate.objects.count() == 2
    assert Feedback.objects.count() == 2
    assert entries() == ["matching.candidate.shortlisted", "matching.candidate.refused"]


def test_refusing_needs_one_of_eight_reasons(people: People, market: Market) -> None:
    with pytest.raises(Invalid, match="八个"):
        operations.refuse(need_id=market.need.pk, result_id=market.ceria.pk, actor=people.ruoxi, reason="because")
    with pytest.raises(Invalid, match="300"):
        operations.refuse(
            need_id=market.need.pk, result_id=market.ceria.pk, actor=people.ruoxi, reason="vague", note="长" * 301
        )
    assert nothing_moved()


def test_another_reason_corrects_the_first_and_both_stay_as_feedback(people: People, market: Market) -> None:
    for reason in ("too_early", "price"):
        operations.refuse(need_id=market.need.pk, result_id=market.ceria.pk, actor=people.heng, reason=reason)
    assert Candidate.objects.get().refusal == "price"
    assert list(Feedback.objects.values_list("refusal", flat=True)) == ["too_early", "price"]


def test_a_decision_can_be_taken_back_and_that_it_was_made_stays(people: People, market: Market) -> None:
    operations.refuse(
        need_id=market.need.pk, result_id=market.ceria.pk, actor=people.ruoxi, reason="benefit", note="问过"
    )
    for _ in range(2):
        candidate = operations.undo(need_id=market.need.pk, result_id=market.ceria.pk, actor=people.heng)
    assert (candidate.state, candidate.refusal, candidate.note) == ("new", "", "")
    assert list(Feedback.objects.values_list("verb", flat=True)) == ["refused", "undone"]
    assert entries() == ["matching.candidate.refused", "matching.candidate.undone"]
    with pytest.raises(Candidate.DoesNotExist):
        operations.undo(need_id=market.need.pk, result_id=market.pump.pk, actor=people.heng)


def test_colleagues_of_the_manager_s_agency_may_decide_and_its_finance_may_not(people: People, market: Market) -> None:
    colleague = User.objects.create_user("13800000077", name="同事")
    Membership.objects.create(user=colleague, organisation=people.agency)
    assert shortlist(market, colleague).decided_by == colleague
    assert not can_decide(people.yuan, market.need)


@pytest.mark.parametrize("who", ["mingyuan", "lan", "qiao", "yuan", "outsider", "stray"])
def test_stranger_is_refused_and_nothing_changes(people: People, market: Market, who: str) -> None:
    actor = getattr(people, who)
    with pytest.raises(Forbidden, match="负责经理人"):
        shortlist(market, actor)
    with pytest.raises(Forbidden):
        operations.refuse(need_id=market.need.pk, result_id=market.ceria.pk, actor=actor, reason="price")
    with pytest.raises(Forbidden):
        operations.undo(need_id=market.need.pk, result_id=market.ceria.pk, actor=actor)
    assert nothing_moved()


def test_what_the_actor_may_not_see_does_not_exist_for_them(people: People, market: Market) -> None:
    with pytest.raises(Result.DoesNotExist):
        operations.shortlist(need_id=market.need.pk, result_id=market.named.pk, actor=people.ruoxi)
    assert nothing_moved()


@pytest.mark.parametrize("state", [Need.State.SOLVED, Need.State.CLOSED, Need.State.REJECTED, Need.State.EXPIRED])
def test_a_need_that_is_over_takes_no_candidates(people: People, market: Market, state: str) -> None:
    Need.objects.filter(pk=market.need.pk).update(state=state)
    with pytest.raises(Conflict, match="不再接受候选"):
        shortlist(market, people.ruoxi)
    assert nothing_moved()


def test_pages_refuse_strangers_and_change_nothing(
    people: People, market: Market, client_of: Callable[..., Client]
) -> None:
    args = [market.need.slug, market.ceria.slug]
    for name in ("shortlist", "refuse", "undo"):
        url = reverse(f"matching:{name}", args=args)
        assert Client().post(url, {"reason": "price"}).status_code == 302, "to the sign-in page"
        assert client_of(people.stray).post(url, {"reason": "price"}).status_code == 404
        assert client_of(people.lan).post(url, {"reason": "price"}).status_code == 404
        assert client_of(people.mingyuan).post(url, {"reason": "price"}).status_code in (200, 403, 422)
    assert client_of(people.ruoxi).get(reverse("matching:shortlist", args=args)).status_code == 405
    assert nothing_moved()


def test_buttons_of_the_list_decide_and_come_back(
    people: People, market: Market, client_of: Callable[..., Client]
) -> None:
    browser = client_of(people.ruoxi)
    args = [market.need.slug, market.ceria.slug]
    answer = browser.post(reverse("matching:shortlist", args=args), {"next": "https://elsewhere.example/"})
    assert answer["Location"] == f"{reverse('matching:match', args=args[:1])}#m-{market.ceria.slug}"
    wrong = browser.post(reverse("matching:refuse", args=args), {"reason": "nonsense", "note": "留住这句话"})
    assert wrong.status_code == 422
    assert "留住这句话" in wrong.text
    browser.post(reverse("matching:refuse", args=args), {"reason": "price", "note": "<b>贵</b>"})
    candidate = Candidate.objects.get()
    assert (candidate.state, candidate.refusal, candidate.note) == ("refused", "price", "<b>贵</b>")
    page = browser.get(reverse("matching:why", args=args)).text
    assert "&lt;b&gt;贵" in page
    assert market.ceria.title not in browser.get(reverse("matching:match", args=args[:1])).text.split("同领域")[0]
    assert market.ceria.title in browser.get(reverse("matching:match", args=args[:1]) + "?state=refused").text
    browser.post(reverse("matching:undo", args=args))
    assert Candidate.objects.get().state == "new"


def test_the_database_wants_a_reason_for_a_refusal(people: People, market: Market) -> None:
    from django.db import IntegrityError, transaction

    wrong: list[dict[str, Any]] = [{"state": "refused"}, {"state": "shortlisted", "refusal": "price"}, {"score": 101}]
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Candidate.objects.create(need=market.need, result=market.ceria, **values)
    assert nothing_moved()
