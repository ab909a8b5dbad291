"""The same answer sent twice, a paper handed in twice, a stolen session: by the page and by the API."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.exams.examined import DEVICE, OTHER, right_answer, started, window_of
from tests.world import People
from yinxian.exams.models import Answer, Sitting
from yinxian.journal.models import Entry

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]


def kept() -> tuple[list[Any], int]:
    return list(Answer.objects.order_by("pk").values_list("content", "saved_at")), Entry.objects.count()


def test_the_same_answer_twice_on_the_page(people: People, client_of: Browser) -> None:
    window, browser = window_of(people), client_of(people.ruoxi)
    browser.post(f"/exams/windows/{window.slug}/register/")
    sitting = Sitting.objects.get()
    path = f"/exams/sittings/{sitting.slug}/"
    browser.post(f"{path}start/")
    chosen = {"chosen": sitting.items.get(number=1).order[0]}
    assert browser.post(f"{path}1/", chosen).status_code == 302
    before = kept()
    assert browser.post(f"{path}1/", chosen).status_code == 302
    assert kept() == before and len(before[0]) == 1
    for _again in range(2):
        assert browser.post(f"{path}submit/", follow=True).status_code == 200
    assert Entry.objects.filter(name="exams.sitting.submitted").count() == 1
    assert "没有保存" in browser.post(f"{path}1/", chosen, follow=True).content.decode()


def test_the_same_answer_twice_by_the_api(people: People, client_of: Browser) -> None:
    sitting, browser = started(people), client_of(people.ruoxi)
    items = sitting.items.select_related("version__question")
    answers = {str(item.number): right_answer(item) for item in items}
    base = f"/api/v1/exams/sittings/{sitting.slug}"

    def sent(path: str, body: dict[str, Any]) -> Any:
        return browser.post(f"{base}/{path}", json.dumps(body), content_type="application/json")

    first = sent("answers", {"device": DEVICE, "answers": answers})
    before = kept()
    again = sent("answers", {"device": DEVICE, "answers": answers})
    assert first.status_code == again.status_code == 200 and first.json() == again.json() and kept() == before
    stolen = sent("answers", {"device": OTHER, "answers": {"1": {}}})
    assert (stolen.status_code, stolen.json()["code"]) == (409, "exams.other_device")
    assert stolen.json()["message"] and kept()[0] == before[0]
    assert sent("submit", {"device": OTHER}).json()["code"] == "exams.other_device"
    assert [sent("submit", {"device": DEVICE}).status_code for _again in range(2)] == [200, 200]
    assert Entry.objects.filter(name="exams.sitting.submitted").count() == 1
