"""The index of the market: which texts go in, and how it follows the database: single changes, everything anew, and
going on after a kill.

What is indexed is what ``queries.shown`` lets a level see: the public stream holds teasers of public listings,
the network stream the full text without contacts. Confidential fields are in neither, and a listing for named
parties only is not in the index at all.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.db.models import Prefetch, QuerySet

from yinxian.journal.queries.entries import entries_since, last_position
from yinxian.kernel import clock, indexbuild
from yinxian.kernel.helpers import on_all_processors
from yinxian.kernel.indexbuild import Busy, Place, Progress
from yinxian.kernel.textindex import Text, TextIndex, Unreadable
from yinxian.kernel.tokenisers import Streams
from yinxian.network.models import Organisation, User

from .codes import Confidence
from .models import Brief, ImportRun, Need, Result
from .queries.imported import imported_by
from .queries.levels import NETWORK, PUBLIC, on_market
from .queries.shown import shown

if TYPE_CHECKING:
    from yinxian.journal.models import Entry

logger = logging.getLogger(__name__)
KINDS = ("result", "need")
MODELS: dict[str, type[Result] | type[Need]] = {"result": Result, "need": Need}
KIND_OF = {"market.result": "result", "market.need": "need"}
ENTRIES = ("market.",)
CHUNK = 1000
PART = 250  # texts that a process reads at once when many are read
MOST_AT_ONCE, MOST_PART = 5000, 4  # more changes than this, and than a quarter of all: building anew is quicker


@cache
def _at(folder: Path) -> TextIndex:
    return TextIndex(folder, KINDS, patience=20)


def index() -> TextIndex:
    return _at(Path(settings.YINXIAN_DATA) / "index" / "market")


def text_of(listing: Result | Need) -> Text | None:
    """What the index holds of a listing; None when it must not be in it (not on the market, named only)."""
    kind = "result" if isinstance(listing, Result) else "need"
    if listing.confidence == Confidence.NAMED:
        return None
    public = "" if listing.confidence == Confidence.NETWORK else "\n".join(shown(listing, PUBLIC).texts())
    brief = _signed_brief(listing) if isinstance(listing, Need) else None
    network = "\n".join(shown(listing, NETWORK, brief).texts())
    return Text(kind, listing.pk, public, network, _facets(listing))


def _signed_brief(need: Need) -> Brief | None:
    signed: list[Brief] = getattr(need, "signed_briefs", [])
    return signed[-1] if signed else None


def _facets(listing: Result | Need) -> list[str]:
    found = [f"mode:{mode}" for mode in listing.modes]
    if listing.field:
        found.append(f"field:{listing.field}")
    if listing.region:
        found.append(f"region:{listing.region[:2]}")
    if isinstance(listing, Result) and listing.trl:
        found.append(f"trl:{listing.trl}")
    return found


def _listed(kind: str) -> QuerySet[Result] | QuerySet[Need]:
    model = MODELS[kind]
    found = model._default_manager.filter(on_market(model, clock.today())).exclude(confidence=Confidence.NAMED)
    return found.order_by("pk")


class Parties:
    """Owners and managers, each loaded once however many listings they have."""

    def __init__(self) -> None:
        self.owners: dict[int, Organisation] = {}
        self.managers: dict[int, User] = {}

    def put_into(self, rows: Sequence[Result | Need]) -> None:
        new = {row.owner_id for row in rows} - self.owners.keys()
        self.owners |= Organisation.objects.in_bulk(new) if new else {}
        people = {row.manager_id for row in rows if row.manager_id} - self.managers.keys()
        self.managers |= User.objects.in_bulk(people) if people else {}
        for row in rows:
            row.owner = self.owners[row.owner_id]
            row.manager = self.managers[row.manager_id] if row.manager_id else None


def _with_texts(found: QuerySet[Result] | QuerySet[Need], parties: Parties) -> Sequence[Result | Need]:
    """With what their text needs, in few queries."""
    if found.model is Need:
        signed = Brief.objects.filter(signed_off_at__isnull=False).order_by("number")
        found = found.prefetch_related(Prefetch("briefs", signed, to_attr="signed_briefs"))
    rows: list[Result | Need] = [*found]
    parties.put_into(rows)
    return rows


def in_database() -> int:
    """How many listings the index should hold."""
    return sum(_listed(kind).count() for kind in KINDS)


def _texts_after(place: Place | None) -> Iterator[Text]:
    """Every listing on the market after a place, by kind and primary key, in chunks: no query stays open, so that the
    database can go on in the meantime."""
    kinds, parties = KINDS[KINDS.index(place[0]) :] if place else KINDS, Parties()
    for kind in kinds:
        last = place[1] if place and kind == place[0] else 0
        while rows := _with_texts(_listed(kind).filter(pk__gt=last)[:CHUNK], parties):
            yield from (text for row in rows if (text := text_of(row)))
            last = rows[-1].pk


@contextmanager
def _read_apart(place: Place | None) -> Iterator[Iterator[tuple[Text, Streams]]]:
    """As ``_texts_after``, with tokens, from processes that read the database by themselves (see indexreader): reading
    and tokenising are most of the work, and each takes a processor."""
    with on_all_processors("yinxian.market.indexreader", [str(connection.settings_dict["NAME"])]) as ask:
        yield (
            (Text(kind, pk, "", "", facets), (public, network))
            for kind, rows in ask(_parts_after(place))
            for pk, facets, public, network in rows
        )


def _parts_after(place: Place | None) -> Iterator[tuple[str, int, int | None, str]]:
    """What to ask for one by one: a kind, the primary key after which to read, the last one (None: to the end), and the
    moment for which it is asked."""
    moment = clock.now().isoformat()
    for kind in KINDS[KINDS.index(place[0]) :] if place else KINDS:
        last: int | None = place[1] if place and kind == place[0] else 0
        while last is not None:
            after, ahead = last, _listed(kind).filter(pk__gt=last).values_list("pk", flat=True)
            last = next(iter(ahead[PART - 1 : PART]), None)
            yield kind, after, last, moment


def part(kind: str, after: int, last: int | None, parties: Parties) -> list[Text]:
    """The texts of one part."""
    found = _listed(kind).filter(pk__gt=after)
    rows = _with_texts(found.filter(pk__lte=last) if last is not None else found, parties)
    return [text for row in rows if (text := text_of(row))]


def _can_be_read_apart() -> bool:
    """Another process can read the database, unless it lies in this one's memory."""
    name = str(connection.settings_dict["NAME"])
    return connection.vendor != "sqlite" or not (name == ":memory:" or "mode=memory" in name)


def places_listed() -> Iterator[Place]:
    """Every listing on the market that the index holds, by kind and primary key."""
    for kind in KINDS:
        yield from ((kind, pk) for pk in _listed(kind).values_list("pk", flat=True).iterator(chunk_size=CHUNK))


def texts_at(places: Iterable[Place]) -> list[Text]:
    """The texts of these as the index has them; what has left the market is left out."""
    wanted = set(places)
    parties = Parties()
    rows = [row for kind in KINDS for row in _with_texts(_listed(kind).filter(pk__in=_pks(wanted, kind)), parties)]
    return [text for row in rows if (text := text_of(row))]


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


def _pks(places: Iterable[Place], kind: str) -> list[int]:
    return [pk for name, pk in places if name == kind]


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
        _texts_after,
        _catch_up,
        apart=_read_apart if _can_be_read_apart() else None,
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
        if not any(_listed(kind).exists() for kind in KINDS):
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
