"""Keys and explanations reach no candidate before the release, on no page, in no answer of the API, in no file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from tests.exams.examined import DEVICE, exam_of, graders, handed_in, started, window_of
from tests.world import People
from yinxian.exams.models import PaperItem, Question, QuestionVersion, Sitting, Window
from yinxian.exams.operations.grading import grade, release
from yinxian.exams.operations.sittings import take_over
from yinxian.journal.models import Entry
from yinxian.kernel import crypto
from yinxian.network.models import User

pytestmark = pytest.mark.django_db
Clock = Callable[[str], None]
Browser = Callable[..., Client]


@pytest.fixture
def marked(people: People) -> Window:
    """Every explanation, source, guide and key of the bank carries a word that no candidate may meet."""
    exam = exam_of(people)
    for version in QuestionVersion.objects.select_related("question"):
        values = {name: getattr(version, name) for name in ("difficulty", "tags", "text", "text_en", "options", "key")}
        values["explanation"] = values["explanation_en"] = values["article"] = values["article_en"] = "秘密解析"
        if version.question.kind == "short":
            values["key"] = {"guide": "秘密解析", "guide_en": "秘密解析"}
        made = QuestionVersion(question=version.question, number=2, written_by=people.qiao, **values)
        version.state, version.retired_at = "retired", version.written_at
        version.save(update_fields=["state", "retired_at"])
        made.state, made.reviewed_at = "reviewed", version.reviewed_at
        made.save()
    return window_of(people, exam)


def candidate_pages(sitting: Sitting, association: str) -> Iterator[str]:
    """Everything of exams that has an address, as a candidate may try it."""
    question, window = Question.objects.filter(kind="short")[0], sitting.window
    own = f"/exams/sittings/{sitting.slug}/"
    yield from ("/exams/", "/exams/grading/", own, f"{own}result/")
    yield from (f"/exams/sittings/{sitting.slug}/{item.number}/" for item in sitting.items.all())
    yield from (f"/exams/grading/{item.pk}/" for item in PaperItem.objects.all())
    for path in ("", "edit/"):
        yield f"/exams/questions/{question.slug}/{path}"
    for path in ("questions/", "questions/?export=csv", "questions/?export=xlsx", "questions/?export=json", "exams/"):
        yield f"/associations/{association}/{path}"
    yield from (f"/exams/of/{window.exam.slug}/", f"/exams/of/{window.exam.slug}/statistics/?export=csv")
    yield from (f"/exams/windows/{window.slug}/", f"/exams/windows/{window.slug}/?export=csv")
    for path in (f"sittings/{sitting.slug}/result", "sittings", "grading", f"associations/{association}/questions"):
        yield f"/api/v1/exams/{path}"
    yield from (f"/api/v1/exams/of/{window.exam.slug}/statistics", f"/api/v1/exams/windows/{window.slug}/candidates")


def shows_nothing(client: Client, sitting: Sitting, people: People) -> None:
    tried = 0
    for path in candidate_pages(sitting, people.association.slug):
        answer = client.get(path, follow=True)
        assert "秘密解析" not in answer.content.decode("utf-8", "replace"), path
        assert '"right"' not in answer.content.decode("utf-8", "replace"), path
        tried += 1
    assert tried > 30


def test_no_page_shows_a_key_before_the_release(people: People, marked: Window, client_of: Browser) -> None:
    sitting = started(people, window=marked)
    client = client_of(people.ruoxi)
    session = client.session
    session["exams_device"] = "x" * 40
    session.save()
    device = f"{'x' * 40}.{crypto.sha256_hex(b'')[:16]}"
    take_over(sitting_id=sitting.pk, actor=people.ruoxi, device=device)
    page = client.get(f"/exams/sittings/{sitting.slug}/1/")
    assert page.status_code == 200, "the candidate does see the question"
    shows_nothing(client, sitting, people)


def test_nor_after_handing_in(people: People, marked: Window, client_of: Browser) -> None:
    sitting = handed_in(people, window=marked)
    shows_nothing(client_of(people.ruoxi), sitting, people)


def test_the_api_gives_the_paper_without_keys(people: People, marked: Window, client_of: Browser) -> None:
    sitting = started(people, window=marked)
    client = client_of(people.ruoxi)
    asked = {"data": json.dumps({"device": DEVICE}), "content_type": "application/json"}
    answer = client.post(f"/api/v1/exams/sittings/{sitting.slug}/paper", **asked)
    assert answer.status_code == 200 and len(answer.json()) == 11
    assert set(answer.json()[0]) == {"number", "kind", "points", "text", "options", "answer"}
    assert "秘密解析" not in answer.content.decode()
    other = client.post(
        f"/api/v1/exams/sittings/{sitting.slug}/paper",
        data=json.dumps({"device": "y" * 20}),
        content_type="application/json",
    )
    assert other.status_code == 409 and other.json()["code"] == "exams.other_device"


def test_somebody_elses_sitting_does_not_exist(people: People, marked: Window, client_of: Browser) -> None:
    sitting = handed_in(people, window=marked)
    stranger = client_of(people.heng)
    for path in ("", "result/", "1/"):
        assert stranger.get(f"/exams/sittings/{sitting.slug}/{path}").status_code == 404
    for path in ("start/", "submit/", "withdraw/", "take-over/", "1/", "1/appeal/"):
        assert stranger.post(f"/exams/sittings/{sitting.slug}/{path}").status_code == 404
    assert stranger.get(f"/api/v1/exams/sittings/{sitting.slug}/result").status_code == 404
    keeper = client_of(people.qiao)
    assert keeper.get(f"/exams/sittings/{sitting.slug}/").status_code == 404, "not even for the association"


def _release(people: People, sitting: Sitting, frozen: Clock, users: list[User]) -> None:
    for user in users[:2]:
        grade(item_id=sitting.items.get(version__question__kind="short").pk, actor=user, hundredths=1500)
    frozen("2026-03-04T13:00")
    release(window_id=sitting.window_id, actor=people.qiao)


@pytest.mark.parametrize("shows", [True, False])
def test_after_the_release_only_where_the_association_shows_them(
    people: People, frozen: Clock, client_of: Browser, *, shows: bool
) -> None:
    frozen("2026-03-04T09:00")
    users = graders(people)
    sitting = handed_in(people, window=window_of(people, shows_paper=shows))
    _release(people, sitting, frozen, users)
    client = client_of(people.ruoxi)
    explanation = sitting.items.all()[0].version.explanation
    page = client.get(f"/exams/sittings/{sitting.slug}/result/").content.decode()
    answer = client.get(f"/api/v1/exams/sittings/{sitting.slug}/result").json()
    assert (explanation in page) is shows
    assert bool(answer["items"][0]["key"]) is shows and bool(answer["items"][0]["explanation"]) is shows
    assert answer["score_bp"] == 9500


def test_graders_see_no_name_and_the_journal_no_answer(people: People, frozen: Clock, client_of: Browser) -> None:
    frozen("2026-03-04T09:00")
    users = graders(people)
    sitting = handed_in(people)
    item = sitting.items.get(version__question__kind="short")
    client = client_of(users[0])
    for path in ("/exams/grading/", f"/exams/grading/{item.pk}/", "/api/v1/exams/grading"):
        page = client.get(path)
        assert page.status_code == 200
        assert people.ruoxi.name not in page.content.decode() and people.ruoxi.slug not in page.content.decode()
    said = json.dumps(list(Entry.objects.filter(name__startswith="exams.").values_list("data", flat=True)))
    for word in ("right", "guide", "chosen", "hundredths"):
        assert word not in said
