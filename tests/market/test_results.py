"""A result's way: draft, review, market; who may do what; what cannot be written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.market.listings import make_result
from tests.world import People
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden, Invalid, Refusal
from yinxian.market.models import Result
from yinxian.market.operations import results as operations
from yinxian.market.operations.freshness import expire_listings, remind_owners
from yinxian.market.operations.listings import version

pytestmark = pytest.mark.django_db


def draft(people: People, **values: Any) -> Result:
    return operations.create_result(owner_id=people.supplier.pk, actor=people.lan, values={"title": "催化剂", **values})


def test_draft_is_submitted_reviewed_and_listed(people: People, frozen: Callable[[str], None]) -> None:
    frozen("2026-03-04T09:00")
    result = draft(people)
    operations.submit_result(result_id=result.pk, actor=people.lan)
    operations.review_result(result_id=result.pk, actor=people.qiao, decision="publish")
    result.refresh_from_db()
    assert result.state == "published"
    assert result.published_on == dt.date(2026, 3, 4) and result.fresh_until == dt.date(2027, 3, 4)
    names = list(Entry.objects.values_list("name", flat=True))
    assert names == ["market.result.created", "market.result.submitted", "market.result.published"]


@pytest.mark.parametrize("decision", ["hold", "reject"])
def test_hold_and_reject_need_a_reason_that_the_owner_sees(
    people: People, decision: str, client_of: Callable[..., Client]
) -> None:
    result = draft(people)
    operations.submit_result(result_id=result.pk, actor=people.lan)
    with pytest.raises(Invalid, match="理由"):
        operations.review_result(result_id=result.pk, actor=people.qiao, decision=decision, reason=" ")
    operations.review_result(result_id=result.pk, actor=people.qiao, decision=decision, reason="指标缺检测报告")
    assert "指标缺检测报告" in client_of(people.lan).get(f"/results/{result.slug}/").content.decode()
    assert client_of(people.heng).get(f"/results/{result.slug}/").status_code == 404


@pytest.mark.parametrize("who", ["stray", "outsider", "heng", "cang", "ruoxi", "qiao"])
def test_stranger_is_refused_and_nothing_changes(people: People, who: str) -> None:
    result, stranger = draft(people), getattr(people, who)
    before = Result.objects.filter(pk=result.pk).values().get()
    acts: list[Callable[[], Any]] = [
        lambda: operations.edit_result(
            result_id=result.pk, actor=stranger, values={"title": "别人"}, seen=version(result)
        ),
        lambda: operations.submit_result(result_id=result.pk, actor=stranger),
        lambda: operations.withdraw_result(result_id=result.pk, actor=stranger),
        lambda: operations.renew_result(result_id=result.pk, actor=stranger),
    ]
    for act in acts:
        with pytest.raises(Forbidden):
            act()
    assert Result.objects.filter(pk=result.pk).values().get() == before
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("who", ["lan", "heng", "ruoxi", "stray"])
def test_only_the_association_publishes(people: People, who: str) -> None:
    result = draft(people)
    operations.submit_result(result_id=result.pk, actor=people.lan)
    with pytest.raises(Forbidden):
        operations.review_result(result_id=result.pk, actor=getattr(people, who), decision="publish")
    result.refresh_from_db()
    assert result.state == "pending"


def test_owner_whom_no_association_admitted_is_told_so_and_keeps_the_draft(people: People) -> None:
    result = operations.create_result(owner_id=people.outside.pk, actor=people.outsider, values={"title": "甲"})
    with pytest.raises(Conflict, match="协会"):
        operations.submit_result(result_id=result.pk, actor=people.outsider)
    result.refresh_from_db()
    assert result.state == "draft"


def test_stranger_cannot_write_in_anothers_name(people: People) -> None:
    for who in (people.heng, people.stray, people.qiao):
        with pytest.raises(Forbidden):
            operations.create_result(owner_id=people.supplier.pk, actor=who, values={"title": "甲"})
    assert Result.objects.count() == 0


def test_stale_edit_is_refused_and_what_was_typed_is_kept(people: People, client_of: Callable[..., Client]) -> None:
    result = draft(people)
    seen = version(result)
    operations.edit_result(result_id=result.pk, actor=people.lan, values={"team": "先存的"}, seen=seen)
    response = client_of(people.lan).post(
        f"/results/{result.slug}/edit/",
        {"seen": seen, "title": "后存的", "team": "没丢的字", "confidence": "public", "price_kind": "open", **rows()},
    )
    assert response.status_code == 422
    assert "没丢的字" in response.content.decode() and "别人先保存了" in response.content.decode()
    result.refresh_from_db()
    assert (result.title, result.team) == ("催化剂", "先存的")


def rows(**given: str) -> dict[str, str]:
    empty = {
        f"{prefix}-{name}_FORMS": value
        for prefix in ("ind", "ip")
        for name, value in (("TOTAL", "1"), ("INITIAL", "0"))
    }
    return empty | given


def test_published_result_goes_back_to_review_when_others_would_read_something_else(people: People) -> None:
    result = make_result(people)
    operations.edit_result(
        result_id=result.pk, actor=people.lan, values={"contact_phone": "021-1"}, seen=version(result)
    )
    result.refresh_from_db()
    assert result.state == "published"
    operations.edit_result(result_id=result.pk, actor=people.lan, values={"teaser": "新"}, seen=version(result))
    result.refresh_from_db()
    assert result.state == "pending"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " \u200b "}, "title"),
        ({"title": "长" * 201}, "title"),
        ({"price_low_fen": -1}, "price_low_fen"),
        ({"price_low_fen": 10**18}, "price_low_fen"),
        ({"price_low_fen": 1.5}, "price_low_fen"),
        ({"price_low_fen": 2, "price_high_fen": 1}, "price_high_fen"),
        ({"trl": 10}, "trl"),
        ({"field": "99"}, "field"),
        ({"region": "990000"}, "region"),
        ({"modes": ["theft"]}, "modes"),
        ({"modes": "licence"}, "modes"),
        ({"keywords": ["一", "二", "三", "四"]}, "keywords"),
        ({"confidence": ""}, "confidence"),
        ({"contact_email": "不是邮箱"}, "contact_email"),
        ({"indicators": [{"name": "x", "op": ">=", "low": "NaN"}]}, "indicators"),
        ({"indicators": [{"name": "x", "op": ">=", "low": "1e999999"}]}, "indicators"),
        ({"indicators": [{"name": "", "op": ">=", "low": "1"}]}, "indicators"),
        ({"indicators": [{"name": "x", "op": "range", "low": "9", "high": "1"}]}, "indicators"),
        ({"indicators": [{"name": "x", "low": "1"}] * 61}, "indicators"),
        ({"ip_rows": [{"kind": "alien", "number": "1"}]}, "ip_rows"),
        ({"description": "字" * 200_001}, "description"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_field(people: People, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        draft(people, **values)
    assert refused.value.field == field
    assert not refused.value.sentence.startswith(("market.", "kernel."))
    assert Result.objects.count() == 0 and Entry.objects.count() == 0


HOSTILE = [
    "<script>alert(1)</script>",
    "'; DROP TABLE market_result; --",
    "零\u200b宽\ufeff",
    "\u202eevil\u2066",
    "👩\u200d🔬 emoji",
    "NUL\x00here",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "\ud800",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_stored_plain_and_shown_harmless(
    people: People, text: str, client_of: Callable[..., Client]
) -> None:
    given = dict.fromkeys(("teaser", "problem", "description", "confidential", "team", "contact_name"), text)
    result = draft(people, title=f"题{text}", keywords=[text], **given)
    page = client_of(people.lan).get(f"/results/{result.slug}/")
    content = page.content.decode()
    assert page.status_code == 200
    assert "<script>alert" not in content and "\x00" not in content and "\u202e" not in content
    assert client_of(people.lan).get(f"/results/{result.slug}/edit/").status_code == 200


def test_page_takes_rows_and_gives_them_back(people: People, client_of: Callable[..., Client]) -> None:
    client = client_of(people.lan, people.supplier)
    assert client.get("/results/new/").status_code == 200
    given = {
        "owner": people.supplier.slug,
        "title": "新成果",
        "confidence": "public",
        "price_kind": "ask",
        "price_low_fen": "38万",
        "modes": ["licence"],
        "keywords": "催化、净化",
    } | rows(
        **{
            "ind-0-name": "起燃温度",
            "ind-0-op": "<=",
            "ind-0-low": "25",
            "ind-0-unit": "℃",
            "ip-0-number": "ZL2020",
            "ip-0-kind": "invention",
        }
    )
    response = client.post("/results/new/", given)
    assert response.status_code == 302, response.content.decode()[:3000]
    result = Result.objects.get()
    assert result.price_low_fen == 38_000_000 and result.keywords == ["催化", "净化"]
    assert result.indicators == [{"name": "起燃温度", "op": "<=", "low": None, "high": "25", "unit": "℃", "quote": ""}]
    assert result.ip_rows[0]["number"] == "ZL2020"
    page = client.get(f"/results/{result.slug}/edit/").content.decode()
    assert 'value="25"' in page and "380,000.00" in page
    assert "ZL2020" in client.get(f"/results/{result.slug}/").content.decode()


def test_wrong_price_keeps_what_was_typed(people: People, client_of: Callable[..., Client]) -> None:
    given = {"owner": people.supplier.slug, "title": "新", "confidence": "public", "price_kind": "ask", **rows()}
    for price in ("-5", "一百", "99999999999999999999", "1.234"):
        response = client_of(people.lan).post("/results/new/", given | {"price_low_fen": price, "team": "没丢的字"})
        assert response.status_code == 422
        assert "没丢的字" in response.content.decode() and price in response.content.decode()
    assert Result.objects.count() == 0


def test_expiry_reminder_and_renewal(people: People, frozen: Callable[[str], None]) -> None:
    frozen("2026-03-04T09:00")
    result = make_result(people)
    assert remind_owners(dt.date(2027, 2, 1)) == 0
    assert remind_owners(dt.date(2027, 2, 2)) == 1 and remind_owners(dt.date(2027, 2, 3)) == 0
    entry = Entry.objects.get(name="market.listing.expiring")
    assert entry.data == {"kind": "result", "until": "2027-03-04"} and entry.organisations == [people.supplier.pk]
    assert expire_listings(dt.date(2027, 3, 4)) == 0
    assert expire_listings(dt.date(2027, 3, 5)) == 1 and expire_listings(dt.date(2027, 3, 5)) == 0
    result.refresh_from_db()
    assert result.state == "expired"
    frozen("2027-03-06T09:00")
    operations.renew_result(result_id=result.pk, actor=people.lan)
    result.refresh_from_db()
    assert result.state == "published" and result.fresh_until == dt.date(2028, 3, 5)


def test_review_queue_is_the_reviewers(people: People, client_of: Callable[..., Client]) -> None:
    result = draft(people)
    operations.submit_result(result_id=result.pk, actor=people.lan)
    page = client_of(people.qiao).get("/review/")
    assert result.title in page.content.decode()
    assert client_of(people.lan).get("/review/").status_code == 403
    response = client_of(people.qiao).post(f"/results/{result.slug}/review/", {"decision": "reject", "reason": ""})
    assert response.status_code == 422 and "理由" in response.content.decode()
    response = client_of(people.qiao).post(f"/results/{result.slug}/review/", {"decision": "publish", "reason": ""})
    assert response.status_code == 302
    result.refresh_from_db()
    assert result.state == "published"


def test_owner_names_a_party_and_takes_it_back(people: People, client_of: Callable[..., Client]) -> None:
    result = make_result(people, confidence="named")
    lan = client_of(people.lan)
    assert lan.post(f"/results/{result.slug}/name/", {"party": "没有这家"}).status_code == 422
    assert lan.post(f"/results/{result.slug}/name/", {"party": people.buyer.name}).status_code == 302
    heng = client_of(people.heng)
    assert heng.get(f"/results/{result.slug}/").status_code == 200
    grant = result.grants.get()
    assert heng.post(f"/grants/{grant.pk}/end/").status_code == 403
    assert heng.get(f"/results/{result.slug}/").status_code == 200
    lan.post(f"/grants/{grant.pk}/end/")
    assert heng.get(f"/results/{result.slug}/").status_code == 404
