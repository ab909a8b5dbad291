"""A need's words, the versions of its brief, and the client's answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tests.world import People
from yinxian.journal.models import Entry
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.market.intake.differences import compare_briefs, compare_words
from yinxian.market.models import Brief, BriefComment, Need
from yinxian.market.operations.briefs import (
    answer_by_link,
    ask_sign_off,
    brief_of_link,
    new_version,
    sign_off,
    submit_need,
)
from yinxian.market.operations.needs import move_need

WORDS = "热水器低温启动时一氧化碳偏高。目标：出口一氧化碳不超过50ppm，寿命≥5年。预算40-60万元，6个月内完成样机。"
State = Need.State


def submitted(people: People, **given: Any) -> Need:
    return submit_need(**{"owner_id": people.buyer.pk, "actor": people.ruoxi, "raw_words": WORDS, **given})


def edited(need: Need, **changes: Any) -> dict[str, Any]:
    assert need.current_brief
    return {**need.current_brief.content, **changes}


def test_words_become_a_need_with_its_first_brief_and_are_kept_as_written(people: People) -> None:
    need = submitted(people)
    assert need.raw_words == WORDS and need.state == State.SUBMITTED
    assert need.manager == people.ruoxi and need.owner == people.buyer
    assert need.current_brief and need.current_brief.number == 1
    assert (need.budget_low_fen, need.budget_high_fen) == (40_000_000, 60_000_000)
    assert Entry.objects.filter(name="market.need.brief_written", subject_id=need.pk).count() == 1
    assert "一氧化碳" not in str(Entry.objects.get(name="market.need.brief_written").data)


def test_a_member_of_the_buyer_submits_for_themselves_without_a_manager(people: People) -> None:
    assert submitted(people, actor=people.heng).manager is None


def test_the_same_words_sent_twice_are_one_need(people: People) -> None:
    assert submitted(people) == submitted(people)
    assert Need.objects.count() == Brief.objects.count() == 1


@pytest.mark.parametrize("who", ["stray", "outsider", "lan"])
def test_a_stranger_may_not_submit_for_the_buyer_and_nothing_changes(people: People, who: str) -> None:
    with pytest.raises(Forbidden):
        submitted(people, actor=getattr(people, who))
    assert not Need.objects.exists()


@pytest.mark.parametrize("words", ["", "  \n ", "\x00"])
def test_no_words_make_no_need(people: People, words: str) -> None:
    with pytest.raises(Invalid):
        submitted(people, raw_words=words)
    assert not Need.objects.exists()


def test_an_edit_is_a_new_version_and_the_old_one_stays(people: People) -> None:
    need = submitted(people)
    brief = new_version(need_id=need.pk, actor=people.ruoxi, content=edited(need, title="低温消除一氧化碳"), seen=1)
    need.refresh_from_db()
    assert (brief.number, need.state, need.title) == (2, State.TRANSLATING, "低温消除一氧化碳")
    assert need.raw_words == WORDS
    assert need.briefs.get(number=1).content["title"] != "低温消除一氧化碳"


def test_saving_without_a_change_makes_no_version(people: People) -> None:
    need = submitted(people)
    first = new_version(need_id=need.pk, actor=people.ruoxi, content=edited(need), seen=1)
    again = new_version(need_id=need.pk, actor=people.ruoxi, content=first.content, seen=first.number)
    assert again == first


def test_of_two_editors_the_second_is_told(people: People) -> None:
    need = submitted(people)
    new_version(need_id=need.pk, actor=people.ruoxi, content=edited(need, title="甲"), seen=1)
    with pytest.raises(Conflict, match="新的一版"):
        new_version(need_id=need.pk, actor=people.heng, content=edited(need, title="乙"), seen=1)
    assert need.briefs.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"indicators": [{"name": "", "op": "<=", "high": "5", "unit": "%"}]},
        {"indicators": [{"name": "压降", "op": "<=", "high": "很小", "unit": "Pa"}]},
        {"indicators": [{"name": "压降", "op": "range", "low": "5", "unit": "Pa"}]},
        {"indicators": [{"name": "压降", "op": "≈", "low": "5", "unit": "Pa"}]},
        {"indicators": [{"name": "压降", "op": "=", "low": "1e999", "unit": "Pa"}]},
        {"indicators": ["压降"]},
        {"budget": {"low_fen": -1, "high_fen": 5}},
        {"budget": {"low_fen": 10**30, "high_fen": 10**30}},
        {"deadline": "明年"},
        {"duration_months": 0},
        {"modes": ["theft"]},
        {"field": [{"code": "99", "score": 1}]},
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_saved(people: People, wrong: dict[str, Any]) -> None:
    need = submitted(people)
    with pytest.raises(Invalid):
        new_version(need_id=need.pk, actor=people.ruoxi, content=edited(need, **wrong), seen=1)
    assert need.briefs.count() == 1


def test_a_range_upside_down_is_put_right(people: People) -> None:
    need = submitted(people)
    row = {"name": "粒径", "op": "range", "low": "20", "high": "10", "unit": "μm", "quote": ""}
    brief = new_version(need_id=need.pk, actor=people.ruoxi, content=edited(need, indicators=[row]), seen=1)
    assert (brief.content["indicators"][0]["low"], brief.content["indicators"][0]["high"]) == ("10", "20")


def test_a_stranger_may_not_edit_and_nothing_changes(people: People) -> None:
    need = submitted(people)
    for who in (people.stray, people.lan, people.mingyuan, people.qiao):
        with pytest.raises(Forbidden):
            new_version(need_id=need.pk, actor=who, content=edited(need, title="别的"), seen=1)
    assert need.briefs.count() == 1


def test_the_client_signs_off_by_link_and_the_need_is_confirmed(people: People, frozen: Callable[[str], None]) -> None:
    frozen("2026-03-04T09:00")
    need = submitted(people)
    token = ask_sign_off(brief_id=need.current_brief.pk, actor=people.ruoxi, recipient="周衡 总经理")
    assert brief_of_link(token)[1] == "周衡 总经理"
    frozen("2026-03-05T10:00")
    brief = answer_by_link(token=token, agrees=True, name="周衡")
    need.refresh_from_db()
    assert need.state == State.CONFIRMED
    assert brief.signed_off_by == "周衡（周衡 总经理）" and brief.signed_off_at == clock.now()
    with pytest.raises(Conflict, match="已经用过"):
        answer_by_link(token=token, agrees=True, name="周衡")


def test_what_is_wrong_is_kept_as_a_comment_and_nothing_is_signed(people: People) -> None:
    need = submitted(people)
    token = ask_sign_off(brief_id=need.current_brief.pk, actor=people.ruoxi, recipient="周衡")
    with pytest.raises(Invalid):
        answer_by_link(token=token, agrees=False, name="", comment=" ")
    answer_by_link(token=token, agrees=False, name="", comment="寿命要八年")
    need.refresh_from_db()
    assert BriefComment.objects.get().text == "寿命要八年"
    assert need.state == State.SUBMITTED and need.current_brief.signed_off_at is None


def test_a_link_ends_with_its_version_its_days_and_its_successor(people: People, frozen: Callable[[str], None]) -> None:
    frozen("2026-03-04T09:00")
    need = submitted(people)
    first = ask_sign_off(brief_id=need.current_brief.pk, actor=people.ruoxi, recipient="周衡")
    second = ask_sign_off(brief_id=need.current_brief.pk, actor=people.ruoxi, recipient="周衡")
    with pytest.raises(Conflict):
        answer_by_link(token=first, agrees=True, name="")
    new_version(need_id=need.pk, actor=people.ruoxi, content=edited(need, title="新版"), seen=1)
    with pytest.raises(Conflict, match="新版"):
        answer_by_link(token=second, agrees=True, name="")
    third = ask_sign_off(brief_id=need.current_brief.pk, actor=people.ruoxi, recipient="周衡")
    frozen("2026-03-30T09:00")
    with pytest.raises(Conflict, match="过期"):
        answer_by_link(token=third, agrees=True, name="")
    assert not Brief.objects.exclude(signed_off_at=None).exists()


def test_only_the_buyers_own_people_sign_off_in_the_product(people: People) -> None:
    need = submitted(people)
    for who in (people.ruoxi, people.stray, people.lan):
        with pytest.raises(Forbidden):
            sign_off(brief_id=need.current_brief.pk, actor=who, agrees=True)
    sign_off(brief_id=need.current_brief.pk, actor=people.heng, agrees=True)
    need.refresh_from_db()
    assert need.state == State.CONFIRMED and need.current_brief.signed_off_by == "周衡"
    with pytest.raises(Conflict):
        sign_off(brief_id=need.current_brief.pk, actor=people.heng, agrees=True)


def test_an_edit_after_confirmation_asks_the_client_again(people: People) -> None:
    need = submitted(people)
    sign_off(brief_id=need.current_brief.pk, actor=people.heng, agrees=True)
    new_version(need_id=need.pk, actor=people.ruoxi, content=edited(need, title="改了"), seen=1)
    need.refresh_from_db()
    assert need.state == State.TRANSLATING and need.current_brief.signed_off_at is None


def test_a_closed_need_takes_no_new_version(people: People) -> None:
    need = submitted(people)
    move_need(need_id=need.pk, actor=people.ruoxi, state=State.CLOSED)
    with pytest.raises(Conflict):
        new_version(need_id=need.pk, actor=people.ruoxi, content=edited(need, title="改了"), seen=1)
    with pytest.raises(Conflict):
        ask_sign_off(brief_id=need.current_brief.pk, actor=people.ruoxi, recipient="周衡")
    assert need.briefs.count() == 1


def test_versions_differ_field_by_field() -> None:
    row = {"name": "压降", "op": "<=", "low": None, "high": "80", "unit": "Pa", "quote": "q"}
    old = {"title": "甲乙丙", "indicators": [row, {**row, "name": "寿命"}], "budget": None, "modes": ["joint"]}
    new = {
        "title": "甲丁丙",
        "indicators": [{**row, "high": "60", "quote": ""}, {**row, "name": "噪音"}],
        "budget": {"low_fen": 1, "high_fen": 2},
        "modes": ["joint", "licence"],
    }
    changes = {change.name: change for change in compare_briefs(old, new)}
    assert set(changes) == {"title", "indicators", "budget", "modes"}
    assert [(piece.kind, piece.text) for piece in changes["title"].pieces] == [
        ("same", "甲"),
        ("removed", "乙"),
        ("added", "丁"),
        ("same", "丙"),
    ]
    indicators = changes["indicators"]
    assert [pair[1]["high"] for pair in indicators.altered] == ["60"]
    assert [one["name"] for one in indicators.added] == ["噪音"]
    assert [one["name"] for one in indicators.removed] == ["寿命"]
    assert changes["modes"].added == ("licence",)
    assert compare_briefs(new, new) == []


def test_long_texts_are_compared_by_sentence_and_put_together_again() -> None:
    before = "。".join(f"第{n}句话说的是某一件事" for n in range(900))
    after = before.replace("第500句", "第五百句")
    pieces = compare_words(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before


def test_the_wait_between_two_equal_needs_is_ten_minutes(people: People, frozen: Callable[[str], None]) -> None:
    frozen("2026-03-04T09:00")
    submitted(people)
    with clock.at(dt.datetime(2026, 3, 4, 9, 11, tzinfo=clock.SHANGHAI)):
        submitted(people)
    assert Need.objects.count() == 2
