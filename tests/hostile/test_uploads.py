"""Files that are not what they are called, too large, or in another encoding, at every place that takes one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.deals.deal_world import make_deal
from tests.world import People
from yinxian.deals.models import DealFile
from yinxian.market.models import Evidence, ImportRun, Need

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
BINARY = b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 40
WORDS = "热水器排烟一氧化碳超标，要求降到 50 ppm 以下。"


def bomb(inside: str = "xl/worksheets/sheet1.xml", size: int = 400 * 1024 * 1024) -> bytes:
    """A workbook of a few hundred kB that unfolds to 400 MB."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open(inside, "w") as part:
            for _turn in range(size // 1024 // 1024):
                part.write(b"0" * 1024 * 1024)
    return file.getvalue()


@pytest.mark.parametrize("name", ["a.pdf", "a.xlsx", "a.docx", "a.txt", "a.csv", "a.jsonl", "无后缀"])
@pytest.mark.parametrize(
    "data", [b"", BINARY, b"PK\x03\x04" + BINARY, b"%PDF-1.7" + BINARY], ids=["empty", "binary", "zip", "pdf"]
)
def test_a_file_that_cannot_be_read_is_told_and_typed_words_stay(
    people: People, client_of: ClientOf, name: str, data: bytes
) -> None:
    browser = client_of(people.heng)
    given = {"owner": people.buyer.slug, "title": "留住我", "raw_words": ""}
    page = browser.post("/needs/new/", {**given, "raw_file": SimpleUploadedFile(name, data)})
    assert page.status_code == 422 and "留住我" in page.content.decode()
    page = browser.post(
        "/import/", {"kind": "needs", "owner": people.buyer.slug, "file": SimpleUploadedFile(name, data)}
    )
    assert page.status_code == 422
    assert not Need.objects.exists() and not ImportRun.objects.exists()


def test_a_workbook_that_unfolds_without_end_is_told(people: People, client_of: ClientOf) -> None:
    browser, data = client_of(people.heng), bomb()
    given = {"owner": people.buyer.slug, "kind": "needs", "raw_words": ""}
    for where, field in (("/needs/new/", "raw_file"), ("/import/", "file")):
        page = browser.post(where, {**given, field: SimpleUploadedFile("a.xlsx", data)})
        assert page.status_code == 422 and "没有" in page.content.decode()
    assert not Need.objects.exists() and not ImportRun.objects.exists()


@pytest.mark.parametrize("codec", ["gbk", "gb18030", "utf-8-sig", "utf-16"])
def test_words_come_in_as_they_were_written(people: People, client_of: ClientOf, codec: str) -> None:
    file = SimpleUploadedFile("需求.txt", WORDS.encode(codec))
    page = client_of(people.heng).post("/needs/new/", {"owner": people.buyer.slug, "raw_words": "", "raw_file": file})
    assert page.status_code == 302
    assert Need.objects.get().raw_words == WORDS


def test_a_file_beyond_the_limit_is_told_at_every_place(people: People, client_of: ClientOf, settings: Any) -> None:
    """The limit is made small here; 50 MB would say the same."""
    settings.YINXIAN_UPLOAD_BYTES = 1024 * 1024
    deal = make_deal(people)
    large = b"%PDF-1.7\n" + b"0" * 1024 * 1024
    places = {
        "/needs/new/": {"owner": people.buyer.slug, "raw_words": "水垢", "raw_file": large},
        "/import/": {"kind": "needs", "owner": people.buyer.slug, "file": large},
        f"/deals/{deal.slug}/file/": {"audience": "all", "file": large},
        f"/deals/{deal.slug}/note/": {"audience": "own", "text": "留住我", "file": large},
    }
    before = Need.objects.count()
    for where, given in places.items():
        sent = {k: SimpleUploadedFile("a.pdf", v) if isinstance(v, bytes) else v for k, v in given.items()}
        page = client_of(people.heng).post(where, sent)
        assert page.status_code == 422, where
        assert "1 MB" in page.content.decode() and "没有保存" in page.content.decode(), where
    assert Need.objects.count() == before
    assert not ImportRun.objects.exists() and not DealFile.objects.exists() and not Evidence.objects.exists()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\x00.pdf", "<script>.pdf", "\u202efdp.exe", "名" * 300 + ".pdf", ".", "CON"]
)
def test_names_of_files_do_no_harm(people: People, client_of: ClientOf, name: str) -> None:
    deal = make_deal(people)
    browser = client_of(people.heng)
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7 words")
    upload._name = name
    page = browser.post(f"/deals/{deal.slug}/file/", {"audience": "all", "file": upload})
    assert page.status_code in (302, 422)
    for kept in DealFile.objects.all():
        assert "/" not in kept.name and "\x00" not in kept.name and "\u202e" not in kept.name and "<" not in kept.name
        assert len(kept.name) <= 120
    assert b"<script>.pdf" not in browser.get(f"/deals/{deal.slug}/").content
