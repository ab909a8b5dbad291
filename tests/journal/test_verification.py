"""/verify and the API: for anyone, with whatever they send."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.deals.introducing import acknowledged
from tests.world import People
from yinxian.deals.receipts import document_of
from yinxian.journal.models import Entry, Seal
from yinxian.journal.verification import LIMIT, verify_receipt
from yinxian.kernel import crypto

HOSTILE = [
    b"",
    b"null",
    b"[]",
    b'"receipt"',
    b"{",
    b"\xff\xfe\x00\x01",
    b"\x00" * 100,
    b'{"a": 1, "a": 2}',
    b'{"a": NaN}',
    b'{"version": 1.5}',
    b'{"version": ' + b"9" * 5000 + b"}",
    b"[" * 100_000 + b"]" * 100_000,
    b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    b'{"\\ud800": "\\udfff"}',
    "中文".encode("gbk"),
    b"<script>alert(1)</script>",
]


def shell(**changes: Any) -> dict[str, Any]:
    """The right shape with nothing true in it."""
    document: dict[str, Any] = {
        "type": "yinxian.introduction.receipt",
        "version": 1,
        "statement": {},
        "salt": "",
        "entry": {},
        "leaf": "",
        "key": "",
        "signature": "",
    }
    return {**document, **changes}


@pytest.fixture
def document(people: People, drain: Callable[[], None]) -> dict[str, Any]:
    introduction = acknowledged(people)
    drain()
    return document_of(introduction.receipt)


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_input_is_a_finding_never_an_error(data: bytes, db: None) -> None:
    verdict = verify_receipt(data)
    assert not verdict.holds and verdict.findings
    browser = Client()
    assert browser.post("/api/v1/journal/verify", data, content_type="application/json").json()["holds"] is False
    file = SimpleUploadedFile("receipt.json", data)
    assert browser.post("/verify/", {"file": file}).status_code == 200


@pytest.mark.parametrize(
    "document",
    [
        shell(),
        shell(version=2),
        shell(version=True),
        shell(type="another"),
        shell(statement=[]),
        shell(entry={"data": {"digests": []}}),
        shell(entry={"data": {"digests": {"x": 1}}}, statement={"x": {"y": [{}, [], None]}}),
        shell(statement={"big": 2**70}),
        shell(statement={"text": "\ud800"}),
        shell(key="é", signature="不是"),
        shell(inclusion={"index": -1, "size": 0, "path": [1], "seal": {}, "key": "", "signature": ""}),
        shell(
            inclusion={
                "index": 2**80,
                "size": 2**90,
                "path": ["zz", "0" * 64],
                "seal": {"first": 1, "last": 2, "root": "x"},
                "key": "",
                "signature": "",
            }
        ),
        shell(statement={"note": "<script>alert(1)</script>"}, **{"<b>": 1}),
    ],
    ids=range(13),
)
def test_the_right_shape_with_wrong_content_is_told_what_is_wrong(document: dict[str, Any], db: None) -> None:
    verdict = verify_receipt(document)
    assert not verdict.holds and verdict.findings
    page = Client().post("/verify/", {"text": json.dumps(document)})
    assert page.status_code == 200
    assert b"<script>alert" not in page.content


def test_anyone_pastes_uploads_or_posts_a_receipt(document: dict[str, Any]) -> None:
    text, browser = json.dumps(document, ensure_ascii=False), Client()
    pasted = browser.post("/verify/", {"text": text}).content.decode()
    assert "这张凭据成立" in pasted and "澜江暖能电器" in pasted
    file = SimpleUploadedFile("receipt.json", b"\xef\xbb\xbf" + text.encode())
    assert "这张凭据成立" in browser.post("/verify/", {"file": file}).content.decode()
    answer = browser.post("/api/v1/journal/verify", text, content_type="application/json").json()
    assert (answer["holds"], answer["signed"], answer["sealed"], answer["findings"]) == (True, True, True, [])


def test_a_forged_one_is_told_what_was_altered_in_the_readers_language(document: dict[str, Any]) -> None:
    document["statement"]["terms"]["fee_rate_bp"] = 1
    browser = Client()
    text = browser.post("/verify/", {"text": json.dumps(document)}).content.decode()
    assert "不能采信" in text and "条款 terms.fee_rate_bp" in text
    assert "被改动过" in text
    answer = browser.post("/api/v1/journal/verify", json.dumps(document), content_type="application/json").json()
    assert {"altered", "signature"} == {finding["code"] for finding in answer["findings"]}


def test_nothing_and_too_much_are_refused(db: None) -> None:
    browser = Client()
    assert "请选择文件" in browser.post("/verify/", {}).content.decode()
    assert "请选择文件" in browser.post("/verify/", {"file": io.BytesIO(b"")}).content.decode()
    large = SimpleUploadedFile("receipt.json", b" " * (LIMIT + 1))
    assert "太大" in browser.post("/verify/", {"file": large}).content.decode()
    answer = browser.post("/api/v1/journal/verify", b" " * (LIMIT + 1), content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "journal.receipt_too_large")


def test_the_number_on_paper_tells_only_that_it_stands_and_its_hash(document: dict[str, Any]) -> None:
    slug = document["statement"]["introduction"]
    text = Client().get(f"/verify/?receipt={slug}").content.decode()
    assert document["leaf"] in text and "号封签" in text
    assert "澜江暖能电器" not in text and "1160" not in text
    unknown = Client().get("/verify/?receipt=<script>alert(1)</script>").content.decode()
    assert "没有这个编号" in unknown and "<script>alert" not in unknown


def test_a_receipt_outlives_a_change_of_the_nodes_key(document: dict[str, Any]) -> None:
    crypto.key_path().unlink()
    crypto._load.cache_clear()
    assert crypto.public_key() != document["key"]
    assert Seal.objects.filter(key=document["key"]).exists()
    answer = Client().post("/api/v1/journal/verify", json.dumps(document), content_type="application/json").json()
    assert answer["holds"]
    assert not verify_receipt(document).holds  # offline, only the present key is at hand: give the old one
    assert verify_receipt(document, key=document["key"]).holds


def test_verifying_writes_nothing(document: dict[str, Any]) -> None:
    before = Entry.objects.count()
    Client().post("/verify/", {"text": json.dumps(document)})
    assert Entry.objects.count() == before
