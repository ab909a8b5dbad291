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
    for url in (reverse("network:manager", args=[profile.slug]),):
        page = reader.get(url).content.decode()
        assert shown in page, url
        assert not other or other not in page, url


def test_the_evidence_of_a_track_is_read_in_the_readers_language(
    people: People, client_of: Callable[..., Client]
) -> None:
    browser = client_of(people.ruoxi)
    form = {"kind": "market", "years": "9", "track_06": CHINESE, "track_en_06": ENGLISH, "track_en_07": "Wind tunnels"}
    assert browser.post(reverse("network:manager_profile"), form).status_code == 302
    kept = ManagerProfile.objects.get(user=people.ruoxi)
    assert [(t["field"], t["evidence"], t["evidence_en"]) for t in kept.tracks] == [
        ("06", CHINESE, ENGLISH),
        ("07", "", "Wind tunnels"),
    ]
    again = browser.get(reverse("network:manager_profile")).content.decode()
    assert CHINESE in again and ENGLISH in again, "the form shows what was kept"
    reader = client_of(people.mingyuan)
    for language, shown, other in (("zh-hans", CHINESE, ENGLISH), ("en", ENGLISH, CHINESE)):
        reader.cookies["django_language"] = language
        for url in (reverse("network:manager", args=[kept.slug]),):
            page = reader.get(url).content.decode()
            assert shown in page and other not in page and "Wind tunnels" in page, url
