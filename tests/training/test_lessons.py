"""The product's own course: true to the product, complete in both languages, counted once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.conftest import ROOT
from tests.world import People
from yinxian.credentials.models import Module, Proof
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Invalid
from yinxian.training.lessons import Lesson, all_lessons, rendered
from yinxian.training.models import LessonRead
from yinxian.training.operations.lessons import answer_lesson

LESSONS = all_lessons()
BOLD = re.compile(r"\*\*(.+?)\*\*")
HAN = re.compile(r"[\u4e00-\u9fff]")


def catalogue() -> list[polib.POEntry]:
    paths = sorted((ROOT / "src/yinxian").glob("*/locale/en/LC_MESSAGES/django.po"))
    return [entry for path in paths for entry in polib.pofile(str(path))]


def on_templates() -> tuple[set[str], set[str]]:
    """What stands in templates and code, in Chinese and in English."""
    entries = catalogue()
    return {entry.msgid for entry in entries}, {entry.msgstr for entry in entries}


def test_there_are_twelve_and_each_has_both_languages() -> None:
    assert len(LESSONS) == 12 and len({lesson.name for lesson in LESSONS}) == 12
    for lesson in LESSONS:
        words = lesson.words
        assert lesson.kind in Module.values and 10 <= lesson.minutes <= 30
        assert len(words["choices"]) == len(words["choices_en"]) == 3 and 0 <= lesson.right < 3
        for key in ("title", "what", "body", "question"):
            assert HAN.search(words[key]) and not HAN.search(words[f"{key}_en"])
    assert {lesson.kind for lesson in LESSONS} == set(Module.values)
    assert len({lesson.right for lesson in LESSONS}) == 3


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_every_button_that_a_lesson_names_is_one_of_the_product(lesson: Lesson) -> None:
    chinese, english = on_templates()
    named, named_en = BOLD.findall(lesson.words["body"]), BOLD.findall(lesson.words["body_en"])
    assert [name for name in named if name not in chinese] == []
    assert [name for name in named_en if name not in english] == []
    assert len(named) >= 3 and len(named) == len(named_en)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_what_is_bold_in_one_language_is_the_same_thing_in_the_other(lesson: Lesson) -> None:
    pairs = {(entry.msgid, entry.msgstr) for entry in catalogue()}
    named, named_en = BOLD.findall(lesson.words["body"]), BOLD.findall(lesson.words["body_en"])
    missing = [name for name in named if not any((name, other) in pairs for other in named_en)]
    assert missing == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_every_link_of_a_lesson_is_a_page(
    people: People, client_of: Callable[..., Client], lesson: Lesson, language: str
) -> None:
    """For a manager, for an agency's finance or for a supplier: not every page is everyone's."""
    readers = [client_of(user) for user in (people.ruoxi, people.yuan, people.lan)]
    with translation.override(language):
        links = re.findall(r'href="([^"]+)"', lesson.body)
    assert links and all(link.startswith("/") for link in links)
    for link in set(links):
        assert any(reader.get(link, follow=True).status_code == 200 for reader in readers), link


def test_html_in_a_lesson_stays_text() -> None:
    assert "<script>" not in rendered("<script>alert(1)</script>\n\n[x](javascript:alert(1))")


def test_a_wrong_name_of_a_page_fails_at_once() -> None:
    from django.urls import NoReverseMatch

    with pytest.raises(NoReverseMatch):
        rendered("[x](page:market:nowhere)")


@pytest.mark.django_db
def test_the_right_answer_counts_once_as_hours(people: People, drain: Callable[[], None]) -> None:
    lesson = LESSONS[0]
    for wrong in (lesson.right + 1, -1, 99, True):
        with pytest.raises(Invalid):
            answer_lesson(lesson=lesson.name, actor=people.ruoxi, choice=wrong)
    assert not LessonRead.objects.exists()
    for _again in range(2):
        answer_lesson(lesson=lesson.name, actor=people.ruoxi, choice=lesson.right)
    drain()
    proof = Proof.objects.get(user=people.ruoxi)
    assert (proof.kind, proof.name, proof.amount) == ("hours", lesson.kind, lesson.minutes)
    assert proof.path == reverse("training:lesson", args=[lesson.name])
    assert Entry.objects.filter(name="training.lesson.read").count() == 1


@pytest.mark.django_db
def test_pages_are_read_without_an_account_and_answered_with_one(
    people: People, client_of: Callable[..., Client]
) -> None:
    lesson = LESSONS[0]
    url = reverse("training:lesson", args=[lesson.name])
    nobody, reader = Client(), client_of(people.ruoxi)
    assert nobody.get(reverse("training:lessons")).status_code == nobody.get(url).status_code == 200
    assert nobody.post(url, {"choice": lesson.right}).status_code == 302 and not LessonRead.objects.exists()
    for junk in ("", "x", "9" * 50, str((lesson.right + 1) % 3), "²"):
        assert reader.post(url, {"choice": junk}).status_code == 422
    assert reader.post(url, {"choice": lesson.right}).status_code == 302
    assert LessonRead.objects.get().user == people.ruoxi
    assert nobody.get("/training/lessons/nothing/").status_code == 404


def test_lessons_are_files_of_the_package() -> None:
    folder = Path(ROOT / "src/yinxian/training/lesson_files")
    assert len(list(folder.glob("*.toml"))) == len(LESSONS)
