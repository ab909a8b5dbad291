"""Draft, fill, offer, approve: who may, in which order, and what a change undoes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.world import People
from yinxian.contracts.models import Approval, Contract
from yinxian.contracts.operations import (
    approve_contract,
    cancel_contract,
    draft_contract,
    fill_contract,
    offer_contract,
    withdraw_contract,
)
from yinxian.contracts.queries.contracts import missing, visible_to
from yinxian.contracts.queries.documents import digest
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden, Invalid

Make = Callable[..., Contract]


def names(contract: Contract) -> list[str]:
    about = Entry.objects.filter(subject_type="contracts.contract", subject_id=contract.pk).order_by("pk")
    return list(about.values_list("name", flat=True))


def test_a_draft_is_seen_by_nobody_but_those_who_prepare_it(people: People, draft: Make) -> None:
    contract = draft()
    assert visible_to(people.ruoxi).get() == contract
    for other in (people.heng, people.lan, people.yuan, people.qiao, people.outsider, people.stray):
        assert not visible_to(other).exists()


def test_an_offer_is_seen_by_both_sides_and_by_no_third(people: People, offered: Contract) -> None:
    for party in (people.ruoxi, people.heng, people.lan):
        assert visible_to(party).get() == offered
    for other in (people.mingyuan, people.cang, people.qiao, people.outsider, people.stray):
        assert not visible_to(other).exists()


def test_stranger_is_refused_and_nothing_changes(people: People, offered: Contract, fill: Make) -> None:
    for stranger in (people.cang, people.outsider, people.stray):
        with pytest.raises(Forbidden):
            approve_contract(contract_id=offered.pk, actor=stranger, revision=1)
        with pytest.raises(Forbidden):
            cancel_contract(contract_id=offered.pk, actor=stranger)
        with pytest.raises(Forbidden):
            withdraw_contract(contract_id=offered.pk, actor=stranger)
        with pytest.raises(Forbidden):
            fill(offered, stranger, place="别处")
    offered.refresh_from_db()
    assert (offered.state, offered.revision, offered.data["values"]["place"]) == ("offered", 1, "杭州")
    assert not Approval.objects.exists()
    assert names(offered) == ["contracts.contract.drafted", "contracts.contract.offered"]


def test_a_stranger_may_not_draft_between_others(people: People, draft: Make) -> None:
    with pytest.raises(Forbidden):
        draft(actor=people.cang)
    assert not Contract.objects.exists()


def test_the_yes_of_both_sides_makes_it_agreed(
    people: People, offered: Contract, frozen: Callable[[str], None]
) -> None:
    frozen("2026-03-28T10:00")
    assert approve_contract(contract_id=offered.pk, actor=people.heng, revision=1).state == "offered"
    done = approve_contract(contract_id=offered.pk, actor=people.lan, revision=1)
    assert (done.state, done.agreed_on.isoformat() if done.agreed_on else None) == ("agreed", "2026-03-28")
    entry = Entry.objects.get(name="contracts.contract.agreed")
    assert entry.data["reference"] == "2026-0001"
    assert sorted(entry.organisations) == sorted([people.buyer.pk, people.supplier.pk])


def test_the_same_yes_twice_is_one(people: People, offered: Contract) -> None:
    approve_contract(contract_id=offered.pk, actor=people.heng, revision=1)
    with pytest.raises(Conflict) as refusal:
        approve_contract(contract_id=offered.pk, actor=people.heng, revision=1)
    assert refusal.value.code == "contracts.already_approved"
    assert Approval.objects.count() == 1


def test_only_an_administrator_says_yes_for_a_side(people: People, offered: Contract) -> None:
    from tests.world import person

    clerk = person("小职员", "13800000077", (people.buyer, "member"))
    assert visible_to(clerk).exists()
    for actor in (clerk, people.ruoxi):
        with pytest.raises(Forbidden):
            approve_contract(contract_id=offered.pk, actor=actor, revision=1)
    assert not Approval.objects.exists()


def test_a_change_after_a_yes_cancels_it(people: People, offered: Contract, fill: Make) -> None:
    approve_contract(contract_id=offered.pk, actor=people.heng, revision=1)
    fill(offered, people.lan, place="江北")
    with pytest.raises(Conflict) as refusal:
        approve_contract(contract_id=offered.pk, actor=people.lan, revision=1)
    assert refusal.value.code == "contracts.changed_meanwhile"
    approve_contract(contract_id=offered.pk, actor=people.lan, revision=2)
    offered.refresh_from_db()
    assert offered.state == "offered", "the buyer's yes was to the earlier text"
    assert approve_contract(contract_id=offered.pk, actor=people.heng, revision=2).state == "agreed"


def test_saving_the_same_again_changes_nothing(people: People, offered: Contract, fill: Make) -> None:
    approve_contract(contract_id=offered.pk, actor=people.heng, revision=1)
    assert fill(offered, people.ruoxi).revision == 1
    assert Approval.objects.filter(cancelled_at=None).count() == 1


def test_two_people_edit_at_once_and_the_second_is_told(people: People, draft: Make) -> None:
    contract = draft()
    given = {"title": "甲", "sub_kind": "commissioned", "data": contract.data, "amount_fen": 48_000_000}
    fill_contract(contract_id=contract.pk, actor=people.ruoxi, revision=1, **given)
    with pytest.raises(Conflict):
        fill_contract(contract_id=contract.pk, actor=people.ruoxi, revision=1, **{**given, "title": "乙"})
    contract.refresh_from_db()
    assert contract.title == "甲"


def test_what_is_missing_is_named_and_the_draft_stays(people: People, draft: Make) -> None:
    contract = draft(data={"values": {}}, amount_fen=None)
    lacking = {found.field for found in missing(contract)}
    assert {"scope", "amount", "payments", "indicators", "start_on"} <= lacking
    with pytest.raises(Invalid) as refusal:
        offer_contract(contract_id=contract.pk, actor=people.ruoxi)
    assert "合同金额" in str(refusal.value)
    contract.refresh_from_db()
    assert contract.state == "draft"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"risk_buyer_bp": "5000", "risk_supplier_bp": "4999"}, "risk_supplier_bp"),
        ({"dispute": "arbitration"}, "arbitrator"),
        ({"start_on": "2026-05-01", "end_on": "2026-05-01"}, "end_on"),
    ],
)
def test_particulars_that_contradict_each_other_are_found(
    people: People, draft: Make, fill: Make, values: dict[str, str], field: str
) -> None:
    contract = fill(draft(), people.ruoxi, **values)
    assert [found.field for found in missing(contract)] == [field]


def test_payments_must_add_up_to_the_amount(draft: Make) -> None:
    assert [found.field for found in missing(draft(amount_fen=48_000_001))] == ["payments"]


@pytest.mark.parametrize(
    "data",
    [
        {"values": {"place": 7}},
        {"values": {"place": "长" * 5001}},
        {"values": {"start_on": "2026-02-30"}},
        {"values": {"dispute": "duel"}},
        {"values": {"secret_years": "-1"}},
        {"values": {"risk_buyer_bp": "10001"}},
        {"payments": [{"amount_fen": 0}]},
        {"payments": [{"amount_fen": -5}]},
        {"payments": [{"amount_fen": 10**16}]},
        {"payments": [{"amount_fen": 1.5}]},
        {"payments": "all of it"},
        {"indicators": [7]},
        {"indicators": [{}] * 51},
    ],
)
def test_what_cannot_be_right_is_refused(draft: Make, data: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        draft(data=data)
    assert not Contract.objects.exists()


@pytest.mark.parametrize("amount", [-1, 10**16])
def test_amounts_out_of_bounds_are_refused(draft: Make, amount: int) -> None:
    with pytest.raises(Invalid):
        draft(amount_fen=amount)


def test_an_agreed_contract_stands(people: People, offered: Contract, fill: Make) -> None:
    for actor in (people.heng, people.lan):
        approve_contract(contract_id=offered.pk, actor=actor, revision=1)
    before = digest(Contract.objects.get(pk=offered.pk))
    with pytest.raises(Forbidden):
        fill(offered, people.ruoxi, place="别处")
    for act in (cancel_contract, withdraw_contract):
        with pytest.raises(Conflict):
            act(contract_id=offered.pk, actor=people.ruoxi)
    assert digest(Contract.objects.get(pk=offered.pk)) == before


def test_a_change_of_name_in_the_records_does_not_touch_what_was_offered(people: People, offered: Contract) -> None:
    from yinxian.contracts.queries.documents import document_of

    people.buyer.name = "改名电器"
    people.buyer.save()
    assert document_of(Contract.objects.get(pk=offered.pk))["parties"][0]["name"] == "澜江暖能电器"


def test_numbers_count_within_a_year(draft: Make, frozen: Callable[[str], None]) -> None:
    frozen("2026-12-31T23:00")
    assert [draft().number, draft().number] == ["HT2026-0001", "HT2026-0002"]
    frozen("2027-01-01T00:30")
    assert draft().number == "HT2027-0001"


def test_a_brokerage_contract_is_between_the_client_and_the_manager(people: People) -> None:
    values = {"technology": "低温催化", "services": "撮合", "fee": "每笔到账价款的 11.60%"}
    contract = draft_contract(
        kind="brokerage",
        buyer_id=people.buyer.pk,
        supplier_id=people.supplier.pk,
        data={"values": values},
        amount_fen=None,
        actor=people.mingyuan,
        handler_id=people.mingyuan.pk,
        broker_user_id=people.mingyuan.pk,
        client="supplier",
        title="中介服务",
    )
    offer_contract(contract_id=contract.pk, actor=people.mingyuan)
    assert not visible_to(people.heng).exists(), "the other side of the deal is not a party"
    with pytest.raises(Forbidden):
        approve_contract(contract_id=contract.pk, actor=people.heng, revision=1)
    approve_contract(contract_id=contract.pk, actor=people.mingyuan, revision=1)
    assert approve_contract(contract_id=contract.pk, actor=people.lan, revision=1).state == "agreed"


def test_a_brokerage_contract_without_client_or_broker_is_refused(people: People, draft: Make) -> None:
    for changes in ({"client": "", "broker_id": people.agency.pk}, {"client": "buyer"}):
        with pytest.raises(Invalid):
            draft(kind="brokerage", **changes)
    with pytest.raises(Invalid):
        draft(supplier_id=people.buyer.pk)
