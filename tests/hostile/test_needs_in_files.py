"""What firms hand in and write that is not as it should be, by page and by API: each is told in the reader's language
what is wrong and what was kept, and nothing of it is lost or half saved."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.market.test_intake_files import docx, empty_pdf, text_pdf, xlsx
from tests.world import People
from yinxian.market.models import Brief, ImportRun, Need

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
LOCKED = OLE + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 100
NEEDS = [["除尘滤袋", "水泥窑滤袋三个月就破，希望一年不破，粉尘不超过10mg/m³。", "50万元"],
         ["一氧化碳消除", "热水器一氧化碳偏高，希望出口不超过50ppm，成本增加少。", "60万元"]]  # fmt: skip


def cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def broken_sheet() -> bytes:
    """A whole archive whose sheet is no XML."""
    import io
    import zipfile

    whole, file = xlsx(NEEDS), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<worksheet><sheetData><row" if "sheet1" in name else old.read(name))
    return file.getvalue()


FILES = {
    "pictures.pdf": (empty_pdf(), "没有文字", "no text"),
    "locked.pdf": (empty_pdf("secret"), "加了密码", "password"),
    "damaged.pdf": (cut(text_pdf("dust filter")), "", ""),
    "damaged.docx": (cut(docx("滤袋三个月就破")), "可能已损坏", "damaged"),
    "damaged.xlsx": (cut(xlsx(NEEDS)), "可能已损坏", "damaged"),
    "broken.xlsx": (broken_sheet(), "可能已损坏", "damaged"),
    "locked.docx": (LOCKED, "加了密码", "password"),
    "locked.xlsx": (LOCKED, "加了密码", "password"),
    "old.doc": (OLE, "读不了这种文件", "cannot be read"),
    "two.xlsx": (xlsx(NEEDS), "不止一条需求", "more than one need"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_holds_no_words_to_read_is_told_by_page_and_api(
    people: People, client_of: ClientOf, name: str
) -> None:
    data, chinese, english = FILES[name]
    browser = client_of(people.heng)
    for language, told in (("zh-hans", chinese), ("en", english)):
        browser.cookies["django_language"] = language
        given = {"owner": people.buyer.slug, "title": "留住我", "raw_words": "typed words"}
        page = browser.post("/needs/new/", {**given, "raw_file": SimpleUploadedFile(name, data)})
        if page.status_code == 302:  # a damaged PDF of which something can still be read
            assert name == "damaged.pdf" and "dust filter" in Need.objects.get().raw_words
            return
        text = page.content.decode()
        assert page.status_code == 422 and told in text and "留住我" in text and "typed words" in text
        answer = browser.post("/api/v1/market/needs/file", {**given, "raw_file": SimpleUploadedFile(name, data)})
        assert answer.status_code == 422 and told in answer.json()["message"]
        assert answer.json()["code"].startswith("market.file_")
    assert not Need.objects.exists()


@pytest.mark.parametrize("name", ["locked.xlsx", "damaged.xlsx", "broken.xlsx", "old.doc", "pictures.pdf"])
def test_a_list_that_cannot_be_read_is_told_by_page_and_api(people: People, client_of: ClientOf, name: str) -> None:
    browser, data = client_of(people.heng), FILES[name][0]
    for language, kept in (("zh-hans", "没有保存"), ("en", "othing was saved")):
        browser.cookies["django_language"] = language
        given = {"kind": "needs", "owner": people.buyer.slug}
        shown = {"kind": "needs", "owner": people.buyer.pk, "file": SimpleUploadedFile(name, data)}
        page = browser.post("/import/", shown)
        answer = browser.post("/api/v1/market/imports", {**given, "file": SimpleUploadedFile(name, data)})
        assert page.status_code == answer.status_code == 422
        assert answer.json()["code"] == "kernel.unreadable_file" and kept in page.content.decode()
        assert kept in answer.json()["message"], answer.json()["message"]
        assert "locked" not in name or {"zh-hans": "密码", "en": "password"}[language] in answer.json()["message"]
    assert not ImportRun.objects.exists()


def test_a_sheet_without_a_header_is_a_list_by_the_api_too(
    people: People, client_of: ClientOf, drain: Callable[[], None]
) -> None:
    browser = client_of(people.heng)
    given = {"kind": "needs", "owner": people.buyer.slug, "file": SimpleUploadedFile("榜单.xlsx", xlsx(NEEDS))}
    made = browser.post("/api/v1/market/imports", given)
    assert made.status_code == 201 and (made.json()["rows"], made.json()["faults"]) == (2, 0)
    slug = made.json()["slug"]
    assert not Need.objects.exists()
    assert client_of(people.lan).get(f"/api/v1/market/imports/{slug}").status_code == 404
    assert client_of(people.lan).post(f"/api/v1/market/imports/{slug}/start").status_code == 404
    assert browser.post(f"/api/v1/market/imports/{slug}/start").json()["state"] == "queued"
    drain()
    assert browser.get(f"/api/v1/market/imports/{slug}").json()["added"] == 2
    assert [row["slug"] for row in browser.get("/api/v1/market/imports").json()] == [slug]
    assert set(Need.objects.values_list("title", flat=True)) == {"除尘滤袋", "一氧化碳消除"}


def test_a_list_may_be_left_by_the_api_and_strangers_may_not_bring_one(people: People, client_of: ClientOf) -> None:
    sheet = xlsx(NEEDS)
    given = {"kind": "needs", "owner": people.buyer.slug, "file": SimpleUploadedFile("a.xlsx", sheet)}
    assert client_of(people.stray).post("/api/v1/market/imports", given).status_code == 403
    assert not ImportRun.objects.exists()
    given["file"] = SimpleUploadedFile("a.xlsx", sheet)
    slug = client_of(people.heng).post("/api/v1/market/imports", given).json()["slug"]
    assert client_of(people.heng).post(f"/api/v1/market/imports/{slug}/cancel").json()["state"] == "cancelled"
    assert client_of(people.heng).post(f"/api/v1/market/imports/{slug}/start").status_code == 409
    assert not Need.objects.exists()
    for wrong in ({"kind": "people"}, {"owner": "O-none"}):
        sent = {"kind": "needs", "owner": people.buyer.slug, "file": SimpleUploadedFile("a.xlsx", sheet)} | wrong
        assert client_of(people.heng).post("/api/v1/market/imports", sent).status_code in (404, 422)


def test_a_file_comes_in_by_the_api_and_is_kept(people: People, client_of: ClientOf) -> None:
    file = SimpleUploadedFile("需求.docx", docx("滤袋三个月就破，希望寿命不低于1年。"))
    given = {"owner": people.buyer.slug, "title": "滤袋", "raw_file": file}
    made = client_of(people.heng).post("/api/v1/market/needs/file", given)
    assert made.status_code == 201 and not made.json()["cut"]
    need = Need.objects.get()
    assert "预算：50万元" in need.raw_words and need.raw_file.size
    given["raw_file"] = SimpleUploadedFile("需求.docx", docx("滤袋"))
    assert client_of(people.stray).post("/api/v1/market/needs/file", given).status_code == 403
    assert Need.objects.count() == 1


def test_a_file_longer_than_is_read_is_kept_whole_and_says_so(people: People, client_of: ClientOf) -> None:
    long = ("滤袋寿命不低于1年。" * 22_000).encode()
    browser = client_of(people.heng)
    for language, told in (("zh-hans", "只读了前 20 万字"), ("en", "200,000")):
        browser.cookies["django_language"] = language
        given = {"owner": people.buyer.slug, "raw_words": "", "title": language}
        page = browser.post("/needs/new/", {**given, "raw_file": SimpleUploadedFile("长.txt", long)}, follow=True)
        assert page.status_code == 200 and told in page.content.decode()
        assert Need.objects.get().raw_file.size == len(long)
        Brief.objects.all().delete()
        Need.objects.all().delete()
    given = {"owner": people.buyer.slug, "raw_file": SimpleUploadedFile("长.txt", long)}
    assert browser.post("/api/v1/market/needs/file", given).json()["cut"] is True
