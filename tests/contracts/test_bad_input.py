"""Files and templates that cannot be, at the pages and over the API: said in a sentence, kept what can be kept."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.contracts.test_draft_files import a_word, p
from tests.contracts.test_own_templates import with_line
from tests.contracts.test_signatures import PASSWORD, certificate
from tests.world import People
from yinxian.contracts.clause_check.files import UNPACKED
from yinxian.contracts.models import CheckedDraft, Contract, OwnTemplate, SignedCopy
from yinxian.contracts.operations import copy_template
from yinxian.contracts.signing import authority
from yinxian.kernel import clock

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
CHANGED = (
    "<w:p><w:r><w:t>乙方</w:t></w:r><w:del><w:r><w:delText>应当尽力</w:delText></w:r></w:del>"
    "<w:ins><w:r><w:t>保证研发成功</w:t></w:r></w:ins></w:p>"
)


def checked(client: Client, data: bytes, name: str = "对方.docx") -> Any:
    return client.post(reverse("contracts:new_draft"), {"file": SimpleUploadedFile(name, data)}, follow=True)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (a_word(CHANGED), "a.docx", "按全部接受来读"),
        (a_word(p("乙方保证研发成功"), **{"word__vbaProject.bin": b"x"}), "a.docm", "没有运行，也没有保留"),
        (a_word(p("甲方应当按约定付款。" * 60) * 5_000), "a.docx", "最多二十万字"),
    ],
    ids=["tracked", "macros", "pages"],
)
def test_a_word_file_is_read_and_the_page_says_how(
    people: People, client_of: Browser, data: bytes, name: str, said: str
) -> None:
    page = checked(client_of(people.ruoxi), data, name)
    assert page.status_code == 200 and said in page.content.decode()
    assert CheckedDraft.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (a_word(p("甲方"), **{"word__media": b"0" * (UNPACKED + 1)}), "没有"),
        (a_word(p("&b;"), '<!DOCTYPE w [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'), "没有"),
        (a_word(p("甲方"))[:80], "没有"),
    ],
    ids=["too long", "entities", "half"],
)
def test_a_word_file_that_cannot_be_is_told_and_not_kept(
    people: People, client_of: Browser, data: bytes, said: str
) -> None:
    page = checked(client_of(people.ruoxi), data)
    assert page.status_code == 422 and 'role="alert"' in page.content.decode() and said in page.content.decode()
    assert not CheckedDraft.objects.exists()


def test_words_too_long_for_the_api_are_told(people: People, client_of: Browser) -> None:
    told = client_of(people.ruoxi).post(
        "/api/v1/contracts/drafts/check", {"words": "甲" * 200_001}, content_type="application/json"
    )
    assert told.status_code == 422 and not CheckedDraft.objects.exists()


def sign(client: Client, contract: Contract, data: bytes, password: str = PASSWORD) -> str:
    given = {"revision": 1, "password": password, "certificate": SimpleUploadedFile("a.p12", data)}
    page = client.post(f"/contracts/{contract.slug}/signatures/", given)
    assert page.status_code == 422 and not SignedCopy.objects.exists()
    text: str = page.content.decode()
    assert password not in text, "a password is never sent back"
    return text


def test_a_certificate_that_cannot_sign_is_told_on_the_page(
    people: People, offered: Contract, client_of: Browser, frozen: Callable[[str], None]
) -> None:
    short, good = certificate(days=3), certificate()
    assert "密码不对" in sign(client_of(people.heng), offered, good, "错的密码")
    assert "密码不对" in sign(client_of(people.heng), offered, b"no certificate" * 50)
    frozen((clock.today() + dt.timedelta(days=30)).isoformat() + "T09:00")
    assert "过期" in sign(client_of(people.heng), offered, short) or "有效期" in sign(
        client_of(people.heng), offered, short
    )
    shutil.rmtree(authority.folder())  # another authority from here on
    assert "信任" in sign(client_of(people.heng), offered, good)


@pytest.fixture
def own(people: People) -> OwnTemplate:
    return copy_template(
        association_id=people.association.pk, kind="development", sub_kind="commissioned", actor=people.qiao
    )


@pytest.mark.parametrize("words", ["{nothing}", "{% for a in b %}", "{{ a }}", "{a.b}", "{a[0]}", "{"])
def test_a_field_that_nobody_knows_and_a_loop_are_told_by_the_api(
    people: People, own: OwnTemplate, client_of: Browser, words: str
) -> None:
    body = {"revision": 1, "content": with_line(own, words)}
    url = f"/api/v1/contracts/templates/own/{own.slug}"
    told = client_of(people.qiao).put(url, body, content_type="application/json")
    assert told.status_code == 422 and told.json()["message"], told.content
    own.refresh_from_db()
    assert own.revision == 1
