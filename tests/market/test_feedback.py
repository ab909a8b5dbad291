"""A wrong line goes with one click, corrections are kept and counted; a model's draft is a version like any other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.world import People
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.market.models import Brief, Correction, ModelDraft, Need
from yinxian.market.operations import drafts
from yinxian.market.operations.briefs import new_version, submit_need
from yinxian.market.operations.drafts import ask_draft, run_draft
from yinxian.market.operations.feedback import take_out
from yinxian.market.queries.feedback import report_of

from .model_server import GOOD, Model, serve

WORDS = (
    "热水器一氧化碳偏高，每年退货损失30万元。目标：出口一氧化碳不超过50ppm，寿命≥5年。"
    "委托开发，预算50万元，6个月内完成。"
)


@pytest.fixture
def need(people: People) -> Need:
    return submit_need(owner_id=people.buyer.pk, actor=people.ruoxi, raw_words=WORDS, title="一氧化碳消除")


def present(need: Need) -> Brief:
    brief = need.current_brief
    assert brief is not None
    return brief


def test_a_line_taken_out_is_a_version_a_correction_and_an_entry(people: People, need: Need) -> None:
    first = present(need)
    brief = take_out(need_id=need.pk, actor=people.ruoxi, line="indicators", place=1, seen=first.number)
    assert [one["name"] for one in brief.content["indicators"]] == [first.content["indicators"][0]["name"]]
    (kept,) = Correction.objects.all()
    assert (kept.line, kept.kind, kept.was["name"], kept.now) == ("indicators", "removed", "寿命", None)
    assert kept.quote == "寿命≥5年" and kept.by == people.ruoxi and kept.brief == brief
    entry = Entry.objects.get(name="market.need.brief_corrected")
    assert entry.data == {"number": 2, "lines": ["indicators"]}


@pytest.mark.parametrize(("line", "gone"), [("budget", None), ("duration_months", None), ("modes", [])])
def test_every_kind_of_line_can_be_taken_out(people: People, need: Need, line: str, gone: Any) -> None:
    brief = take_out(need_id=need.pk, actor=people.ruoxi, line=line, place=0, seen=1)
    assert brief.content[line] == gone


@pytest.mark.parametrize(
    ("line", "place"), [("indicators", 9), ("indicators", -1), ("deadline", 0), ("problem", 0), ("x", 0)]
)
def test_a_line_that_is_not_there_is_refused_and_nothing_changes(
    people: People, need: Need, line: str, place: int
) -> None:
    with pytest.raises(Invalid) as refused:
        take_out(need_id=need.pk, actor=people.ruoxi, line=line, place=place, seen=1)
    assert refused.value.code == "market.brief_line_gone"
    assert present(need).number == 1 and not Correction.objects.exists()


def test_a_stranger_and_one_who_read_an_older_version_are_refused(people: People, need: Need) -> None:
    with pytest.raises(Forbidden):
        take_out(need_id=need.pk, actor=people.lan, line="budget", place=0, seen=1)
    take_out(need_id=need.pk, actor=people.ruoxi, line="budget", place=0, seen=1)
    with pytest.raises(Conflict):
        take_out(need_id=need.pk, actor=people.ruoxi, line="modes", place=0, seen=1)
    assert present(need).number == 2 and Correction.objects.count() == 1


def test_what_is_changed_by_hand_is_kept_as_changed_added_and_removed(people: People, need: Need) -> None:
    content = dict(present(need).content)
    rows = [dict(one) for one in content["indicators"]]
    rows[0]["high"] = "40"
    rows[1] = {"name": "压降", "op": "<=", "low": None, "high": "80", "unit": "Pa", "quote": ""}
    new_version(
        need_id=need.pk,
        actor=people.ruoxi,
        content=content | {"indicators": rows, "budget": {"low_fen": 1, "high_fen": 2}},
        seen=1,
    )
    kinds = sorted((one.line, one.kind) for one in Correction.objects.all())
    assert kinds == [
        ("budget", "changed"),
        ("indicators", "added"),
        ("indicators", "changed"),
        ("indicators", "removed"),
    ]


def test_the_report_counts_by_line_and_only_ones_own_association(people: People, need: Need) -> None:
    take_out(need_id=need.pk, actor=people.ruoxi, line="indicators", place=1, seen=1)
    take_out(need_id=need.pk, actor=people.ruoxi, line="budget", place=0, seen=2)
    association = people.buyer.admitted_by
    assert association is not None
    report = report_of([association.pk])
    counts = {one.line: (one.removed, one.changed, one.added, one.needs) for one in report.lines}
    assert (report.needs, report.touched) == (1, 1)
    assert counts["indicators"] == (1, 0, 0, 1) and counts["budget"] == (1, 0, 0, 1) and counts["field"] == (0, 0, 0, 0)
    assert report_of([0]).touched == 0


def test_the_page_shows_lines_tied_to_their_words_and_one_click_takes_one_out(
    people: People, need: Need, client_of: Callable[..., Client]
) -> None:
    client = client_of(people.ruoxi)
    page = client.get(f"/needs/{need.slug}/brief/").content.decode()
    assert 'data-line="l0"' in page and 'data-said="l0' in page
    assert "part-target" in page and "像真要买" in page
    sent = client.post(f"/needs/{need.slug}/brief/take-out/", {"line": "indicators:1", "seen": "1"})
    assert sent.status_code == 302 and present(need).number == 2
    for line in ("", "indicators", "indicators:x", "indicators:99999999999", "budget:²"):
        assert client.post(f"/needs/{need.slug}/brief/take-out/", {"line": line, "seen": "2"}).status_code == 422
    assert present(need).number == 2


def test_the_report_page_is_for_reviewers(people: People, need: Need, client_of: Callable[..., Client]) -> None:
    take_out(need_id=need.pk, actor=people.ruoxi, line="budget", place=0, seen=1)
    assert "预算" in client_of(people.qiao).get("/briefs/report/").content.decode()
    assert client_of(people.ruoxi).get("/briefs/report/").status_code == 403


@pytest.fixture
def model(settings: Any) -> Iterator[Model]:
    with serve(Model()) as running:
        settings.YINXIAN_MODEL_URL, settings.YINXIAN_MODEL_NAME = running.url, "any"
        settings.YINXIAN_MODEL_SECONDS = 0.5
        running.answer = GOOD | {
            "problem": "热水器一氧化碳偏高",
            "target": "出口一氧化碳不超过50ppm",
            "indicators": [
                {"name": "出口一氧化碳", "op": "<=", "low": None, "high": 50, "unit": "ppm", "quote": "不超过50ppm"},
                {"name": "压降", "op": "<=", "low": None, "high": 80, "unit": "Pa", "quote": "压降≤80Pa"},
            ],
        }
        yield running


def test_a_draft_is_a_new_version_and_says_what_was_dropped(people: People, need: Need, model: Model) -> None:
    asked = ask_draft(need_id=need.pk, actor=people.ruoxi)
    assert asked.state == "waiting" and model.asked == []
    assert ask_draft(need_id=need.pk, actor=people.ruoxi) == asked
    done = run_draft(draft_id=asked.pk)
    assert done.state == "done" and done.brief == present(need) and present(need).number == 2
    assert any("80" in one["words"] for one in done.dropped)
    assert not Correction.objects.exists()  # the model's changes are no corrections by people
    assert run_draft(draft_id=asked.pk).brief == done.brief and len(model.asked) == 1


def test_the_worker_drafts_outside_any_transaction(
    people: People, need: Need, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    depth: list[int] = []
    outer = len(connection.savepoint_ids)
    real = drafts.draft
    monkeypatch.setattr(drafts, "draft", lambda *a: (depth.append(len(connection.savepoint_ids)), real(*a))[1])
    asked = ask_draft(need_id=need.pk, actor=people.ruoxi)
    run_draft(draft_id=asked.pk)
    assert depth == [outer]


def test_a_model_that_fails_leaves_the_version_and_the_page_says_why(
    people: People, need: Need, model: Model, client_of: Callable[..., Client]
) -> None:
    model.mode = "status"
    asked = run_draft(draft_id=ask_draft(need_id=need.pk, actor=people.ruoxi).pk)
    assert (asked.state, asked.problem, asked.detail) == ("failed", "status", "503")
    assert present(need).number == 1
    assert "模型服务报错" in client_of(people.ruoxi).get(f"/needs/{need.slug}/brief/").content.decode()


def test_a_draft_does_not_overwrite_what_a_person_saved_meanwhile(people: People, need: Need, model: Model) -> None:
    asked = ask_draft(need_id=need.pk, actor=people.ruoxi)
    take_out(need_id=need.pk, actor=people.ruoxi, line="budget", place=0, seen=1)
    done = run_draft(draft_id=asked.pk)
    assert (done.state, done.problem) == ("failed", "changed")
    assert present(need).number == 2


def test_without_a_model_nothing_is_asked_and_strangers_are_refused(people: People, need: Need, settings: Any) -> None:
    with pytest.raises(Conflict) as refused:
        ask_draft(need_id=need.pk, actor=people.ruoxi)
    assert refused.value.code == "market.no_model"
    with pytest.raises(Forbidden):
        ask_draft(need_id=need.pk, actor=people.lan)
    assert not ModelDraft.objects.exists()


def test_the_page_asks_and_the_fragment_tells(
    people: People, need: Need, model: Model, client_of: Callable[..., Client]
) -> None:
    client = client_of(people.ruoxi)
    assert client.post(f"/needs/{need.slug}/brief/draft/").status_code == 302
    assert 'hx-trigger="every 2s"' in client.get(f"/needs/{need.slug}/brief/draft/").content.decode()
    run_draft(draft_id=ModelDraft.objects.get().pk)
    shown = client.get(f"/needs/{need.slug}/brief/draft/").content.decode()
    assert "看第 2 版" in shown and "hx-trigger" not in shown and "压降" in shown
