"""Open, move, register, complete: who may, in which order, and what a refusal leaves as it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tests.deals.deal_world import make_contract, make_deal, make_introduction, make_signed
from tests.world import People
from yinxian.contracts.operations import approve_contract
from yinxian.deals.models import Deal, Milestone
from yinxian.deals.operations.contracts import draft_deal_contract, sign_from_contract
from yinxian.deals.operations.deals import move_deal, open_deal, open_lead, register_deal, set_next
from yinxian.deals.queries.deals import band, board, find, outlines, visible_to
from yinxian.journal.models import Entry
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid


def test_only_the_manager_opens_a_deal_and_only_once_both_sides_said_yes(people: People) -> None:
    waiting = make_introduction(people, state="offered")
    with pytest.raises(Conflict):
        open_deal(waiting.pk, people.ruoxi)
    ready = make_introduction(people, tag="二")
    for other in (people.mingyuan, people.heng, people.lan, people.stray):
        with pytest.raises(Forbidden):
            open_deal(ready.pk, other)
    assert not Deal.objects.exists()
    deal = open_deal(ready.pk, people.ruoxi)
    assert (deal.state, deal.buyer, deal.supplier, deal.agency) == (
        "introduced",
        people.buyer,
        people.supplier,
        people.agency,
    )
    assert [member.user for member in deal.team.all()] == [people.mingyuan]


def test_opening_twice_gives_the_same_deal(people: People) -> None:
    introduction = make_introduction(people)
    assert open_deal(introduction.pk, people.ruoxi) == open_deal(introduction.pk, people.ruoxi)
    assert Entry.objects.filter(name="deals.deal.opened").count() == 1


def test_a_lead_is_known_to_its_manager_alone_and_becomes_the_deal(people: People) -> None:
    introduction = make_introduction(people)
    lead = open_lead(need_id=introduction.need_id, result_id=introduction.result_id, actor=people.ruoxi)
    assert visible_to(people.ruoxi).get() == lead
    for other in (people.heng, people.lan, people.qiao, people.stray, people.mingyuan):
        assert not visible_to(other).exists()
    assert Entry.objects.get(name="deals.deal.opened").organisations == []
    assert outlines(people.qiao) == []
    deal = open_deal(introduction.pk, people.ruoxi)
    assert (deal.pk, deal.number, deal.state) == (lead.pk, lead.number, "introduced")
    assert visible_to(people.heng).get() == deal


def test_a_lead_does_not_move_by_hand_to_introduced(people: People) -> None:
    introduction = make_introduction(people, state="offered")
    lead = open_lead(need_id=introduction.need_id, result_id=introduction.result_id, actor=people.ruoxi)
    with pytest.raises(Conflict) as refusal:
        move_deal(deal_id=lead.pk, to="introduced", actor=people.ruoxi)
    assert refusal.value.code == "deals.needs_introduction"


def test_who_sees_a_deal(people: People) -> None:
    deal = make_deal(people)
    for inside in (people.ruoxi, people.mingyuan, people.heng, people.lan, people.yuan):
        assert visible_to(inside).get() == deal
    for outside in (people.cang, people.qiao, people.outsider, people.stray):
        assert not visible_to(outside).exists()
        assert find(outside, deal.slug) is None


def test_an_association_sees_an_outline_and_nothing_that_names_anyone(people: People) -> None:
    deal = make_signed(people)
    (outline,) = outlines(people.qiao)
    assert (str(outline.state), str(outline.kind), str(outline.field), outline.band) == (
        "签约",
        "技术开发合同",
        "环境保护与资源综合利用",
        "10–50",
    )
    assert deal.title not in str(outline) and people.buyer.name not in str(outline)
    assert outlines(people.heng) == [] and outlines(people.stray) == []


@pytest.mark.parametrize(("fen", "shown"), [(None, ""), (0, "< 10"), (10_000_000, "10–50"), (10**12, "≥ 1000")])
def test_bands_of_amounts(fen: int | None, shown: str) -> None:
    assert band(fen) == shown


def test_stranger_is_refused_and_nothing_changes(people: People) -> None:
    deal = make_deal(people)
    before = Entry.objects.count()
    for stranger in (people.cang, people.qiao, people.stray):
        with pytest.raises(Forbidden):
            move_deal(deal_id=deal.pk, to="nda", actor=stranger)
        with pytest.raises(Forbidden):
            move_deal(deal_id=deal.pk, to="disputed", actor=stranger, reason="无")
        with pytest.raises(Forbidden):
            set_next(deal_id=deal.pk, action="看现场", on=clock.today(), actor=stranger)
        with pytest.raises(Forbidden):
            register_deal(deal_id=deal.pk, number="1", registered_on=clock.today(), actor=stranger)
        with pytest.raises(Forbidden):
            draft_deal_contract(deal_id=deal.pk, kind="development", actor=stranger)
    deal.refresh_from_db()
    assert (deal.state, deal.next_action, deal.contract) == ("introduced", "", None)
    assert Entry.objects.count() == before


def test_the_parties_do_not_move_the_deal(people: People) -> None:
    deal = make_deal(people)
    for party in (people.heng, people.lan, people.mingyuan, people.yuan):
        with pytest.raises(Forbidden):
            move_deal(deal_id=deal.pk, to="nda", actor=party)


@pytest.mark.parametrize("state", [state.value for state in Deal.State])
def test_only_the_table_of_transitions_holds(people: People, state: str) -> None:
    deal = make_deal(people)
    allowed = Deal.NEXT[Deal.State.INTRODUCED]
    if state in allowed:
        assert move_deal(deal_id=deal.pk, to=state, actor=people.ruoxi, reason="谈不拢").state == state
    else:
        with pytest.raises((Conflict, Invalid)):
            move_deal(deal_id=deal.pk, to=state, actor=people.ruoxi)
        deal.refresh_from_db()
        assert deal.state == "introduced"


def test_two_people_move_at_once_and_the_second_is_told(people: People) -> None:
    deal = make_deal(people)
    move_deal(deal_id=deal.pk, to="negotiating", actor=people.ruoxi, was="introduced")
    with pytest.raises(Conflict) as refusal:
        move_deal(deal_id=deal.pk, to="nda", actor=people.ruoxi, was="introduced")
    assert refusal.value.code == "deals.deal_changed"
    deal.refresh_from_db()
    assert deal.state == "negotiating"


def test_signing_needs_a_contract_that_both_sides_agreed_to(people: People) -> None:
    deal = make_deal(people, state="intent")
    for step in (lambda: None, lambda: make_contract(people, deal)):
        step()
        with pytest.raises(Conflict) as refusal:
            move_deal(deal_id=deal.pk, to="signed", actor=people.ruoxi)
        assert refusal.value.code == "deals.needs_contract"
    deal.refresh_from_db()
    assert deal.state == "intent"


def test_the_agreed_contract_signs_the_deal(people: People, drain: Callable[[], None]) -> None:
    deal = make_deal(people, state="negotiating")
    contract = make_contract(people, deal)
    approve_contract(contract_id=contract.pk, actor=people.heng, revision=2)
    drain()
    deal.refresh_from_db()
    assert deal.state == "negotiating"
    approve_contract(contract_id=contract.pk, actor=people.lan, revision=2)
    drain()
    deal.refresh_from_db()
    assert (deal.state, deal.amount_fen, deal.signed_on) == ("signed", 48_000_000, clock.today())
    assert sign_from_contract(contract_id=contract.pk, actor=None) is None, "once"


def test_a_contract_agreed_early_takes_the_deal_along(people: People, drain: Callable[[], None]) -> None:
    deal = make_deal(people, state="introduced")
    contract = make_contract(people, deal)
    for actor in (people.heng, people.lan):
        approve_contract(contract_id=contract.pk, actor=actor, revision=2)
    drain()
    deal.refresh_from_db()
    assert deal.state == "signed"


def test_the_contract_is_filled_from_the_brief(people: People) -> None:
    contract = draft_deal_contract(deal_id=make_deal(people).pk, kind="development", actor=people.ruoxi)
    assert contract.data["indicators"] == [{"name": "一氧化碳浓度", "requirement": "≤ 50 ppm", "method": ""}]
    assert "冷启动" in contract.data["values"]["scope"]
    assert contract.data["values"]["contact_buyer"] == "周衡 13800000003"


def test_a_second_contract_waits_until_the_first_is_cancelled(people: People) -> None:
    from yinxian.contracts.operations import cancel_contract

    deal = make_deal(people)
    first = draft_deal_contract(deal_id=deal.pk, kind="development", actor=people.ruoxi)
    with pytest.raises(Conflict):
        draft_deal_contract(deal_id=deal.pk, kind="licence", actor=people.ruoxi)
    cancel_contract(contract_id=first.pk, actor=people.ruoxi)
    second = draft_deal_contract(deal_id=deal.pk, kind="licence", actor=people.ruoxi)
    deal.refresh_from_db()
    assert deal.contract == second


def test_a_brokerage_contract_carries_the_terms_of_the_introduction(people: People) -> None:
    deal = make_deal(people)
    contract = draft_deal_contract(deal_id=deal.pk, kind="brokerage", actor=people.ruoxi)
    deal.refresh_from_db()
    assert deal.contract is None
    assert (contract.broker, contract.client) == (people.agency, "supplier")
    assert "11.60%" in contract.data["values"]["fee"]
    assert contract.data["values"]["tail_months"] == "24"


def test_registration_wants_a_number_and_comes_once(people: People) -> None:
    deal = make_signed(people)
    with pytest.raises(Conflict):
        move_deal(deal_id=deal.pk, to="registered", actor=people.ruoxi)
    with pytest.raises(Invalid):
        register_deal(deal_id=deal.pk, number=" ", registered_on=clock.today(), actor=people.lan)
    with pytest.raises(Invalid):
        register_deal(deal_id=deal.pk, number="1", registered_on=clock.today() + dt.timedelta(days=1), actor=people.lan)
    with pytest.raises(Forbidden):
        register_deal(deal_id=deal.pk, number="1", registered_on=clock.today(), actor=people.heng)
    done = register_deal(deal_id=deal.pk, number="2026-LJ-0412", registered_on=clock.today(), actor=people.lan)
    assert (done.state, done.registration_no) == ("registered", "2026-LJ-0412")
    with pytest.raises(Conflict):
        register_deal(deal_id=deal.pk, number="2", registered_on=clock.today(), actor=people.lan)
    assert Entry.objects.filter(name="deals.deal.registered").count() == 1


def test_a_deal_before_signing_is_not_registered(people: People) -> None:
    with pytest.raises(Conflict):
        register_deal(deal_id=make_deal(people).pk, number="1", registered_on=clock.today(), actor=people.ruoxi)


def test_completion_needs_every_milestone_settled(people: People) -> None:
    deal = make_signed(people)
    move_deal(deal_id=deal.pk, to="performing", actor=people.ruoxi)
    milestone = Milestone.objects.create(deal=deal, position=1, title="验收", amount_fen=48_000_000)
    for state in ("unfunded", "funded", "submitted", "disputed"):
        milestone.state = state
        milestone.save()
        with pytest.raises(Conflict):
            move_deal(deal_id=deal.pk, to="completed", actor=people.ruoxi)
    milestone.state = "released"
    milestone.save()
    assert move_deal(deal_id=deal.pk, to="completed", actor=people.ruoxi).ended_on == clock.today()


def test_a_deal_without_a_plan_is_not_completed(people: People) -> None:
    deal = make_signed(people)
    move_deal(deal_id=deal.pk, to="performing", actor=people.ruoxi)
    with pytest.raises(Conflict):
        move_deal(deal_id=deal.pk, to="completed", actor=people.ruoxi)


def test_money_in_escrow_keeps_a_deal_from_ending(people: People) -> None:
    deal = make_signed(people)
    Milestone.objects.create(deal=deal, position=1, title="定金", amount_fen=1, state="funded")
    with pytest.raises(Conflict) as refusal:
        move_deal(deal_id=deal.pk, to="terminated", actor=people.ruoxi, reason="不做了")
    assert refusal.value.code == "deals.money_held"


def test_ending_needs_a_reason(people: People) -> None:
    deal = make_deal(people)
    with pytest.raises(Invalid):
        move_deal(deal_id=deal.pk, to="terminated", actor=people.ruoxi, reason="  ")
    ended = move_deal(deal_id=deal.pk, to="terminated", actor=people.ruoxi, reason="需方暂停投入")
    assert ended.ended_why == "需方暂停投入"
    again = open_deal(ended.introduction_id or 0, people.ruoxi)
    assert again.pk != ended.pk, "after an end the same introduction may begin anew"


def test_a_side_opens_a_dispute_and_the_deal_goes_back_where_it_was(people: People) -> None:
    deal = make_signed(people)
    disputed = move_deal(deal_id=deal.pk, to="disputed", actor=people.heng, reason="样机没到")
    assert disputed.frozen and disputed.state_before == "signed"
    with pytest.raises(Forbidden):
        move_deal(deal_id=deal.pk, to="signed", actor=people.heng)
    with pytest.raises(Conflict):
        move_deal(deal_id=deal.pk, to="performing", actor=people.ruoxi)
    assert move_deal(deal_id=deal.pk, to="signed", actor=people.ruoxi).state == "signed"


def test_the_next_action_has_a_date_not_in_the_past(people: People, frozen: Callable[[str], None]) -> None:
    frozen("2026-03-04T09:00")
    deal = make_deal(people)
    for on in (None, dt.date(2026, 3, 3)):
        with pytest.raises(Invalid):
            set_next(deal_id=deal.pk, action="看样机", on=on, actor=people.ruoxi)
    done = set_next(deal_id=deal.pk, action="看样机", on=dt.date(2026, 3, 4), actor=people.mingyuan)
    assert (done.next_action, done.next_on) == ("看样机", dt.date(2026, 3, 4))
    with pytest.raises(Forbidden):
        set_next(deal_id=deal.pk, action="别的", on=dt.date(2026, 3, 5), actor=people.heng)
    assert set_next(deal_id=deal.pk, action="", on=None, actor=people.ruoxi).next_on is None


def test_the_board_has_every_running_deal_in_its_column(people: People) -> None:
    first, second = make_deal(people), make_deal(people, state="nda", tag="二")
    columns = {column.state: column.deals for column in board(people.ruoxi)}
    assert columns["introduced"] == [first] and columns["nda"] == [second]
    assert "terminated" not in columns
    assert all(not column.deals for column in board(people.stray))
