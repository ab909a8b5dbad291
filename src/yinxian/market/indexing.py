"""The index of the market and how it follows the database: single changes, everything anew, and going on after a kill.
Which texts go in: ``indextexts``."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from yinxian.journal.queries.entries import entries_since, last_position
from yinxian.kernel import indexbuild
from yinxian.kernel.indexbuild import Busy, Place, Progress
from yinxian.kernel.textindex import TextIndex, Unreadable

from .indextexts import CHUNK, KINDS, can_be_read_apart, in_database, read_apart, texts_after, texts_at
from .models import Brief, ImportRun
from .queries.imported import imported_by

if TYPE_CHECKING:
    from yinxian.journal.models import Entry

logger = logging.getLogger(__name__)
KIND_OF = {"market.result": "result", "market.need": "need"}
ENTRIES = ("market.",)
MOST_AT_ONCE, MOST_PART = 5000, 4  # more changes than this, and than a quarter of all: building anew is quicker


@cache
def _at(folder: Path) -> TextIndex:
    return TextIndex(folder, KINDS, patience=20)


def index() -> TextIndex:
    return _at(Path(settings.YINXIAN_DATA) / "index" / "market")


def changed_by(entries: Iterable[Entry]) -> set[Place]:
    """The listings that entries of the journal are about."""
    about: dict[str, set[int]] = {}
    for entry in entries:
        about.setdefault(entry.subject_type, set()).add(entry.subject_id)
    changed = {(kind, pk) for subject, kind in KIND_OF.items() for pk in about.get(subject, ())}
    briefs = Brief.objects.filter(pk__in=about.get("market.brief", ()))
    changed |= {("need", pk) for pk in briefs.values_list("need_id", flat=True)}
    for run in ImportRun.objects.filter(pk__in=about.get("market.importrun", ()), state=ImportRun.State.DONE):
        changed |= imported_by(run)
    return changed


def update(changed: Iterable[Place]) -> int:
    """Bring these listings up to date in the index: put in, or taken out when they left the market.

    An index that is missing, damaged or half built is made whole first.
    """
    wanted = set(changed)
    if not index().exists() or indexbuild.interrupted(index()) or _too_many(wanted):
        reindex()
    try:
        return _write(wanted)
    except Unreadable:
        reindex()
        return _write(wanted)


def _too_many(wanted: set[Place]) -> bool:
    if len(wanted) <= MOST_AT_ONCE:
        return False
    try:
        return len(wanted) > index().count() // MOST_PART
    except Unreadable:
        return True


def _write(wanted: set[Place]) -> int:
    count, rest = 0, iter(sorted(wanted))
    while part := set(islice(rest, CHUNK)):
        texts = texts_at(part)
        index().write(texts, sorted(part - {(text.kind, text.pk) for text in texts}))
        count += len(texts)
    return count


def _catch_up(since: int) -> None:
    """What the journal has after a place is read from the database and written anew."""
    for entries in entries_since(since, ENTRIES):
        _write(changed_by(entries))


def reindex(told: Callable[[Progress], object] | None = None) -> int:
    """Build the whole index anew from the database, or go on where a build was interrupted; readers see the old one
    until it is complete. ``told`` hears of each thousand. Returns how many listings are in it.

    Busy when another process is at it.
    """
    indexbuild.build(
        index(),
        texts_after,
        _catch_up,
        apart=read_apart if can_be_read_apart() else None,
        since=last_position(),
        total=in_database(),
        told=told or _told(),
    )
    return index().count()


def _told() -> Callable[[Progress], object]:
    """Into the log, at every tenth of the way of a long build."""
    seen = [-1]

    def tell(progress: Progress) -> None:
        if progress.total >= indexbuild.COMMIT_EVERY and progress.percent // 10 > seen[0]:
            seen[0] = progress.percent // 10
            logger.info("index: %s of %s texts (%s%%)", progress.done, progress.total, progress.percent)

    return tell


def mend() -> int:
    """Make the index whole when it is missing, damaged or half built; 0 when it is sound, when there is nothing to
    index, or when somebody is at it."""
    try:
        if not indexbuild.interrupted(index()):
            index().count()
            return 0
    except Unreadable:
        if not in_database():
            return 0
    try:
        return reindex()
    except Busy:
        return 0


@dataclass(frozen=True)
class Standing:
    """``texts`` are found by readers now, ``in_database`` should be; ``done`` of ``total`` of a build that goes on
    since ``begun`` and last ``moved`` (seconds since 1970), unless it is ``stopped``: nobody is at it."""

    texts: int
    in_database: int
    sound: bool
    building: bool = False
    done: int = 0
    total: int = 0
    stopped: bool = False
    begun: float | None = None
    moved: float | None = None

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0


def standing() -> Standing:
    """Of the index as it is; sound when it can be read, or when there is nothing to find."""
    listed, going = in_database(), indexbuild.progress(index())
    try:
        texts, sound = index().count(), True
    except Unreadable:
        texts, sound = 0, not listed
    if going is None:
        return Standing(texts, listed, sound)
    stopped, sign = indexbuild.interrupted(index()), indexbuild.sign_of_life(index())
    done, begun, moved = (sign.done, sign.begun, sign.moved) if sign else (going.done, None, None)
    return Standing(texts, listed, sound or not stopped, True, done, going.total, stopped, begun, moved)
