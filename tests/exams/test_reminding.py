"""Who is registered hears that a window is near, that it has opened, and that it closes soon; each once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from tests.exams.examined import DEVICE, HOUR, exam_of, window_of
from tests.world import People
from yinxian.exams.operations.exams import cancel_window
from yinxian.exams.operations.reminding import call, remind
from yinxian.exams.operations.sittings import register, start
from yinxian.kernel import clock
from yinxian.notifications.models import Notice

pytestmark = pytest.mark.django_db
Clock = Callable[[str], None]
OPENS = dt.datetime(2026, 3, 5, 9, tzinfo=clock.SHANGHAI)
CALLS = ("exams.window.began", "exams.window.closing")


def test_the_day_before_once(people: People, frozen: Clock, drain: Callable[[], None]) -> None:
    frozen("2026-03-04T08:00")
    window = window_of(people, opens_at=OPENS, closes_at=OPENS + HOUR)
    register(window_id=window.pk, actor=people.ruoxi)
    assert remind(dt.date(2026, 3, 3)) == 0
    assert remind(dt.date(2026, 3, 4)) == 1 and remind(dt.date(2026, 3, 5)) == 0
    drain()
    assert Notice.objects.filter(user=people.ruoxi, kind="exams.window.near").count() == 1


def test_one_that_has_opened_is_not_near(people: People, frozen: Clock) -> None:
    frozen("2026-03-05T10:00")
    window_of(people, opens_at=OPENS, closes_at=OPENS + 3 * HOUR)
    assert remind(dt.date(2026, 3, 5)) == 0


def test_at_its_opening_and_a_day_before_its_end(people: People, frozen: Clock, drain: Callable[[], None]) -> None:
    """Three days. Heng begins on the first and hears no last call; a window called off calls nobody."""
    frozen("2026-03-04T08:00")
    exam = exam_of(people)
    window, other = (window_of(people, exam, opens_at=OPENS, closes_at=OPENS + dt.timedelta(days=3)) for _ in "ab")
    for one in (people.ruoxi, people.heng):
        register(window_id=window.pk, actor=one)
    register(window_id=other.pk, actor=people.lan)
    cancel_window(window_id=other.pk, actor=people.qiao)
    heard = []
    for moment in ("05T08:59", "05T09:00", "05T09:30", "07T08:59", "07T09:00", "08T08:59", "08T09:00", "09T09:00"):
        frozen(f"2026-03-{moment}")
        before = set(Notice.objects.values_list("pk", flat=True))
        drain()
        new = Notice.objects.filter(kind__in=CALLS).exclude(pk__in=before).order_by("pk")
        heard += [(moment, one.kind, one.user.name) for one in new.select_related("user")]
        if moment == "05T09:30":
            start(sitting_id=window.sittings.get(user=people.heng).pk, actor=people.heng, device=DEVICE)
    assert sorted(heard) == [
        ("05T09:00", "exams.window.began", "周衡"),
        ("05T09:00", "exams.window.began", "沈若溪"),
        ("07T09:00", "exams.window.closing", "沈若溪"),
    ]


def test_a_short_window_is_called_in_its_second_half(people: People, frozen: Clock) -> None:
    frozen("2026-03-04T08:00")
    window_of(people, opens_at=OPENS, closes_at=OPENS + 2 * HOUR)
    said = []
    for minute in ("08:59", "09:00", "09:59", "10:00", "10:30", "11:00"):
        frozen(f"2026-03-05T{minute}")
        said.append(call())
    assert said == [0, 1, 0, 1, 0, 0]


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "开考了"), ("en", "has opened; it closes on")])
def test_it_is_read_in_both_languages(
    people: People,
    frozen: Clock,
    drain: Callable[[], None],
    client_of: Callable[..., Client],
    language: str,
    words: str,
) -> None:
    frozen("2026-03-05T09:00")
    register(window_id=window_of(people, opens_at=OPENS, closes_at=OPENS + HOUR).pk, actor=people.ruoxi)
    drain()
    with translation.override(language):
        page = client_of(people.ruoxi).get("/notices/", headers={"accept-language": language}).content.decode()
    assert words in page
