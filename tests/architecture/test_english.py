"""English is complete: where nobody has written anything in Chinese, an English reader meets no Chinese word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from allauth.urls import urlpatterns as allauth
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver

from tests.architecture.routes import routes
from yinxian.network.models import ManagerProfile, Membership, Organisation, User

HAN = re.compile(r"[\u3400-\u9fff]+")
SHOWN = {"alt", "title", "placeholder", "aria-label", "content", "data-confirm", "data-label", "value"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
KINDS = Organisation.Kind
NAMES = {name for _code, name in settings.LANGUAGES}  # a language is called as its speakers call it


class Words(HTMLParser):
    """Words and shown attributes of a page, but for what is marked with a language of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.marked: list[bool] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        own = str(given.get("lang") or "").startswith("zh") or tag in ("script", "style")
        if tag not in VOID:
            self.marked.append(own)
        if not own and not any(self.marked):
            self.found += [str(value) for name, value in attrs if name in SHOWN and HAN.search(value or "")]

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.marked:
            self.marked.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.marked) and HAN.search(data):
            self.found.append(data.strip())


def chinese_in(html: str) -> list[str]:
    words = Words()
    words.feed(html)
    return words.found


def of_allauth(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        part = prefix + re.sub(r"^\^|\$$|\\Z", "", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from of_allauth(pattern.url_patterns, part)
        elif "<" not in part and "(" not in part:
            yield part


def pages() -> list[str]:
    ours = [route.address for route in routes() if route.method == "GET" and not route.names]
    return [one for one in ours if not one.startswith("/api/")] + list(of_allauth(allauth, "/accounts/"))


def reader(phone: str, kind: str) -> User:
    """Someone with an English name, an administrator of an organisation with an English name only."""
    user = User.objects.create_user(phone, "a-password-of-tests", name="Milena Petkovic", language="en")
    place = Organisation.objects.create(name=f"Firm {kind}", name_en=f"Firm {kind}", kind=kind)
    Organisation.objects.filter(pk=place.pk).update(admitted_by=place.pk)
    Membership.objects.create(user=user, organisation=place, role=Membership.Role.ADMIN)
    return user


@pytest.mark.django_db
def test_no_page_shows_chinese_to_an_english_reader_who_has_none() -> None:
    manager = reader("13900000201", KINDS.SUPPLIER)
    readers = (None, manager, reader("13900000202", KINDS.ASSOCIATION))
    tracks = [{"field": "06", "evidence": "ten deals"}]
    ManagerProfile.objects.create(user=manager, kind="market", tracks=tracks, regions=["330000"], languages=["en"])
    faults: dict[str, str] = {}
    seen = 0
    for user in readers:
        browser = Client(headers={"accept-language": "en"})
        if user is not None:
            browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        browser.cookies["django_language"] = "en"
        for address in [*pages(), "/nothing/here/", "/deals/D000000000/"]:
            answer = browser.get(address)
            if "text/html" not in answer.headers.get("Content-Type", ""):
                continue
            seen += answer.status_code == 200
            if found := [words for words in chinese_in(answer.content.decode()) if words not in NAMES]:
                faults[address] = " | ".join(found)[:300]
    assert seen > 80
    assert faults == {}, "\n".join(f"{page}: {words}" for page, words in faults.items())
