"""Registration of technology contracts: the form, its rules, the registry's answer, the statistics."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.world import People
from yinxian.contracts.models import Contract, Registration
from yinxian.contracts.operations import (
    approve_contract,
    decide_registration,
    prepare_registration,
    submit_registration,
)
from yinxian.contracts.queries.registrations import of_association, problems, statistics
from yinxian.contracts.registration.rules import deadline, findings
from yinxian.journal.models import Entry
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid

pytestmark = pytest.mark.django_db
WHOLE: dict[str, Any] = {
    "project": "燃气热水器一氧化碳低温催化消除",
    "seller": {"name": "江北理工大学", "country": "156", "region": "330100", "nature": "022"},
    "buyer": {"name": "澜江暖能电器", "country": "156", "region": "330100", "nature": "150"},
    "total_fen": 48_000_000,
    "technology_fen": 40_000_000,
    "actual_fen": 9_600_000,
    "rights": ["know_how"],
    "field": "07",
    "goal": "01",
    "industry": "C",
    "source": "none",
    "payment": "instalments",
    "since": "2026-03-28",
    "until": "2026-12-31",
    "seal_matches": True,
    "proof_attached": True,
    "lawful": True,
}
SIDES = {"seller": "江北理工大学", "buyer": "澜江暖能电器"}


@pytest.fixture
def agreed(people: People, offered: Contract) -> Contract:
    for person in (people.heng, people.lan):
        approve_contract(contract_id=offered.pk, actor=person, revision=offered.revision)
    offered.refresh_from_db()
    return offered


@pytest.fixture
def submitted(people: People, agreed: Contract) -> Contract:
    prepare_registration(contract_id=agreed.pk, actor=people.lan, data=WHOLE)
    submit_registration(contract_id=agreed.pk, actor=people.lan, registry="澜江技术合同登记站")
    return agreed


def refused(code: str) -> Any:
    return pytest.raises((Conflict, Invalid), match=None, check=lambda error: getattr(error, "code", "") == code)


def test_nothing_is_open_in_a_whole_form() -> None:
    assert findings(WHOLE, **SIDES) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"technology_fen": 48_000_001}, "technology"),
        ({"actual_fen": 40_000_001}, "actual"),
        ({"technology_fen": None}, "technology"),
        ({"total_fen": 0}, "total"),
        ({"project": "热"}, "project"),
        ({"rights": []}, "rights"),
        ({"rights": ["none", "know_how"]}, "rights"),
        ({"rights": ["no such right"]}, "rights"),
        ({"until": "2026-03-27"}, "until"),
        ({"seal_matches": False}, "seal_matches"),
        ({"lawful": False}, "lawful"),
        ({"proof_attached": None}, "proof_attached"),
        ({"goal": "99"}, "goal"),
        ({"seller": {**WHOLE["seller"], "nature": "999"}}, "seller_nature"),
        ({"seller": {**WHOLE["seller"], "region": "33"}}, "seller_region"),
        ({"buyer": {**WHOLE["buyer"], "country": "CN"}}, "buyer_country"),
        ({"buyer": {**WHOLE["buyer"], "name": "别的公司"}}, "seller_name"),
    ],
)
def test_what_a_registry_would_refuse_for_is_named_before(change: dict[str, Any], field: str) -> None:
    assert field in {one.field for one in findings({**WHOLE, **change}, **SIDES)}


def test_a_foreign_side_needs_no_chinese_region() -> None:
    assert findings({**WHOLE, "buyer": {**WHOLE["buyer"], "country": "276", "region": ""}}, **SIDES) == []


@pytest.mark.parametrize(
    ("signed", "until", "checked"),
    [
        (dt.date(2025, 6, 1), dt.date(2025, 7, 1), True),
        (dt.date(2026, 1, 22), dt.date(2026, 2, 21), True),
        (dt.date(2026, 1, 23), dt.date(2026, 2, 22), False),
    ],
)
def test_the_deadline_is_that_of_the_day_of_signing(signed: dt.date, until: dt.date, checked: bool) -> None:
    rule = deadline(signed)
    assert rule is not None and (rule.on(signed), rule.checked) == (until, checked)


def test_before_any_rule_there_is_no_deadline() -> None:
    assert deadline(dt.date(1999, 12, 31)) is None


def test_the_form_begins_with_what_is_known(people: People, agreed: Contract) -> None:
    made = prepare_registration(contract_id=agreed.pk, actor=people.lan)
    assert made.data["seller"]["name"] == "江北理工大学" and made.data["total_fen"] == 48_000_000
    assert (made.data["since"], made.data["until"]) == ("2026-03-28", "2026-12-31")
    assert {"rights", "field", "goal"} <= {one.field for one in problems(made)}
    with refused("contracts.registration_incomplete"):
        submit_registration(contract_id=agreed.pk, actor=people.lan, registry="登记站")
    made.refresh_from_db()
    assert made.state == Registration.State.PREPARED


def test_the_way_through_the_registry(people: People, submitted: Contract) -> None:
    with refused("contracts.registration_lies_there"):
        prepare_registration(contract_id=submitted.pk, actor=people.lan, data={"project": "别的"})
    today = clock.today()
    with refused("contracts.registration_number"):
        decide_registration(contract_id=submitted.pk, actor=people.lan, outcome="registered", on=today)
    with refused("contracts.registration_date"):
        tomorrow = today + dt.timedelta(days=1)
        decide_registration(contract_id=submitted.pk, actor=people.lan, outcome="registered", on=tomorrow, number="1")
    kept = decide_registration(
        contract_id=submitted.pk, actor=people.ruoxi, outcome="registered", on=today, number="2026330100000042"
    )
    assert (kept.state, kept.number, kept.decided_on) == ("registered", "2026330100000042", today)
    with refused("contracts.registration_reason"):
        decide_registration(contract_id=submitted.pk, actor=people.lan, outcome="cancelled", on=today)
    changed = decide_registration(
        contract_id=submitted.pk, actor=people.lan, outcome="changed", on=today, reason="金额变更"
    )
    assert (changed.state, changed.number) == ("changed", "2026330100000042")
    with refused("contracts.registration_state"):
        decide_registration(contract_id=submitted.pk, actor=people.lan, outcome="refused", on=today, reason="迟了")
    names = list(Entry.objects.filter(name__startswith="contracts.registration").values_list("name", flat=True))
    assert names.count("contracts.registration.decided") == 2


def test_what_was_refused_is_mended_and_handed_in_again(people: People, submitted: Contract) -> None:
    today = clock.today()
    decide_registration(contract_id=submitted.pk, actor=people.lan, outcome="refused", on=today, reason="缺权属证明")
    prepare_registration(contract_id=submitted.pk, actor=people.lan, data={"rights": ["invention"]})
    kept = submit_registration(contract_id=submitted.pk, actor=people.lan, registry="登记站")
    assert (kept.state, kept.reason) == ("submitted", "")


def test_strangers_and_the_buyer_do_not_register(people: People, agreed: Contract) -> None:
    for person in (people.heng, people.qiao, people.stray, people.cang):
        with pytest.raises(Forbidden):
            prepare_registration(contract_id=agreed.pk, actor=person, data=WHOLE)
    assert not Registration.objects.exists()


def test_what_is_not_agreed_is_not_registered(people: People, offered: Contract) -> None:
    with refused("contracts.not_to_be_registered"):
        prepare_registration(contract_id=offered.pk, actor=people.lan, data=WHOLE)


def test_the_page_keeps_what_was_typed_and_gives_the_package(
    people: People, agreed: Contract, client_of: Callable[..., Client]
) -> None:
    path = f"/contracts/{agreed.slug}/registration/"
    supplier = client_of(people.lan)
    assert "登记机构会因为这些退回" in supplier.get(path).content.decode()
    wrong = supplier.post(path, {"project": "热水器催化", "total": "四十八万", "goal": "no"})
    assert wrong.status_code == 422 and "热水器催化" in wrong.content.decode()
    given = {
        "project": WHOLE["project"], "total": "480,000.00", "technology": "40万", "actual": "96000",
        "rights": ["know_how"],
        **{name: WHOLE[name] for name in ("field", "goal", "industry", "source", "payment", "since", "until")},
        **{f"{side}_{part}": WHOLE[side][part] for side in SIDES for part in WHOLE[side]},
        "seal_matches": "on", "proof_attached": "on", "lawful": "on",
    }  # fmt: skip
    assert supplier.post(path, given).status_code == 302
    assert Registration.objects.get().data == WHOLE
    assert "没有会被退回的地方" in supplier.get(path).content.decode()
    assert supplier.post(f"{path}submit/", {"registry": "澜江登记站"}).status_code == 302
    done = supplier.post(f"{path}decide/", {"outcome": "registered", "on": clock.today(), "number": "2026-1"})
    assert done.status_code == 302 and "2026-1" in supplier.get(path).content.decode()
    package = json.loads(supplier.get(path[:-1] + ".json").content)
    assert (package["number"], package["technology_fen"]) == ("2026-1", 40_000_000)
    text = PdfReader(io.BytesIO(supplier.get(path[:-1] + ".pdf").content)).pages[0].extract_text()
    assert "技术合同认定登记表" in text and "400,000.00" in text
    book = load_workbook(io.BytesIO(supplier.get(path[:-1] + ".xlsx").content))
    assert ("登记编号", "2026-1") in list(book.active.iter_rows(values_only=True))  # type: ignore[union-attr]  # a sheet
    assert supplier.get(path[:-1] + ".exe").status_code == 404
    assert client_of(people.stray).get(path).status_code == 404


def test_the_association_counts_in_the_registrys_terms(
    people: People, submitted: Contract, client_of: Callable[..., Client]
) -> None:
    today = clock.today()
    decide_registration(contract_id=submitted.pk, actor=people.lan, outcome="registered", on=today, number="1")
    found = statistics(of_association(people.qiao), today.year)
    assert (found.whole.count["all"], found.whole.total["all"]) == (1, 48_000_000)
    assert found.by["field"].technology["07"] == 40_000_000 and found.by["region"].count["33"] == 1
    assert found.growth("count") is None
    page = client_of(people.qiao).get("/registrations/").content.decode()
    assert "技术开发合同" in page and "浙江" in page
    assert "480000" in client_of(people.qiao).get("/registrations/?export=csv").content.decode("utf-8-sig").replace(
        ".00", ""
    )
    assert client_of(people.lan).get("/registrations/").status_code == 403
    assert client_of(people.qiao).get("/registrations/?year=1990").content.decode().count("还没有登记过") == 1


def test_growth_is_against_the_year_before(people: People, submitted: Contract) -> None:
    kept = decide_registration(
        contract_id=submitted.pk, actor=people.lan, outcome="registered", on=clock.today(), number="1"
    )
    year = clock.today().year
    assert kept.decided_on is not None
    found = statistics(of_association(people.qiao), year + 1)
    assert (found.before.count["all"], found.growth("total")) == (1, -100.0)


def test_the_api_tells_and_records(people: People, submitted: Contract, client_of: Callable[..., Client]) -> None:
    address = f"/api/v1/contracts/{submitted.slug}/registration"
    supplier = client_of(people.lan)
    assert supplier.get(address).json()["state"] == "submitted"
    given = {"outcome": "registered", "on": clock.today().isoformat(), "number": "7"}
    done = supplier.post(f"{address}/decide", given, content_type="application/json")
    assert done.json()["number"] == "7"
    again = supplier.post(f"{address}/decide", given, content_type="application/json")
    assert again.status_code == 409
    assert client_of(people.stray).get(address).status_code == 404
