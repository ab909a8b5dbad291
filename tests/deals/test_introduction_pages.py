"""Pages, exports and the API of introductions."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.deals.introducing import acknowledged, drafted, make_need, make_result, offered
from tests.world import People
from yinxian.deals.models import Introduction
from yinxian.deals.operations.introductions import propose_shares
from yinxian.network.models import User

Browser = Callable[..., Client]


def typed(people: People, **changes: Any) -> dict[str, Any]:
    """The form of the terms as a browser sends it."""
    fields = {
        "subject": "热水器一氧化碳低温催化消除",
        "agency": people.agency.pk,
        "fee_kind": "rate",
        "fee_rate": "11.6%",
        "fee_fixed": "",
        "payer": "supplier",
        "trigger": "release",
        "days_to_pay": "15",
        "costs": "manager",
        "protection_months": "24",
        "tiers-TOTAL_FORMS": "1",
        "tiers-INITIAL_FORMS": "0",
        "tiers-0-up_to": "",
        "tiers-0-rate": "",
        "shares-TOTAL_FORMS": "3",
        "shares-INITIAL_FORMS": "1",
        "shares-0-holder": f"u{people.ruoxi.pk}",
        "shares-0-bp": "60",
        "shares-0-work": "对接",
        "shares-1-holder": f"u{people.mingyuan.pk}",
        "shares-1-bp": "４０",
        "shares-1-work": "",
        "shares-2-holder": "",
        "shares-2-bp": "",
        "shares-2-work": "",
        "amount": "19.2万",
    }
    return {**fields, **changes}


def introduce_url(people: People) -> str:
    need, result = make_need(people), make_result(people)
    return reverse("deals:introduce", args=[need.slug, result.slug])


def test_a_manager_introduces_from_the_page(people: People, client_of: Browser) -> None:
    browser, url = client_of(people.ruoxi), introduce_url(people)
    page = browser.get(url).content.decode()
    assert "发起引荐" in page and "澜江技术转移中心" in page
    assert browser.post(url, typed(people)).status_code == 302
    made = Introduction.objects.get()
    assert (made.fee_rate_bp, made.agency) == (1160, people.agency)
    assert list(made.shares.values_list("bp", flat=True)) == [6000, 4000]
    page = browser.get(reverse("deals:introduction", args=[made.slug])).content.decode()
    assert "送团队同意" in page and "11.60%" in page


def test_a_hundredth_missing_is_said_and_what_was_typed_stays(people: People, client_of: Browser) -> None:
    browser, url = client_of(people.ruoxi), introduce_url(people)
    page = browser.post(url, typed(people, **{"shares-1-bp": "39.99"})).content.decode()
    assert "99.99%" in page and "正好 100.00%" in page
    assert 'value="39.99"' in page and 'value="对接"' in page
    assert not Introduction.objects.exists()
    for changes in ({"fee_rate": "-3"}, {"fee_rate": "abc"}, {"shares-0-bp": ""}, {"shares-TOTAL_FORMS": "x"}):
        assert browser.post(url, typed(people, **changes)).status_code == 200
    for changes in ({"fee_kind": "magic"}, {"protection_months": "9" * 30}, {"shares-0-holder": "u1e9"}):
        assert browser.post(url, typed(people, **changes)).status_code == 200
    assert not Introduction.objects.exists()


def test_a_ladder_is_typed_in_tiers_and_tried_on_an_amount(people: People, client_of: Browser) -> None:
    browser, url = client_of(people.ruoxi), introduce_url(people)
    ladder = {
        "fee_kind": "ladder",
        "fee_rate": "",
        "tiers-TOTAL_FORMS": "2",
        "tiers-0-up_to": "100万",
        "tiers-0-rate": "15",
        "tiers-1-up_to": "",
        "tiers-1-rate": "12",
    }
    preview = browser.post(
        url, typed(people, preview="1", amount="300万", **ladder), headers={"HX-Request": "true"}
    ).content.decode()
    assert "390,000.00" in preview and "234,000.00" in preview and "<html" not in preview
    assert not Introduction.objects.exists()
    assert browser.post(url, typed(people, **ladder)).status_code == 302
    assert Introduction.objects.get().fee_ladder == [
        {"up_to_fen": 100_000_000, "bp": 1500},
        {"up_to_fen": None, "bp": 1200},
    ]


def test_the_worked_example_shows_on_the_page(people: People, client_of: Browser) -> None:
    page = client_of(people.ruoxi).post(introduce_url(people), typed(people, preview="1")).content.decode()
    for amount in ("22,272.00", "13,363.20", "8,908.80"):
        assert amount in page
    assert not Introduction.objects.exists()


def test_strangers_and_parties_cannot_introduce_and_find_nothing(people: People, client_of: Browser) -> None:
    url = introduce_url(people)
    for user, status in ((people.heng, 403), (people.stray, 403), (people.lan, 403)):
        assert client_of(user).get(url).status_code == status
        assert client_of(user).post(url, typed(people)).status_code == status
    assert Client().get(url).status_code == 302
    introduction = drafted(people, need=make_need(people), result=make_result(people))
    for name in ("introduction", "introduction_terms", "receipt", "receipt_file"):
        for user in (people.heng, people.stray, people.outsider, people.qiao):
            assert client_of(user).get(reverse(f"deals:{name}", args=[introduction.slug])).status_code == 404
    for name in ("introduction_propose", "introduction_offer", "introduction_withdraw", "introduction_answer"):
        assert client_of(people.stray).post(reverse(f"deals:{name}", args=[introduction.slug])).status_code == 404
    introduction.refresh_from_db()
    assert introduction.state == "draft"


def test_the_whole_way_in_the_browser(people: People, client_of: Browser) -> None:
    ruoxi, mingyuan = client_of(people.ruoxi), client_of(people.mingyuan)
    introduction = drafted(people)
    at = reverse("deals:introduction", args=[introduction.slug])
    ruoxi.post(f"{at}propose/")
    assert introduction.subject in mingyuan.get(reverse("deals:introductions")).content.decode()
    assert "同意这一份" in mingyuan.get(at).content.decode()
    share = introduction.shares.get(user=people.mingyuan)
    refused = mingyuan.post(f"{at}shares/{share.pk}/", {"version": "7", "accept": "1"})
    assert refused.status_code == 422 and "条款改过了" in refused.content.decode()
    assert mingyuan.post(f"{at}shares/{share.pk}/", {"version": "1", "accept": "1"}).status_code == 302
    assert ruoxi.post(f"{at}offer/").status_code == 302
    for user, side in ((people.heng, "buyer"), (people.lan, "supplier")):
        assert "不认可" in client_of(user).get(at).content.decode()
        empty = client_of(user).post(f"{at}answer/", {"side": side, "agree": "1", "post": ""})
        assert empty.status_code == 422
        assert client_of(user).post(f"{at}answer/", {"side": side, "agree": "1", "post": "负责人"}).status_code == 302
    introduction.refresh_from_db()
    assert introduction.state == "acknowledged"
    assert ruoxi.post(f"{at}withdraw/", {"note": ""}).status_code == 409
    assert "引荐凭据" in ruoxi.get(f"{at}receipt/").content.decode()


def test_the_list_filters_sorts_pages_and_exports(people: People, client_of: Browser) -> None:
    browser, url = client_of(people.ruoxi), reverse("deals:introductions")
    first = acknowledged(people)
    second = drafted(people, need=make_need(people), result=make_result(people), subject="=HYPERLINK(1)")
    page = browser.get(url).content.decode()
    assert first.subject in page and "=HYPERLINK(1)" in page
    assert first.subject not in browser.get(f"{url}?state=draft").content.decode()
    assert second.subject not in browser.get(f"{url}?q=一氧化碳").content.decode()
    for query in ("?state=nonsense&sort=nonsense&page=x", "?q=%F0%9F%98%80", "?sort=until", "?page=999"):
        assert browser.get(url + query).status_code == 200
    sheet = load_workbook(io.BytesIO(browser.get(f"{url}?export=xlsx").content)).active
    assert sheet is not None
    cells = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
    assert cells["=HYPERLINK(1)"] == "s"
    assert "'=HYPERLINK(1)" in browser.get(f"{url}?export=csv").content.decode("utf-8-sig")
    assert browser.get(f"{url}?export=exe").status_code == 404


def test_the_lists_queries_do_not_grow_with_its_rows(people: People, client_of: Browser) -> None:
    browser = client_of(people.ruoxi)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get(reverse("deals:introductions"))
            browser.get("/api/v1/deals/introductions")
        return len(queries)

    def more(count: int) -> None:
        for _ in range(count):
            propose_shares(
                introduction_id=drafted(people, need=make_need(people), result=make_result(people)).pk,
                actor=people.ruoxi,
            )

    more(2)
    few = asked()
    more(12)
    assert asked() == few


def test_the_api_lists_reads_creates_and_answers(people: People, client_of: Browser) -> None:
    need, result = make_need(people), make_result(people)
    body = {
        "need": need.slug,
        "result": result.slug,
        "subject": "热水器一氧化碳低温催化消除",
        "fee_rate_bp": 1160,
        "shares": [{"holder": people.ruoxi.slug, "bp": 9999}],
    }
    browser, url = client_of(people.ruoxi), "/api/v1/deals/introductions"

    def post(user: User, path: str, content: dict[str, Any]) -> Any:
        return client_of(user).post(path, content, content_type="application/json")

    refused = post(people.ruoxi, url, body)
    assert (refused.status_code, refused.json()["code"]) == (422, "deals.shares_not_whole")
    assert "99.99%" in refused.json()["message"]
    body["shares"] = [{"holder": people.ruoxi.slug, "bp": 10_000}]
    assert post(people.heng, url, body).status_code == 403
    made = post(people.ruoxi, url, body)
    assert made.status_code == 201 and made.json()["contacts"] is None
    assert post(people.ruoxi, url, body).status_code == 409
    listing = browser.get(url).json()
    assert listing["count"] == 1 and listing["items"][0]["buyer"]["name"] == "澜江暖能电器"
    slug = listing["items"][0]["id"]
    assert client_of(people.heng).get(f"{url}/{slug}").status_code == 404
    assert (
        post(people.heng, f"{url}/{slug}/acknowledge", {"side": "buyer", "agreed": True, "post": "部长"}).status_code
        == 404
    )
    assert Client().get(url).status_code == 401
    assert browser.get(f"{url}?page=0").status_code == 422


def test_the_api_answers_for_a_side(people: People, client_of: Browser) -> None:
    introduction = offered(people)
    url = f"/api/v1/deals/introductions/{introduction.slug}/acknowledge"
    answer = {"side": "buyer", "agreed": True, "post": "部长"}
    json = {"content_type": "application/json"}
    assert client_of(people.ruoxi).post(url, answer, **json).json()["code"] == "deals.acknowledge_own"
    assert client_of(people.heng).post(url, {**answer, "side": "none"}, **json).status_code in (403, 422)
    assert client_of(people.heng).post(url, answer, **json).json()["acknowledgements"][0]["side"] == "buyer"
    again = client_of(people.heng).post(url, answer, **json)
    assert (again.status_code, again.json()["code"]) == (409, "deals.side_answered")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_renders_in_both_languages(people: People, client_of: Browser, language: str) -> None:
    introduction = acknowledged(people)
    draft = drafted(people, need=make_need(people), result=make_result(people))
    browser = client_of(people.ruoxi)
    headers = {"Accept-Language": language}
    for name, slug in (
        ("introduction", introduction.slug),
        ("receipt", introduction.slug),
        ("introduction_terms", draft.slug),
    ):
        assert browser.get(reverse(f"deals:{name}", args=[slug]), headers=headers).status_code == 200
    assert browser.get(reverse("deals:introductions"), headers=headers).status_code == 200
