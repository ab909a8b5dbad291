"""Two versions: what was put in, taken out, moved; and the revisions that are kept."""

from __future__ import annotations

import time
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world import People
from yinxian.contracts.documents.comparing import compare
from yinxian.contracts.models import Contract
from yinxian.contracts.operations import draft_contract
from yinxian.contracts.queries.revisions import between, revisions_of

LINES = st.lists(
    st.sampled_from(["甲方付款。", "乙方交付。", "保密五年。", "乙方 交付样机。", "3.1 验收。"]), max_size=8
)


@settings(max_examples=40, deadline=None)
@given(LINES, LINES)
def test_both_texts_can_be_read_back_from_a_comparison(one: list[str], other: list[str]) -> None:
    made = compare("\n".join(one), "\n".join(other))
    for side, lines in (("left", one), ("right", other)):
        shown = ["".join(text for _kind, text in getattr(row, side)) for row in made.rows]
        assert [line for line in shown if line] == lines
    assert (made.changes == 0) == (one == other) or [x[4:] for x in one] == [x[4:] for x in other]


def test_a_changed_amount_is_the_only_thing_marked() -> None:
    row = compare("甲方支付 30% 的价款。", "甲方支付 40% 的价款。").rows[0]
    assert [text for kind, text in row.left if kind == "del"] == ["30"]
    assert [text for kind, text in row.right if kind == "ins"] == ["40"]


def test_a_new_number_before_a_clause_is_no_change() -> None:
    made = compare("第一条 标的\n第二条 保密", "第一条 标的\n第二条 价款\n第三条 保密")
    assert [row.kind for row in made.rows] == ["same", "added", "same"]


def test_long_texts_are_compared_in_bounded_time() -> None:
    one = "\n".join(f"{n} 甲方应当支付第{n}期" * 3 for n in range(2_100))
    start = time.perf_counter()
    made = compare(one, one.replace("支付", "给付"))
    assert made.cut and time.perf_counter() - start < 15


def test_each_revision_is_kept_and_compared(people: People, offered: Contract, fill: Callable[..., Contract]) -> None:
    fill(offered, people.lan, place="江北")
    offered.refresh_from_db()
    kept = revisions_of(offered)
    assert [(one.number, one.made_by) for one in kept] == [(1, people.ruoxi), (2, people.lan)]
    made = between(offered, kept[0], kept[1])
    changed = next(row for row in made.rows if row.kind == "changed")
    assert "江北" in "".join(text for kind, text in changed.right if kind == "ins")
    assert "杭州" in "".join(text for kind, text in changed.left if kind == "del")


def test_drafting_keeps_the_first(people: People, draft: Callable[..., Contract]) -> None:
    assert draft_contract and [one.number for one in revisions_of(draft())] == [1]
