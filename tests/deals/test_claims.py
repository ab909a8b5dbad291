"""The fee that is owed though the manager was bypassed: claimed once, paid by the shares, or given up."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from tests.deals.introducing import acknowledged
from tests.world import People
from yinxian.deals.models import BypassAlarm
from yinxian.deals.operations import claims
from yinxian.deals.operations.alarms import raise_alarm
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Refusal
from yinxian.settlement.models import Account
from yinxian.settlement.queries.books import books_balance

ClientOf = Callable[..., Client]
DAY = dt.date(2026, 6, 1)


@pytest.fixture
def alarm(people: People) -> BypassAlarm:
    introduction = acknowledged(people)
    made = raise_alarm(introduction_id=introduction.pk, what="contract", reference="C1", happened_at=timezone.now())
    assert made is not None
    return made


def claim(alarm: BypassAlarm, people: People, **changes: object) -> object:
    given = {"debtor": "buyer", "amount_fen": 1_000_000, "ground": "合同 HT-9 第 3 条", "actor": people.ruoxi}
    return claims.claim_fee(alarm_id=alarm.pk, **{**given, **changes})  # type: ignore[arg-type]  # its own fields


def balances() -> dict[str, int]:
    return dict(Account.objects.exclude(posted=0).values_list("code", "posted"))


def refused(act: Callable[[], object], code: str) -> None:
    before = balances()
    with pytest.raises(Refusal) as told:
        act()
    assert told.value.code == code
    assert balances() == before


def test_it_is_claimed_once_paid_by_the_shares_and_settles_the_alarm(alarm: BypassAlarm, people: People) -> None:
    made = claim(alarm, people)
    assert claim(alarm, people) == made
    refused(lambda: claim(alarm, people, amount_fen=2), "settlement.key_used")
    pay = {"alarm_id": alarm.pk, "number": "HD-1", "paid_on": DAY, "actor": people.ruoxi}
    claims.record_claim_paid(**pay, amount_fen=400_001)
    claims.record_claim_paid(**pay, amount_fen=400_001)
    got = balances()
    assert got["bank:external"] == -400_001
    assert got[f"party:{people.ruoxi.slug}"] + got[f"party:{people.mingyuan.slug}"] == 400_001
    assert got[f"party:{people.ruoxi.slug}"] == 240_001
    pay["number"] = "HD-2"
    for wrong in (0, -1, 10**18, 599_999 + 1):
        refused(
            lambda wrong=wrong: claims.record_claim_paid(**pay, amount_fen=wrong),
            "settlement.insufficient" if wrong == 600_000 else "settlement.amount",
        )
    claims.record_claim_paid(**pay, amount_fen=599_999)
    alarm.refresh_from_db()
    assert alarm.state == "settled"
    assert not [code for code in balances() if code.startswith(("claim:", "owed:"))]
    assert Entry.objects.filter(name="settlement.claim.recorded").count() == 1
    assert books_balance() == []


def test_what_is_open_can_be_given_up(alarm: BypassAlarm, people: People) -> None:
    refused(lambda: claims.give_up_claim(alarm_id=alarm.pk, reason="x", actor=people.ruoxi), "deals.no_claim")
    claim(alarm, people)
    refused(lambda: claims.give_up_claim(alarm_id=alarm.pk, reason=" ", actor=people.ruoxi), "deals.bypass_note")
    claims.give_up_claim(alarm_id=alarm.pk, reason="双方和解", actor=people.ruoxi)
    assert balances() == {}
    refused(lambda: claim(alarm, people), "deals.bypass_closed")
    assert books_balance() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount_fen": 0}, "settlement.amount"),
        ({"amount_fen": 10**18}, "settlement.amount"),
        ({"ground": " \x00"}, "deals.claim_ground"),
        ({"debtor": "agency"}, "deals.claim_debtor"),
    ],
)
def test_a_claim_that_cannot_be_is_refused(
    alarm: BypassAlarm, people: People, changes: dict[str, object], code: str
) -> None:
    refused(lambda: claim(alarm, people, **changes), code)


def test_only_the_manager_and_its_agency_see_and_claim(alarm: BypassAlarm, people: People, client_of: ClientOf) -> None:
    page, api = f"/bypass/{alarm.slug}/claim/", f"/api/v1/deals/bypass/{alarm.slug}"
    form = {"debtor": "buyer", "amount": "10000", "ground": "合同 HT-9"}
    for who in (people.heng, people.lan, people.stray, people.qiao):
        assert client_of(who).get(page).status_code == client_of(who).post(page, form).status_code == 404
        assert client_of(who).get(api).status_code == 404
        refused(lambda who=who: claim(alarm, people, actor=who), "deals.bypass_not_yours")
    client = client_of(people.ruoxi)
    assert "主张报酬" in client.get(page).content.decode()
    assert client.post(page, {**form, "amount": "0.005"}).status_code == 422
    assert client.post(page, form).status_code == 302
    assert "10,000.00" in client.get(page).content.decode()
    assert client.post(f"{page}paid/", {"amount": "1", "number": "", "paid_on": "2026-06-01"}).status_code == 422
    assert client.post(f"{page}paid/", {"amount": "1", "number": "H", "paid_on": "2026-06-01"}).status_code == 302
    assert client.get(api).json()["open_fen"] == 999_900
    body = json.dumps({"amount_fen": 5, "number": "H2", "paid_on": "2026-06-01"})
    assert client.post(f"{api}/paid", body, "application/json").json()["open_fen"] == 999_895
    assert client.post(f"{page}give-up/", {"reason": "和解"}).status_code == 302
    assert client.get(api).json()["state"] == "settled"
