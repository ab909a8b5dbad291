"""Drafting, terms, shares, offering, withdrawing; the earlier record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tests.deals.introducing import TERMS, acknowledged, drafted, make_need, make_result, offered, parts
from tests.world import People
from yinxian.deals.models import Introduction, Receipt, Share
from yinxian.deals.operations.acknowledgements import acknowledge
from yinxian.deals.operations.introductions import (
    change_terms,
    offer_introduction,
    propose_shares,
    withdraw_introduction,
)
from yinxian.deals.operations.shares import answer_share
from yinxian.deals.queries.introductions import introduction_for, visible_to
from yinxian.deals.terms import Part, Terms, example
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.market.models import Grant, Need

State = Introduction.State


def refused(code: str) -> pytest.RaisesExc[Exception]:
    return pytest.RaisesExc((Conflict, Forbidden, Invalid), check=lambda error: getattr(error, "code", "") == code)


def test_a_manager_drafts_proposes_and_offers_once_everyone_has_accepted(people: People) -> None:
    introduction = drafted(people)
    assert (introduction.state, introduction.buyer, introduction.supplier) == ("draft", people.buyer, people.supplier)
    propose_shares(introduction_id=introduction.pk, actor=people.ruoxi)
    with refused("deals.shares_not_accepted"):
        offer_introduction(introduction_id=introduction.pk, actor=people.ruoxi)
    theirs = introduction.shares.get(user=people.mingyuan)
    answer_share(share_id=theirs.pk, actor=people.mingyuan, accept=True, version=1)
    offered_one = offer_introduction(introduction_id=introduction.pk, actor=people.ruoxi)
    assert offered_one.state == State.OFFERED
    names = Entry.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == [
        "deals.introduction.drafted",
        "deals.introduction.proposed",
        "deals.share.accepted",
        "deals.introduction.offered",
    ]


def test_stranger_and_share_holder_are_refused_and_nothing_changes(people: People) -> None:
    with refused("deals.introduce_as_manager"):
        drafted(people, actor=people.heng, agency_id=None)
    assert not Introduction.objects.exists()
    introduction = drafted(people, need=Need.objects.get(), result=None)
    for actor in (people.mingyuan, people.stray, people.yuan):
        with refused("deals.introduction_not_yours"):
            propose_shares(introduction_id=introduction.pk, actor=actor)
        with refused("deals.introduction_not_yours"):
            withdraw_introduction(introduction_id=introduction.pk, actor=actor)
    introduction.refresh_from_db()
    assert introduction.state == State.DRAFT


@pytest.mark.parametrize("second", [3999, 4001, 0])
def test_shares_must_be_whole_to_a_hundredth_of_a_per_cent(people: People, second: int) -> None:
    with refused("deals.shares_not_whole") as caught:
        drafted(people, shares=parts(people, mingyuan=second))
    assert f"{(6000 + second) / 100:.2f}%" in str(caught.value)
    assert not Introduction.objects.exists()
    assert not Share.objects.exists()


def test_a_party_of_the_pair_earns_nothing_and_nobody_stands_twice(people: People) -> None:
    with refused("deals.share_of_party"):
        drafted(people, shares=[Part(5000, user_id=people.ruoxi.pk), Part(5000, organisation_id=people.buyer.pk)])
    half = Part(5000, user_id=people.ruoxi.pk)
    with refused("deals.shares_twice"):
        drafted(people, need=Need.objects.get(), shares=[half, half])
    with refused("deals.share_unknown"):
        drafted(people, need=Need.objects.get(), shares=[Part(10_000, user_id=999_999)])
    assert not Introduction.objects.exists()


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (Terms(fee_rate_bp=None), "deals.introduction_rate"),
        (Terms(fee_rate_bp=0), "deals.introduction_rate"),
        (Terms(fee_rate_bp=10_001), "deals.introduction_rate"),
        (Terms(fee_kind="fixed", fee_fixed_fen=-1), "deals.introduction_fixed"),
        (Terms(fee_kind="fixed", fee_fixed_fen=10**18), "deals.introduction_fixed"),
        (Terms(fee_kind="ladder"), "deals.introduction_ladder"),
        (Terms(fee_kind="ladder", fee_ladder=[{"up_to_fen": 5, "bp": 1}]), "deals.introduction_ladder"),
        (
            Terms(
                fee_kind="ladder",
                fee_ladder=[{"up_to_fen": 9, "bp": 9}, {"up_to_fen": 5, "bp": 5}, {"up_to_fen": None, "bp": 1}],
            ),
            "deals.introduction_ladder",
        ),
        (Terms(fee_rate_bp=1, days_to_pay=-1), "deals.introduction_days"),
        (Terms(fee_rate_bp=1, protection_months=0), "deals.introduction_months"),
        (Terms(fee_rate_bp=1, protection_months=121), "deals.introduction_months"),
    ],
)
def test_terms_that_cannot_be_are_refused(people: People, terms: Terms, code: str) -> None:
    with refused(code):
        drafted(people, terms=terms)
    assert not Introduction.objects.exists()


def test_a_subject_may_not_carry_contacts_or_be_empty(people: People) -> None:
    with refused("deals.introduction_subject_contact"):
        drafted(people, subject="请联系 13812345678")
    need = Need.objects.get()
    for subject, code in ((" \u200b ", "deals.introduction_subject"), ("长" * 201, "deals.introduction_subject_long")):
        with refused(code):
            drafted(people, need=need, subject=subject)


def test_changing_terms_asks_everyone_again_and_an_answer_to_old_terms_does_not_count(people: People) -> None:
    introduction = drafted(people)
    propose_shares(introduction_id=introduction.pk, actor=people.ruoxi)
    theirs = introduction.shares.get(user=people.mingyuan)
    answer_share(share_id=theirs.pk, actor=people.mingyuan, accept=True, version=1)
    changed = change_terms(
        introduction_id=introduction.pk,
        actor=people.ruoxi,
        subject=introduction.subject,
        terms=TERMS,
        shares=parts(people, ruoxi=7000, mingyuan=3000),
    )
    assert (changed.state, changed.terms_version) == (State.DRAFT, 2)
    assert not changed.shares.exclude(accepted_at=None).exists()
    propose_shares(introduction_id=introduction.pk, actor=people.ruoxi)
    theirs = introduction.shares.get(user=people.mingyuan)
    with refused("deals.share_terms_changed"):
        answer_share(share_id=theirs.pk, actor=people.mingyuan, accept=True, version=1)
    theirs.refresh_from_db()
    assert theirs.accepted_at is None


def test_a_share_is_answered_by_its_holder_or_the_organisations_treasurer(people: People) -> None:
    introduction = drafted(
        people, shares=[Part(9000, user_id=people.ruoxi.pk), Part(1000, organisation_id=people.agency.pk)]
    )
    propose_shares(introduction_id=introduction.pk, actor=people.ruoxi)
    share = introduction.shares.get(organisation=people.agency)
    for actor in (people.ruoxi, people.mingyuan, people.heng):
        with refused("deals.share_not_yours"):
            answer_share(share_id=share.pk, actor=actor, accept=True, version=1)
    declined = answer_share(share_id=share.pk, actor=people.yuan, accept=False, version=1, reason="太少")
    assert declined.declined_at and not declined.accepted_at
    with refused("deals.shares_not_accepted"):
        offer_introduction(introduction_id=introduction.pk, actor=people.ruoxi)
    answer_share(share_id=share.pk, actor=people.yuan, accept=True, version=1)
    with refused("deals.share_answered"):
        answer_share(share_id=share.pk, actor=people.yuan, accept=False, version=1)


def test_after_the_offer_terms_stand_and_a_withdrawn_one_cannot_be_acknowledged(people: People) -> None:
    introduction = offered(people)
    with refused("deals.introduction_terms_fixed"):
        change_terms(
            introduction_id=introduction.pk,
            actor=people.ruoxi,
            subject="别的",
            terms=TERMS,
            shares=parts(people),
        )
    withdraw_introduction(introduction_id=introduction.pk, actor=people.ruoxi, note="条款要改")
    with refused("deals.introduction_withdrawn"):
        acknowledge(introduction_id=introduction.pk, side="buyer", agreed=True, post="部长", actor=people.heng)
    assert not introduction.acknowledgements.exists()


def test_the_same_form_twice_makes_one_introduction(people: People) -> None:
    introduction = drafted(people)
    with refused("deals.introduction_exists"):
        drafted(people, need=introduction.need, result=introduction.result)
    assert Introduction.objects.count() == 1


def test_both_sides_open_protection_and_name_each_other(people: People, frozen: Callable[[str], None]) -> None:
    frozen("2026-03-11T10:00")
    introduction = offered(people)
    acknowledge(introduction_id=introduction.pk, side="buyer", agreed=True, post="部长", actor=people.heng)
    assert not Grant.objects.exists()
    assert not Receipt.objects.exists()
    done = acknowledge(introduction_id=introduction.pk, side="supplier", agreed=True, post="处长", actor=people.lan)
    assert done.state == State.ACKNOWLEDGED
    assert done.protected_until == dt.date(2028, 3, 11)
    assert Grant.objects.filter(need=done.need, organisation=people.supplier).exists()
    assert Grant.objects.filter(result=done.result, organisation=people.buyer).exists()
    with refused("deals.introduction_done"):
        acknowledge(introduction_id=introduction.pk, side="buyer", agreed=False, post="部长", actor=people.heng)


def test_one_side_answers_once_and_only_for_itself(people: People) -> None:
    introduction = offered(people)
    acknowledge(introduction_id=introduction.pk, side="buyer", agreed=True, post="部长", actor=people.heng)
    with refused("deals.side_answered"):
        acknowledge(introduction_id=introduction.pk, side="buyer", agreed=False, post="部长", actor=people.heng)
    with refused("deals.acknowledge_for_side"):
        acknowledge(introduction_id=introduction.pk, side="supplier", agreed=True, post="部长", actor=people.heng)
    with refused("deals.acknowledge_own"):
        acknowledge(introduction_id=introduction.pk, side="supplier", agreed=True, post="经理", actor=people.ruoxi)
    assert introduction.acknowledgements.count() == 1


def test_one_no_ends_it(people: People) -> None:
    introduction = offered(people)
    acknowledge(introduction_id=introduction.pk, side="supplier", agreed=False, post="处长", actor=people.lan)
    introduction.refresh_from_db()
    assert introduction.state == State.DECLINED
    with refused("deals.introduction_declined"):
        acknowledge(introduction_id=introduction.pk, side="buyer", agreed=True, post="部长", actor=people.heng)
    assert not Receipt.objects.exists()


def test_an_offer_that_nobody_answers_expires(
    people: People, frozen: Callable[[str], None], drain: Callable[[], None]
) -> None:
    frozen("2026-03-11T10:00")
    introduction = offered(people)
    frozen("2026-04-10T10:00")
    drain()
    introduction.refresh_from_db()
    assert introduction.state == State.OFFERED
    frozen("2026-04-11T10:00")
    drain()
    introduction.refresh_from_db()
    assert introduction.state == State.EXPIRED
    with refused("deals.introduction_expired"):
        acknowledge(introduction_id=introduction.pk, side="buyer", agreed=True, post="部长", actor=people.heng)


def test_a_second_manager_learns_the_date_of_the_earlier_record_and_nothing_more(
    people: People, frozen: Callable[[str], None]
) -> None:
    frozen("2026-03-11T10:00")
    first = acknowledged(people, shares=[Part(10_000, user_id=people.ruoxi.pk)])
    frozen("2026-05-01T10:00")
    alone = {"actor": people.mingyuan, "agency_id": None, "shares": [Part(10_000, user_id=people.mingyuan.pk)]}
    same_need = drafted(people, need=first.need, result=make_result(people, title="另一成果"), subject="无关", **alone)
    alike_only = drafted(
        people,
        need=make_need(people, title="别的需求"),
        result=make_result(people),
        subject="一氧化碳低温催化消除",
        **alone,
    )
    other = drafted(people, need=make_need(people), result=make_result(people), subject="锂电池隔膜涂覆", **alone)
    assert same_need.earlier_on == alike_only.earlier_on == dt.date(2026, 3, 11)
    assert other.earlier_on is None
    assert introduction_for(people.mingyuan, first.slug) is None
    entry = Entry.objects.filter(name="deals.introduction.drafted", subject_id=same_need.pk).get()
    assert entry.data["earlier"] is True
    assert first.slug not in str(entry.data)
    frozen("2028-03-12T10:00")
    late = make_need(people, fresh_until=None)
    assert drafted(people, need=late, result=make_result(people), **alone).earlier_on is None


def test_who_sees_an_introduction_and_from_when(people: People) -> None:
    introduction = drafted(people)
    everyone = (people.ruoxi, people.mingyuan, people.yuan, people.heng, people.lan, people.qiao, people.stray)

    def seen() -> list[str]:
        return [user.name for user in everyone if visible_to(user).filter(pk=introduction.pk).exists()]

    assert seen() == ["沈若溪", "顾明远", "袁账"]
    propose_shares(introduction_id=introduction.pk, actor=people.ruoxi)
    share = introduction.shares.get(user=people.mingyuan)
    answer_share(share_id=share.pk, actor=people.mingyuan, accept=True, version=1)
    offer_introduction(introduction_id=introduction.pk, actor=people.ruoxi)
    assert seen() == ["沈若溪", "顾明远", "袁账", "周衡", "林岚"]


def test_the_example_is_worked_out_to_the_fen(people: People) -> None:
    worked = example(TERMS, [("甲", 6000), ("乙", 4000)], 19_200_000)
    assert (worked.fee_fen, worked.supplier_fen) == (2_227_200, 2_227_200)
    assert [part for _, _, part in worked.parts] == [1_336_320, 890_880]
    ladder = Terms(fee_kind="ladder", fee_ladder=[{"up_to_fen": 100, "bp": 2000}, {"up_to_fen": None, "bp": 1000}])
    assert example(ladder, [], 300).fee_fen == 40
    half = example(Terms(fee_kind="fixed", fee_fixed_fen=101, payer="both"), [], 1000)
    assert half.buyer_fen + half.supplier_fen == 101
