"""Requests that cannot be read at all, or hold more than a form may: our own pages, in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.world import People
from yinxian.market.models import Need
from yinxian.market.operations.briefs import submit_need
from yinxian.network.models import Organisation

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
WORDS = {"zh-hans": ("内容太大", "没有保存任何内容"), "en": ("Too much at once", "nothing was saved")}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_form_with_too_much_text_gets_our_own_page(
    people: People, client_of: ClientOf, settings: Any, language: str
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    browser = client_of(people.heng)
    browser.cookies["django_language"] = language
    page = browser.post("/needs/new/", {"raw_words": "字" * 20_000})
    assert page.status_code == 413
    assert all(words in page.content.decode() for words in WORDS[language])
    assert 'class="frame' in page.content.decode()
    assert not Need.objects.exists()


def test_a_form_with_too_many_fields_or_files_gets_our_own_page(
    people: People, client_of: ClientOf, settings: Any
) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = settings.DATA_UPLOAD_MAX_NUMBER_FILES = 5
    for given in (
        {f"f{number}": "x" for number in range(6)},
        {f"f{number}": SimpleUploadedFile("a.txt", b"a") for number in range(6)},
    ):
        page = client_of(people.heng).post("/needs/new/", given)
        assert page.status_code == 413 and "内容太大" in page.content.decode()


@pytest.mark.parametrize("path", ["/needs/?q=a%00b", "/i/a%00b/", "/search/?q=%00"])
def test_nul_in_an_address_is_told(people: People, client_of: ClientOf, path: str) -> None:
    page = client_of(people.heng).get(path)
    assert page.status_code == 400 and "看不懂" in page.content.decode()


def test_a_body_that_breaks_off_and_a_foreign_host_are_told(people: People, client_of: ClientOf) -> None:
    browser = client_of(people.heng)
    page = browser.generic(
        "POST", "/needs/new/", b"--edge\r\n", content_type="multipart/form-data; boundary=" + "x" * 300
    )
    assert page.status_code in (400, 422)
    page = browser.get("/", headers={"host": "evil.example"})
    assert page.status_code == 400 and "evil.example" not in page.content.decode()


@pytest.mark.parametrize("body", ["{", "[" * 100_000, '{"a":' * 3000 + "1" + "}" * 3000, "\xff", "{]"])
def test_a_body_that_is_no_json_is_told_with_its_code(people: People, client_of: ClientOf, body: str) -> None:
    answer = client_of(people.heng).generic("POST", "/api/v1/market/needs/words", body, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer.json()["code"] in ("kernel.request_unreadable", "kernel.request_wrong")
    assert "没有改动" in answer.json()["message"]


def test_programs_hear_what_is_wrong_in_their_language(people: People, client_of: ClientOf, settings: Any) -> None:
    browser = client_of(people.heng)
    where, kind = "/api/v1/market/needs/words", "application/json"
    wrong = browser.post(where, json.dumps({"raw_words": 3}), content_type=kind)
    assert wrong.status_code == 422 and wrong.json()["code"] == "kernel.request_wrong"
    assert "raw_words" in wrong.json()["message"] and "3" not in json.dumps(wrong.json()["errors"])
    english = browser.post(where, "{}", content_type=kind, headers={"accept-language": "en"})
    assert "Nothing was changed" in english.json()["message"]
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    large = browser.post(where, json.dumps({"raw_words": "字" * 20_000}), content_type=kind)
    assert large.status_code == 413 and large.json()["code"] == "kernel.request_too_large"
    assert Client().get("/api/v1/deals/").json()["code"] == "kernel.sign_in"
    assert browser.get("/api/v1/deals/NOTHING").json()["code"] == "kernel.not_found"
    assert not Need.objects.exists()


def test_surrogates_and_nul_in_json_are_taken_out(people: People, client_of: ClientOf) -> None:
    body = f'{{"owner": "{people.buyer.slug}", "raw_words": "\\ud800水\\u0000垢\\udfff太多"}}'
    answer = client_of(people.heng).post("/api/v1/market/needs/words", body, content_type="application/json")
    assert answer.status_code < 300, answer.content
    assert Need.objects.get().raw_words == "水垢太多"


@pytest.mark.parametrize(
    "wished", ["-1", "//evil.example/", "https://evil.example/", "/\x00", "/a\nb", "/" + "a" * 5000, "x"]
)
def test_a_form_leads_on_within_the_site_only(people: People, client_of: ClientOf, wished: str) -> None:
    answer = client_of(people.heng).post("/act-for/", {"organisation": people.buyer.slug, "next": wished})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert Organisation.objects.filter(pk=people.buyer.pk).exists()


@pytest.mark.parametrize(("where", "prefix"), [("/results/new/", "ind"), ("/needs/%s/brief/", "i")])
def test_more_rows_than_a_form_has_are_told_and_not_drawn(
    people: People, client_of: ClientOf, where: str, prefix: str
) -> None:
    """A browser that claims a million rows must not make the server draw them."""
    need = submit_need(
        owner_id=people.buyer.pk, actor=people.heng, raw_words="水垢 20 mg/L 太多", title="除垢", values={}
    )
    many = {f"{one}-{name}": "1" + "0" * 6 for one in (prefix, "ip") for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    page = client_of(people.lan if prefix == "ind" else people.heng).post(where.replace("%s", need.slug), many)
    assert page.status_code == 422 and len(page.content) < 1_000_000
    assert 'role="alert"' in page.content.decode()
