"""A manager introduces themselves in two languages; each reader gets the one they read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.world import People
from yinxian.network.models import ManagerProfile

CHINESE, ENGLISH = "在热水器厂做过六年试验。", "Six years of tests in a water-heater factory."


@pytest.mark.parametrize(
    ("language", "written", "shown"),
    [
        ("zh-hans", {"bio": CHINESE, "bio_en": ENGLISH}, CHINESE),
        ("en", {"bio": CHINESE, "bio_en": ENGLISH}, ENGLISH),
        ("en", {"bio": CHINESE, "bio_en": ""}, CHINESE),
        ("zh-hans", {"bio": "", "bio_en": ENGLISH}, ENGLISH),
    ],
)
def test_the_reader_gets_the_language_they_read(
    people: People, client_of: Callable[..., Client], language: str, written: dict[str, str], shown: str
) -> None:
    browser = client_of(people.ruoxi)
    form = {"kind": "market", "years": "9", "languages": ["zh", "en"], "open_to_work": "on", **written}
    assert browser.post(reverse("network:manager_profile"), form).status_code == 302
    profile = ManagerProfile.objects.get(user=people.ruoxi)
    assert (profile.bio, profile.bio_en) == (written["bio"], written["bio_en"])
    reader = client_of(people.mingyuan)
    reader.cookies["django_language"] = language
    other = (set(written.values()) - {shown}).pop() if len(set(written.values())) > 1 else ""
    for url in (reverse("network:manager", args=[profile.slug]), reverse("network:managers")):
        page = reader.get(url).content.decode()
        assert shown in page, url
        assert not other or other not in page, url
