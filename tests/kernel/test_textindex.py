"""The index folder: streams, replacement, one writer, damage."""

from __future__ import annotations

from pathlib import Path

import pytest

from yinxian.kernel.indexbuild import rebuild
from yinxian.kernel.text import tokenise
from yinxian.kernel.textindex import Text, TextIndex, Unreadable

KINDS = ("result", "need")


@pytest.fixture
def index(tmp_path: Path) -> TextIndex:
    made = TextIndex(tmp_path / "index", KINDS)
    made.write(
        [
            Text("result", 1, "一氧化碳催化", "蜂窝陶瓷载体", ["field:06"]),
            Text("need", 1, "燃气热水器", "一氧化碳偏高", ["field:01"]),
        ]
    )
    return made


def found(index: TextIndex, query: str, *, network: bool = True, **more: object) -> list[tuple[str, int]]:
    hits = index.search(tokenise(query), network=network, **more).hits  # type: ignore[arg-type]  # passed on as given
    return sorted((hit.kind, hit.pk) for hit in hits)


def test_network_stream_holds_the_public_one_too(index: TextIndex) -> None:
    assert found(index, "一氧化碳") == [("need", 1), ("result", 1)]
    assert found(index, "一氧化碳", network=False) == [("result", 1)]
    assert found(index, "陶瓷", network=False) == []


def test_same_key_is_replaced_and_gone_is_taken_out(index: TextIndex) -> None:
    index.write([Text("result", 1, "负压燃烧", "")], gone=[("need", 1)])
    assert index.count() == 1
    assert found(index, "一氧化碳") == []
    assert found(index, "燃烧") == [("result", 1)]


def test_kinds_and_facets_narrow_without_changing_scores(index: TextIndex) -> None:
    free = index.search(["氧化"], network=True).hits
    narrow = index.search(["氧化"], network=True, kinds=["result"], facets=[["field:06", "field:07"]]).hits
    assert narrow == [hit for hit in free if hit.kind == "result"]


def test_weights_move_what_comes_first(index: TextIndex) -> None:
    assert index.search({"催化": 5.0, "偏高": 0.1}, network=True).hits[0].kind == "result"
    assert index.search({"催化": 0.1, "偏高": 5.0}, network=True).hits[0].kind == "need"


def test_another_reader_sees_what_was_written(index: TextIndex, tmp_path: Path) -> None:
    reader = TextIndex(tmp_path / "index", KINDS)
    assert reader.count() == 2
    index.write([Text("need", 2, "新", "")])
    assert reader.count() == 3


def test_missing_and_damaged_are_told_and_rebuilt(tmp_path: Path) -> None:
    index = TextIndex(tmp_path / "index", KINDS)
    with pytest.raises(Unreadable):
        index.search(["x"], network=True)
    rebuild(index, [Text("need", 1, "甲乙", "")])
    (index.folder / "meta.json").write_text("damaged", encoding="ascii")
    with pytest.raises(Unreadable):
        TextIndex(tmp_path / "index", KINDS).count()
    rebuild(index, [Text("need", 1, "甲乙", "")])
    assert found(index, "甲乙") == [("need", 1)]


def test_second_writer_is_refused_and_the_first_is_not_disturbed(index: TextIndex, tmp_path: Path) -> None:
    other = TextIndex(tmp_path / "index", KINDS)
    seen: list[str] = []

    def slow() -> object:
        try:
            other.write([Text("need", 9, "抢", "")])
        except ValueError as error:
            seen.append(str(error))
        yield Text("need", 3, "先到", "")

    index.write(slow())  # type: ignore[arg-type]  # a generator is an iterable of texts
    assert seen and "lock" in seen[0].lower()
    assert found(index, "先到") == [("need", 3)]
