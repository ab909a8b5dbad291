"""A whole index anew: the next generation is made beside the current one and takes its place when it is complete.

It is committed every so often, and how far it has come lies in a file beside it. Whoever builds again after a kill
goes on from there. What changed meanwhile is the caller's to catch up with before ``finish``: ``since`` is where in
the journal the build began.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

from .textindex import Text, TextIndex, Unreadable
from .tokenisers import Streams, with_streams

logger = logging.getLogger(__name__)
STATE, LOCK, SIGN = "building.json", "building.lock", "building.done"
COMMIT_EVERY, TELL_EVERY = 25_000, 1000  # texts
MANY = 5000  # texts that are worth the start of more processes
BUILD_BYTES = 256 * 1024 * 1024
Place = tuple[str, int]  # kind and pk
Texts = Callable[[Place | None], Iterable[Text]]
Apart = Callable[[Place | None], AbstractContextManager[Iterable[tuple[Text, Streams]]]]


class Busy(Exception):
    """Another process is building."""


@dataclass(frozen=True)
class Progress:
    """``done`` of ``total`` texts are in generation ``name``; up to ``after`` they are committed. ``ready``: readers
    have it, and what happened after ``since`` is being caught up with."""

    name: str
    since: int = 0
    total: int = 0
    done: int = 0
    after: Place | None = None
    ready: bool = False

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0


def progress(index: TextIndex) -> Progress | None:
    """The build that is going on or was interrupted; None when there is none."""
    try:
        given = json.loads((index.root / STATE).read_text(encoding="utf-8"))
        after = given.pop("after")
        return Progress(**given, after=(str(after[0]), int(after[1])) if after else None)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


@dataclass(frozen=True)
class Sign:
    """Sign of life of a build: ``done`` texts at ``moved``; ``begun``: both as seconds since 1970."""

    done: int
    begun: float
    moved: float


def sign_of_life(index: TextIndex) -> Sign | None:
    """What a build last said of itself, a thousand texts ago at most; None when there is none."""
    state = progress(index)
    try:
        begun = (index.root / LOCK).stat().st_mtime
        moved = (index.root / STATE).stat().st_mtime
        said = index.root / SIGN
        done = int(said.read_text(encoding="ascii")) if said.exists() else 0
        moved = max(moved, said.stat().st_mtime) if said.exists() else moved
    except (OSError, ValueError):
        return None
    return Sign(max(done, state.done), begun, moved) if state else None


def interrupted(index: TextIndex) -> bool:
    """A build was begun, and nobody is at it."""
    if progress(index) is None:
        return False
    try:
        with _alone(index.root):
            return True
    except Busy:
        return False


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    root.mkdir(parents=True, exist_ok=True)
    with (root / LOCK).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        yield


def _save(root: Path, state: Progress) -> None:
    fresh = root / f"{STATE}.new"
    fresh.write_text(json.dumps(asdict(state)), encoding="utf-8")
    fresh.replace(root / STATE)


def build(
    index: TextIndex,
    texts: Texts,
    catch_up: Callable[[int], object],
    *,
    apart: Apart | None = None,
    since: int = 0,
    total: int = 0,
    told: Callable[[Progress], object] | None = None,
    anew: bool = False,
) -> int:
    """Make the next generation, or go on with the one that was begun, and let readers have it.

    ``texts`` gives those after a place, always in the same order; ``apart`` gives the same with their tokens, from
    processes that read and tokenise by themselves, and is asked when there are many. ``catch_up`` brings in what
    changed since the journal's position that it is given. With ``anew`` nothing is gone on with. Returns how many texts
    were read. Busy when another process builds.
    """
    with _alone(index.root):
        state = None if anew else progress(index)
        os.utime(index.root / LOCK)  # when this build began
        if state is None:
            (index.root / SIGN).unlink(missing_ok=True)
            state = Progress(index.next_name(), since, total)
            _drop(index, state.name)
            _clear(index)
            _save(index.root, state)
        if not state.ready:
            tell = told or (lambda _: None)
            try:
                state = _fill(index, state, texts, apart, tell)
            except Unreadable as error:
                logger.warning("the index in the making is damaged and is begun again: %s", error)
                _drop(index, state.name)
                state = _fill(index, Progress(state.name, state.since, state.total), texts, apart, tell)
            index.switch(state.name)
            state = replace(state, ready=True)
            _save(index.root, state)
        _clear(index)
        catch_up(state.since)
        (index.root / STATE).unlink()
        (index.root / SIGN).unlink(missing_ok=True)
        return state.done


def rebuild(index: TextIndex, texts: Iterable[Text]) -> int:
    """Replace everything by these, whatever was begun before."""
    return build(index, lambda _: texts, lambda _: None, anew=True)


def _fill(
    index: TextIndex,
    state: Progress,
    texts: Texts,
    apart: Apart | None,
    told: Callable[[Progress], object],
) -> Progress:
    """Everything after the state's place. What follows a kill may be in it already, up to a commit, and is replaced."""
    made = index.open_generation(state.name)
    doubtful = made.searcher().num_docs > 0
    writer = index.writer(made, BUILD_BYTES)
    try:
        many = state.total - state.done >= MANY
        with apart(state.after) if apart and many else nullcontext(with_streams(texts(state.after))) as given:
            source = iter(given)
            while batch := list(islice(source, TELL_EVERY)):
                for text, streams in batch:
                    if doubtful:
                        index.take_out(writer, text.kind, text.pk)
                    index.put_in(writer, text, streams)
                (index.root / SIGN).write_text(str(state.done + len(batch)), encoding="ascii")
                last = batch[-1][0]
                before, state = state.done, replace(state, done=state.done + len(batch))
                told(state)
                if before // COMMIT_EVERY != state.done // COMMIT_EVERY:
                    writer.commit()
                    state, doubtful = replace(state, after=(last.kind, last.pk)), False
                    _save(index.root, state)
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()
    return state


def _drop(index: TextIndex, name: str) -> None:
    shutil.rmtree(index.root / name, ignore_errors=True)


def _clear(index: TextIndex) -> None:
    """Generations that nobody needs any more; readers that still hold one keep it until they look again."""
    state = progress(index)
    keep = {index.current, state.name if state else ""}
    for folder in index.root.iterdir():
        if folder.is_dir() and folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)
