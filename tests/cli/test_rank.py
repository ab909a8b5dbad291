"""`yinxian rank` on other people's lines, sound and odd."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from yinxian.cli.commands import rank
from yinxian.cli.main import parser
from yinxian.cli.words import Stop

Ranked = Callable[..., list[list[str]]]
CORPUS: list[Any] = [
    {
        "id": "a",
        "title": "低温催化氧化一氧化碳",
        "abstract": "铈基催化剂在二百度以下消除烟道一氧化碳。",
        "keywords": ["催化", "铈"],
    },
    {"id": "b", "title": "果蔬保鲜膜", "abstract": "透气可调的保鲜包装。", "keywords": "保鲜;包装"},
    {"id": "c", "title": "轴承润滑脂"},
]
NEED = {"id": "q1", "title": "热水器一氧化碳消除", "text": "需要低温下消除烟道里的一氧化碳，浓度不高于50ppm。"}


@pytest.fixture
def ranked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ranked:
    monkeypatch.setattr(rank, "start", lambda **_: None)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()

    def go(corpus: bytes | list[Any], queries: bytes | list[Any], *words: str) -> list[list[str]]:
        for name, given in (("c", corpus), ("q", queries)):
            lines = given if isinstance(given, bytes) else "\n".join(map(json.dumps, given)).encode()
            (tmp_path / name).write_bytes(lines)
        out = tmp_path / "out.run"
        named = ["--corpus", str(tmp_path / "c"), "--queries", str(tmp_path / "q"), "--run", str(out)]
        options = parser().parse_args(["rank", *named, *words])
        assert options.run(options) == 0
        return [line.split(" ") for line in out.read_text().splitlines()]

    return go


def test_the_run_file_is_trec_and_the_scratch_place_is_gone(ranked: Ranked, tmp_path: Path, capsys: Any) -> None:
    rows = ranked(CORPUS, [NEED], "--json")
    assert rows[0][:4] == ["q1", "Q0", "a", "1"]
    assert [row[3] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    scores = [float(row[4]) for row in rows]
    assert scores == sorted(set(scores), reverse=True)
    assert list((tmp_path / "scratch").iterdir()) == []
    told = json.loads(capsys.readouterr().out)
    assert told["texts"] == 3
    assert told["needs"] == 1


def test_no_more_texts_for_a_need_than_asked(ranked: Ranked) -> None:
    many = [{"id": n, "title": f"一氧化碳消除装置{n}"} for n in range(20)]
    assert len(ranked(many, [NEED], "-k", "7")) == 7


def test_odd_lines_are_left_out_and_told_of(ranked: Ranked, capsys: Any) -> None:
    lines = [json.dumps(row, ensure_ascii=False).encode() for row in CORPUS]
    odd = [
        b"\xef\xbb\xbf" + lines[0],
        b"{broken",
        b"[1]",
        b"",
        b'{"title":"no id"}',
        b"\xff\xfe",
        b"[" * 5000,
        lines[0],
    ]
    odd += [b'{"id": "d e", "title": null, "abstract": {"x": 1}, "keywords": [1, null, "\xe6\xb6\x88\xe9\x99\xa4"]}']
    rows = ranked(b"\r\n".join(odd), [NEED, {"id": "q2"}, {"id": 3, "title": ["x"], "text": ""}])
    assert [row[2] for row in rows if row[0] == "q1"] == ["a", "d_e"]
    assert {row[0] for row in rows} == {"q1"}
    told = capsys.readouterr()
    assert "6 " in told.err
    assert "2 " in told.out  # needs for which nothing was found


def test_nothing_usable_writes_nothing(ranked: Ranked, tmp_path: Path) -> None:
    with pytest.raises(Stop):
        ranked([], [NEED])
    with pytest.raises(Stop):
        ranked(CORPUS, b"\n\n")
    with pytest.raises(Stop):
        ranked(CORPUS, [NEED], "-k", "0")
    assert not (tmp_path / "out.run").exists()


def test_a_place_that_cannot_be_written_is_one_sentence(ranked: Ranked, tmp_path: Path) -> None:
    (tmp_path / "out.run").mkdir()
    with pytest.raises(Stop):
        ranked(CORPUS, [NEED])
    assert not list(tmp_path.glob(".*"))
    assert not list((tmp_path / "out.run").iterdir())


def test_a_dense_model_that_cannot_be_used_writes_nothing(ranked: Ranked, tmp_path: Path) -> None:
    with pytest.raises(Stop):
        ranked(CORPUS, [NEED], "--dense", str(tmp_path / "no-model"))
    assert not (tmp_path / "out.run").exists()
    assert list((tmp_path / "scratch").iterdir()) == []
