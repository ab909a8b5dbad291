"""The texts of the market's index: one listing's, all of them in parts, here or read by processes of their own.

What is indexed is what ``queries.shown`` lets a level see: the public stream holds teasers of public listings,
the network stream the full text without contacts. Confidential fields are in neither, and a listing for named
parties only is not in the index at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.models import Prefetch, QuerySet

from yinxian.kernel import clock
from yinxian.kernel.helpers import on_all_processors
from yinxian.kernel.indexbuild import Place
from yinxian.kernel.textindex import Text
from yinxian.kernel.tokenisers import Streams
from yinxian.network.models import Organisation, User

from .codes import Confidence
from .models import Brief, Need, Result
from .queries.levels import NETWORK, PUBLIC, on_market
from .queries.shown import shown

KINDS = ("result", "need")
MODELS: dict[str, type[Result] | type[Need]] = {"result": Result, "need": Need}
CHUNK = 1000
PART = 250  # texts that are read at once when all are read


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


def texts_after(place: Place | None) -> Iterator[Text]:
    """Every listing on the market after a place, by kind and primary key, in parts: no query stays open, so that the
    database can go on in the meantime."""
    parties = Parties()
    for kind, after, last, _moment in _parts_after(place):
        yield from part(kind, after, last, parties)


@contextmanager
def read_apart(place: Place | None) -> Iterator[Iterator[tuple[Text, Streams]]]:
    """As ``texts_after``, with tokens, from processes that read the database by themselves (see indexreader): reading
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


def can_be_read_apart() -> bool:
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


def _pks(places: Iterable[Place], kind: str) -> list[int]:
    return [pk for name, pk in places if name == kind]
