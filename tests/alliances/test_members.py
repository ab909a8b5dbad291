"""Associations and their members: applications, days, fees, lapse, leaving."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tests.world import People
from yinxian.alliances.days import months_on
from yinxian.alliances.models import Branch, Fee, Member, MemberRules
from yinxian.alliances.operations.associations import close_branch, save_branch, set_rules
from yinxian.alliances.operations.fees import record_fee, remind_and_lapse
from yinxian.alliances.operations.members import (
    apply_for_membership,
    claim_membership,
    decide_application,
    edit_member,
    leave,
    withdraw_application,
)
from yinxian.alliances.queries.members import branches_of, members_of_association
from yinxian.deals.models import Deal
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.members import is_in_network
from yinxian.network.models import ManagerProfile

QUESTIONS = [{"label": "为什么想加入", "required": True}, {"label": "熟悉的行业"}]


def asked(people: People, **values: Any) -> MemberRules:
    given = {"questions": QUESTIONS, "fee_person_fen": 300_00, "fee_organisation_fen": 5_000_00} | values
    return set_rules(association_id=people.association.pk, actor=people.qiao, values=given, based_on=0)


def applied(people: People, **change: Any) -> Member:
    given = {"association_id": people.association.pk, "actor": people.stray, "answers": {"q1": "想认识同行"}} | change
    return apply_for_membership(**given)


def member(people: People) -> Member:
    asked(people)
    return decide_application(member_id=applied(people).pk, actor=people.qiao, accept=True)


def fee(people: People, one: Member, **change: Any) -> Fee:
    given: dict[str, Any] = {
        "amount_fen": 300_00,
        "receipt": "2026-017",
        "paid_on": dt.date(2026, 3, 1),
        "period_from": dt.date(2026, 3, 1),
        "period_until": dt.date(2027, 2, 28),
    }
    return record_fee(member_id=one.pk, actor=people.qiao, **(given | change))


def names() -> list[str]:
    return list(Entry.objects.filter(name__startswith="alliances.").order_by("pk").values_list("name", flat=True))


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        ("2026-01-31", 1, "2026-02-27"),
        ("2026-03-01", 12, "2027-02-28"),
        ("2024-02-29", 12, "2025-02-27"),
        ("2026-12-01", 1, "2026-12-31"),
    ],
)
def test_a_period_ends_on_the_day_before(day: str, months: int, last: str) -> None:
    assert months_on(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(last)


def test_a_person_applies_is_accepted_and_belongs(people: People, frozen: Callable[[str], None]) -> None:
    frozen("2026-03-01T09:00")
    ManagerProfile.objects.create(user=people.stray, kind="market")
    assert not is_in_network(people.stray)
    made = member(people)
    assert (made.number, made.valid_from, made.valid_until) == (
        "2026-0001",
        dt.date(2026, 3, 1),
        dt.date(2027, 2, 28),
    )
    del people.stray._in_network  # what the person object remembered
    assert is_in_network(people.stray)
    assert names() == ["alliances.rules.changed", "alliances.member.applied", "alliances.member.accepted"]


def test_an_organisation_is_admitted_with_its_membership(people: People) -> None:
    asked(people)
    admin = people.outsider
    admin.memberships.update(role="admin")
    made = applied(people, actor=admin, organisation_id=people.outside.pk)
    assert not people.outside.in_network
    decide_application(member_id=made.pk, actor=people.qiao, accept=True)
    people.outside.refresh_from_db()
    assert people.outside.admitted_by == people.association
    with pytest.raises(Forbidden):
        applied(people, actor=people.stray, organisation_id=people.buyer.pk)


def test_twice_applied_is_one_application(people: People) -> None:
    asked(people)
    applied(people)
    with pytest.raises(Conflict) as refused:
        applied(people)
    assert refused.value.code == "alliances.applied_before"
    assert Member.objects.count() == 1


def test_withdrawn_and_refused_may_apply_again(people: People) -> None:
    asked(people)
    withdraw_application(member_id=applied(people).pk, actor=people.stray)
    second = applied(people)
    with pytest.raises(Invalid):
        decide_application(member_id=second.pk, actor=people.qiao, accept=False)
    decide_application(member_id=second.pk, actor=people.qiao, accept=False, reason="请先参加一次活动")
    assert applied(people).state == Member.State.APPLIED
    with pytest.raises(Conflict):
        decide_application(member_id=second.pk, actor=people.qiao, accept=True)


def test_a_question_that_must_be_answered_is(people: People) -> None:
    asked(people)
    with pytest.raises(Invalid) as refused:
        applied(people, answers={"q2": "医疗器械"})
    assert "为什么想加入" in refused.value.sentence
    assert not Member.objects.exists()


def test_strangers_and_oneself_decide_nothing(people: People) -> None:
    asked(people)
    one = applied(people, actor=people.qiao)
    for actor in (people.qiao, people.heng, people.stray):
        with pytest.raises(Forbidden):
            decide_application(member_id=one.pk, actor=actor, accept=True)
    one.refresh_from_db()
    assert one.state == Member.State.APPLIED
    with pytest.raises(Forbidden):
        set_rules(association_id=people.association.pk, actor=people.ruoxi, values={}, based_on=1)


def test_two_who_change_the_rules_at_once_are_told(people: People) -> None:
    asked(people)
    with pytest.raises(Conflict):
        asked(people)
    assert MemberRules.objects.count() == 1


def test_nothing_is_open_before_the_association_says_what_it_asks(people: People) -> None:
    with pytest.raises(Conflict):
        applied(people)


@pytest.mark.parametrize(
    "values",
    [
        {"fee_person_fen": -1},
        {"fee_person_fen": 10**18},
        {"months": 0},
        {"remind_days": [400]},
        {"questions": [{"label": ""}]},
        {"questions": [{"label": "甲"}, {"label": "甲"}]},
        {"questions": [{"label": "x" * 121}]},
        {"questions": ["不是对象"]},
        {"questions": [{"label": str(n)} for n in range(21)]},
    ],
)
def test_rules_that_cannot_be_are_refused(people: People, values: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        asked(people, **values)
    assert not MemberRules.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"amount_fen": -1},
        {"amount_fen": 10**18},
        {"receipt": " "},
        {"receipt": "9" * 41},
        {"period_until": dt.date(2026, 2, 28)},
        {"paid_on": dt.date(2026, 3, 2)},
        {"period_until": dt.date(9999, 1, 1)},
    ],
)
def test_a_fee_that_cannot_be_is_refused(people: People, frozen: Callable[[str], None], change: dict[str, Any]) -> None:
    frozen("2026-03-01T09:00")
    one = member(people)
    with pytest.raises(Invalid):
        fee(people, one, **change)
    assert not Fee.objects.exists()


def test_a_receipt_counts_once(people: People, frozen: Callable[[str], None]) -> None:
    frozen("2026-03-01T09:00")
    one = member(people)
    assert fee(people, one) == fee(people, one)
    with pytest.raises(Conflict):
        fee(people, one, amount_fen=400_00)
    assert Fee.objects.count() == 1
    with pytest.raises(Forbidden):
        record_fee(
            member_id=one.pk,
            actor=people.heng,
            amount_fen=1,
            receipt="b",
            paid_on=dt.date(2026, 3, 1),
            period_from=dt.date(2026, 3, 1),
            period_until=dt.date(2026, 3, 1),
        )


def test_reminded_once_a_step_then_lapsed_then_renewed(people: People, frozen: Callable[[str], None]) -> None:
    frozen("2026-03-01T09:00")
    one = member(people)
    for day in ("2026-12-01", "2026-12-30", "2026-12-31", "2027-01-29", "2027-02-25", "2027-02-28"):
        remind_and_lapse(dt.date.fromisoformat(day))
    assert names().count("alliances.fee.due") == 3
    one.refresh_from_db()
    assert one.state == Member.State.ACTIVE
    frozen("2027-03-02T09:00")
    remind_and_lapse(dt.date(2027, 3, 2))
    remind_and_lapse(dt.date(2027, 3, 2))
    one.refresh_from_db()
    assert one.state == Member.State.LAPSED and names().count("alliances.member.lapsed") == 1
    fee(people, one, period_from=dt.date(2027, 3, 2), period_until=dt.date(2028, 3, 1))
    one.refresh_from_db()
    assert (one.state, one.valid_until) == (Member.State.ACTIVE, dt.date(2028, 3, 1))


def test_nobody_leaves_a_deal_behind(people: People) -> None:
    from tests.deals.deal_world import make_deal

    deal = make_deal(people)
    asked(people)
    one = decide_application(member_id=applied(people, actor=people.ruoxi).pk, actor=people.qiao, accept=True)
    Deal.objects.filter(pk=deal.pk).update(state=Deal.State.PERFORMING)
    with pytest.raises(Conflict) as refused:
        leave(member_id=one.pk, actor=people.ruoxi)
    assert refused.value.code == "alliances.open_obligations"
    Deal.objects.filter(pk=deal.pk).update(state=Deal.State.COMPLETED)
    leave(member_id=one.pk, actor=people.ruoxi)
    assert ManagerProfile.objects.get(user=people.ruoxi).association is None
    with pytest.raises(Conflict):
        leave(member_id=one.pk, actor=people.ruoxi)


def test_the_association_ends_a_membership_with_a_reason_only(people: People) -> None:
    one = member(people)
    with pytest.raises(Invalid):
        leave(member_id=one.pk, actor=people.qiao)
    with pytest.raises(Forbidden):
        leave(member_id=one.pk, actor=people.heng, reason="不关我事")
    assert leave(member_id=one.pk, actor=people.qiao, reason="两年未缴会费").state == Member.State.LEFT


def branch(people: People, name: str, **values: Any) -> Branch:
    return save_branch(association_id=people.association.pk, actor=people.qiao, values={"name": name} | values)


def test_branches_never_stand_below_themselves(people: People) -> None:
    top = branch(people, "江北分会", region="320000")
    middle = branch(people, "江北医疗器械分会", kind="trade", field="04", parent_id=top.pk)
    lowest = branch(people, "骨科组", kind="trade", field="04", parent_id=middle.pk)
    for parent in (top, middle, lowest):
        with pytest.raises(Invalid) as refused:
            save_branch(
                association_id=people.association.pk,
                actor=people.qiao,
                values={"name": "江北分会", "parent_id": parent.pk},
                branch_id=top.pk,
            )
        assert refused.value.code == "alliances.branch_cycle"
    top.refresh_from_db()
    assert top.parent is None
    assert [(one.name, one.depth) for one in branches_of(people.association)] == [  # type: ignore[attr-defined]
        ("江北分会", 0),
        ("江北医疗器械分会", 1),
        ("骨科组", 2),
    ]


def test_names_of_branches(people: People) -> None:
    assert branch(people, "甲").name == "甲"
    assert len(branch(people, "名" * 60).name) == 60
    for name in ("", " ", "名" * 61):
        with pytest.raises(Invalid):
            branch(people, name)
    with pytest.raises(Conflict):
        branch(people, "甲")
    with pytest.raises(Forbidden):
        save_branch(association_id=people.association.pk, actor=people.heng, values={"name": "乙"})


def test_a_branch_with_members_stays_open_and_is_found_with_those_below(people: People) -> None:
    asked(people)
    top = branch(people, "江北分会")
    below = branch(people, "江北二组", parent_id=top.pk)
    decide_application(member_id=applied(people, branch_id=below.pk).pk, actor=people.qiao, accept=True)
    assert members_of_association(people.association, branch=top.slug).count() == 1
    for one in (top, below):
        with pytest.raises(Conflict):
            close_branch(branch_id=one.pk, actor=people.qiao)
    with pytest.raises(Invalid):
        applied(people, actor=people.heng, branch_id=10**6)


def test_the_number_is_one_members_only(people: People) -> None:
    one = member(people)
    second = decide_application(member_id=applied(people, actor=people.heng).pk, actor=people.qiao, accept=True)
    assert (one.number[-4:], second.number[-4:]) == ("0001", "0002")
    with pytest.raises(Conflict):
        edit_member(member_id=second.pk, actor=people.qiao, values={"number": one.number})
    assert one.valid_from is not None
    with pytest.raises(Invalid):
        edit_member(
            member_id=second.pk,
            actor=people.qiao,
            values={"valid_from": one.valid_from, "valid_until": one.valid_from - dt.timedelta(days=1)},
        )
    second.refresh_from_db()
    assert second.number.endswith("0002") and second.valid_from == one.valid_from


def test_who_was_on_the_old_list_claims_by_the_verified_number_only(people: People) -> None:
    listed = Member.objects.create(
        association=people.association,
        kind="person",
        name="路人",
        phone="13800000009",
        state="active",
        number="L-1",
        applied_by=people.qiao,
    )
    with pytest.raises(Forbidden):
        claim_membership(member_id=listed.pk, actor=people.heng)
    people.stray.phone_verified = False
    with pytest.raises(Forbidden):
        claim_membership(member_id=listed.pk, actor=people.stray)
    people.stray.phone_verified = True
    assert claim_membership(member_id=listed.pk, actor=people.stray).user == people.stray
