"""The demo's texts hold together: every key resolves, every figure is quoted, nothing confidential is in a teaser."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from yinxian.deals.models import Deal, Introduction
from yinxian.kernel.regions import PROVINCES
from yinxian.market.codes import EvidenceKind, Field, Mode, PriceKind
from yinxian.market.models import Need, Result
from yinxian.matching.models.candidates import Refusal
from yinxian.network.models import ManagerProfile, Membership, Organisation
from yinxian.portal.demo import content
from yinxian.portal.demo.content import Record, by_key, records

PHONE = re.compile(r"138000000\d\d")
RUN = 8  # so many characters in a row are a quotation


def labelled(kind: str) -> list[object]:
    return [pytest.param(record, id=record["key"]) for record in records(kind)]


def check_indicators(rows: list[Record], text: str) -> None:
    for row in content.indicators(rows):
        assert set(row) == {"name", "op", "low", "high", "unit", "quote"}
        assert row["op"] in {">=", "<=", ">", "<", "=", "range", "about"}
        bounds = [Decimal(row[side]) for side in ("low", "high") if row[side] is not None]
        assert len(bounds) == (2 if row["op"] == "range" else 1), row["name"]
        assert bounds == sorted(bounds)
        assert row["quote"] in text, row["quote"]


def test_there_is_enough_of_everything() -> None:
    assert len(records("result")) >= 40
    assert len(records("need")) >= 25
    assert len(records("organisation")) >= 14
    assert sum("manager" in person for person in records("person")) == 12
    assert {result["field"] for result in records("result")} == set(Field.values)
    assert sum("summary_en" in result for result in records("result")) * 3 >= len(records("result"))


def test_every_state_is_in_the_story() -> None:
    assert {deal["state"] for deal in records("deal")} == set(Deal.State.values)
    states = {introduction["state"] for introduction in records("introduction")}
    assert states == set(Introduction.State.values) - {"expired"}
    kinds = {deal["contract"]["kind"] for deal in records("deal") if "contract" in deal}
    assert kinds == {"development", "licence"}  # the brokerage contracts are made beside them


def test_keys_are_used_once() -> None:
    for kind in ("organisation", "person", "result", "need", "introduction", "deal"):
        keys = [record["key"] for record in records(kind)]
        assert len(keys) == len(set(keys))
    for field in ("phone", "email", "name"):
        values = [person[field] for person in records("person")]
        assert len(values) == len(set(values))


@pytest.mark.parametrize("person", labelled("person"))
def test_person_belongs_somewhere_and_is_recognisably_invented(person: Record) -> None:
    assert PHONE.fullmatch(person["phone"]) and person["email"].endswith(".example") and person["name_en"]
    for membership in person["memberships"]:
        assert membership["organisation"] in by_key("organisation")
        assert membership["role"] in Membership.Role.values
    profile = person.get("manager")
    if profile:
        assert profile["kind"] in ManagerProfile.Kind.values
        assert profile.get("agency", "lanjiang-agency") in by_key("organisation")
        assert {region[:2] for region in profile["regions"]} <= set(PROVINCES)
        assert profile["tracks"] and {track["field"] for track in profile["tracks"]} <= set(Field.values)
        assert all(track["evidence"] for track in profile["tracks"]) and profile["bio"]


@pytest.mark.parametrize("organisation", labelled("organisation"))
def test_organisation_is_described_in_both_languages(organisation: Record) -> None:
    assert organisation["kind"] in Organisation.Kind.values
    assert organisation["region"][:2] in PROVINCES
    assert organisation["name_en"] and organisation["about"] and organisation["about_en"]


@pytest.mark.parametrize("result", labelled("result"))
def test_result_is_whole_and_its_teaser_keeps_the_secret(result: Record) -> None:
    assert by_key("organisation")[result["owner"]]["kind"] == "supplier"
    assert "manager" in by_key("person")[result["manager"]]
    assert result["contact"] in by_key("person")
    assert result["title_en"] and 1 <= len(result["keywords"]) <= 3
    assert set(result["modes"]) <= set(Mode.values) and result["price"]["kind"] in PriceKind.values
    assert 1 <= result["trl"] <= 9 and re.fullmatch(r"[A-T]\d\d", result["industry"])
    assert result.get("state", "published") in Result.State.values
    assert 50 <= len(result["summary"]) <= 120 and 170 <= len(result["description"]) <= 500
    assert result["problem"] and result["advantage"] and result["limits"] and result["team"]
    check_indicators(result["indicators"], result["description"] + result["advantage"])
    assert not re.search(r"\d", result["summary"])
    secret, public = result["confidential"], result["summary"] + result.get("summary_en", "")
    assert not [at for at in range(len(secret) - RUN + 1) if secret[at : at + RUN] in public]
    for row in result.get("ip_rows", ()):
        assert sum(row["owners"].values()) == 100
        assert "2099" in row["number"] or "209" in row["number"]  # no such year yet


@pytest.mark.parametrize("need", labelled("need"))
def test_need_is_in_the_words_of_the_company(need: Record) -> None:
    owner = by_key("organisation")[need["owner"]]
    assert owner["kind"] == "buyer" and owner["name"] not in need["teaser"]
    assert "manager" in by_key("person")[need["manager"]]
    assert need["contact"] in by_key("person") and need["title_en"]
    assert need["field"] in Field.values and set(need["modes"]) <= set(Mode.values)
    assert need["state"] in Need.State.values
    assert 60 <= len(need["raw"]) <= 500 and 20 <= len(need["teaser"]) <= 120
    assert not [at for at in range(len(need["raw"]) - 15) if need["raw"][at : at + 16] in need["teaser"]]
    for row in need.get("evidence", ()):
        assert row["kind"] in EvidenceKind.values and 1 <= row["score"] <= 10
    if "brief" in need:
        rows = need["brief"]["indicators"]
        check_indicators(rows, need["raw"])
        assert need["versions"][-1]["indicators"] == len(rows)


@pytest.mark.parametrize("introduction", labelled("introduction"))
def test_introduction_adds_up(introduction: Record) -> None:
    assert introduction["need"] in by_key("need") and introduction["result"] in by_key("result")
    assert sum(share["bp"] for share in introduction["shares"]) == 10_000
    for share in introduction["shares"]:
        kind, key = ("person", share["user"]) if "user" in share else ("organisation", share["organisation"])
        assert key in by_key(kind)


def test_matches_name_what_there_is() -> None:
    shortlisted = set()
    for match in records("match"):
        assert match["need"] in by_key("need") and match["by"] in by_key("person")
        shortlisted |= {(match["need"], result) for result in match["shortlisted"]}
        for refused in match.get("refused", ()):
            assert refused["result"] in by_key("result") and refused["reason"] in Refusal.values
    assert {(made["need"], made["result"]) for made in records("introduction")} <= shortlisted
    assert {result for _, result in shortlisted} <= set(by_key("result"))


@pytest.mark.parametrize("deal", labelled("deal"))
def test_deal_is_a_story_in_order(deal: Record) -> None:
    introduction = by_key("introduction").get(deal.get("introduction", ""))
    if deal["state"] == "lead":
        assert deal["need"] in by_key("need") and deal["result"] in by_key("result")
    else:
        assert introduction and introduction["state"] == "acknowledged"
        assert introduction["offered"] <= introduction["answered"] <= deal["opened"]
    days = [deal["opened"], *(move["days"] for move in deal["moves"])]
    contract = deal.get("contract")
    if contract:
        days += [contract["drafted"], contract["signed"]]
        assert sum(stone["amount_fen"] for stone in deal["milestone"]) == contract["amount_fen"]
        assert sum(part["bp"] for part in deal["split"]["inventors"]) == 10_000
    assert days == sorted(days) and days[-1] <= 0
    for stone in deal.get("milestone", ()):
        steps = [stone[step] for step in ("paid", "submitted", "released") if step in stone]
        assert steps == sorted(steps) and all(day <= 0 for day in steps)
    for entry in [*deal.get("note", ()), *deal.get("meeting", ())]:
        assert deal["opened"] <= entry["days"] <= 0


def test_the_first_story_is_the_one_of_the_worked_example() -> None:
    deal = by_key("deal")["d-co"]
    assert [stone["amount_fen"] for stone in deal["milestone"]] == [9_600_000, 9_600_000, 19_200_000, 9_600_000]
    assert deal["contract"]["amount_fen"] == 48_000_000
    introduction = by_key("introduction")["i-co"]
    assert introduction["fee"] == {"kind": "rate", "bp": 1160} and introduction["payer"] == "supplier"
    assert [share["bp"] for share in introduction["shares"]] == [6000, 4000]
    assert [("released" in stone, "submitted" in stone) for stone in deal["milestone"]] == [
        (True, True),
        (True, True),
        (False, True),
        (False, False),
    ]


def test_nothing_happens_before_its_cause() -> None:
    results, needs = by_key("result"), by_key("need")
    matched = {}
    for match in records("match"):
        assert needs[match["need"]]["signed_off"]["days"] < match["days"], match["need"]
        for result in [*match["shortlisted"], *(refused["result"] for refused in match.get("refused", ()))]:
            assert results[result]["published"] < match["days"], (match["need"], result)
        matched[match["need"]] = match["days"]
    for introduction in records("introduction"):
        assert matched[introduction["need"]] <= introduction["offered"], introduction["key"]
    for need in records("need"):
        days = [need["submitted"], *(version["days"] for version in need.get("versions", ()))]
        days += [need["signed_off"]["days"]] if "signed_off" in need else []
        assert days == sorted(days), need["key"]


def test_milestones_fall_due_after_signing() -> None:
    for deal in records("deal"):
        for stone in deal.get("milestone", ()):
            assert deal["contract"]["signed"] <= stone["due"], (deal["key"], stone["title"])
            if "paid" in stone:
                assert deal["contract"]["signed"] <= stone["paid"], (deal["key"], stone["title"])
