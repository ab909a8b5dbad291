"""A build beside the index that readers use: kept at every commit, gone on with after a stop, shared out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from yinxian.kernel import indexbuild
from yinxian.kernel.indexbuild import Busy, Place, Progress, build, interrupted, progress, rebuild
from yinxian.kernel.textindex import Text, TextIndex
from yinxian.kernel.tokenisers import Streams, with_streams

KINDS = ("result", "need")
TEXTS = [Text("result", number, f"甲{number}乙", f"丙{number}丁") for number in range(1, 41)]


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TextIndex:
    monkeypatch.setattr(indexbuild, "COMMIT_EVERY", 10)
    monkeypatch.setattr(indexbuild, "TELL_EVERY", 5)
    made = TextIndex(tmp_path / "index", KINDS)
    made.write([Text("need", 1, "旧的", "")])
    return made


class Stop(Exception):
    pass


class Source:
    """Gives the texts after a place, and stops before the N-th, as a kill would."""

    def __init__(self, stop: int = 0) -> None:
        self.stop = stop
        self.given: list[int] = []

    def __call__(self, place: Place | None) -> Iterator[Text]:
        for text in TEXTS:
            if place is None or text.pk > place[1]:
                if text.pk == self.stop:
                    raise Stop
                self.given.append(text.pk)
                yield text


def nothing(since: int) -> None:
    pass


def test_readers_see_the_old_until_the_new_is_complete(index: TextIndex) -> None:
    seen: list[int] = []
    build(index, Source(), nothing, total=40, told=lambda _: seen.append(index.count()))
    assert set(seen) == {1}
    assert index.count() == 40
    assert [folder.name for folder in index.root.iterdir() if folder.is_dir()] == [index.current]


def test_what_was_committed_is_not_read_again(index: TextIndex) -> None:
    with pytest.raises(Stop):
        build(index, Source(stop=28), nothing, since=7, total=40)
    left = progress(index)
    assert left == Progress("1-2", since=7, total=40, done=20, after=("result", 20))
    assert interrupted(index) and index.count() == 1
    caught, source = [], Source()
    build(index, source, caught.append, since=99, total=99)
    assert source.given[0] == 21, "goes on after the last commit"
    assert caught == [7], "what changed since the first beginning is caught up with"
    assert index.count() == 40 and not interrupted(index)


def test_a_commit_that_was_not_noted_makes_no_doubles(index: TextIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = indexbuild._save
    notes = iter([True, True, False])  # the second commit is never noted

    def save(root: Path, state: Progress) -> None:
        if not next(notes, True):
            raise Stop
        saved(root, state)

    monkeypatch.setattr(indexbuild, "_save", save)
    with pytest.raises(Stop):
        build(index, Source(), nothing, total=40)
    left = progress(index)
    assert left and left.done == 10
    build(index, Source(), nothing)
    assert index.count() == 40
    assert index.search(["甲"], network=True).total == 40


def test_stopped_while_catching_up_it_catches_up_again(index: TextIndex) -> None:
    def fail(since: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        build(index, Source(), fail, since=7)
    assert index.count() == 40 and interrupted(index)
    caught: list[int] = []
    build(index, Source(), caught.append, since=50)
    assert caught == [7] and index.count() == 40


def test_damage_in_the_making_is_begun_again(index: TextIndex) -> None:
    with pytest.raises(Stop):
        build(index, Source(stop=28), nothing)
    (index.root / "1-2" / "meta.json").write_text("damaged", encoding="ascii")
    build(index, Source(), nothing)
    assert index.count() == 40
    (index.root / indexbuild.STATE).write_text("{damaged", encoding="ascii")
    assert progress(index) is None


def test_one_builds_at_a_time(index: TextIndex) -> None:
    def again(since: int) -> None:
        with pytest.raises(Busy):
            rebuild(TextIndex(index.root, KINDS), [])
        assert not interrupted(index), "somebody is at it"

    build(index, Source(), again)
    assert index.count() == 40


def test_many_are_read_apart_and_a_few_are_not(index: TextIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Place | None] = []

    @contextmanager
    def apart(place: Place | None) -> Iterator[Iterator[tuple[Text, Streams]]]:
        asked.append(place)
        yield with_streams(Source()(place))

    with pytest.raises(Stop):
        build(index, Source(stop=28), nothing, apart=apart, total=40)
    assert asked == [], "a few are not worth the start of processes"
    monkeypatch.setattr(indexbuild, "MANY", 20)
    build(index, Source(stop=1), nothing, apart=apart)
    assert asked == [("result", 20)] and index.count() == 40
