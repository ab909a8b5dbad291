"""Vectors of the market's texts in one file beside the index: one writer, any number of readers, made anew at will.

The file (SQLite) holds a row for each text with the digest of the words it was made from, what still waits for its
vector, and how far in the journal the changes were noted. What is gone keeps an empty row, so that readers hear of it.
"""

from __future__ import annotations

import sqlite3
import threading
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .dense import EXACT, Nearest, NoModel, graph_from, graph_to

if TYPE_CHECKING:
    import numpy as np

Place = tuple[str, int]
STALE = 10  # a graph is made anew when more than one row in so many came after it
ASKED = 500  # primary keys in one question
TABLES = (
    "CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS vectors (kind TEXT, pk INTEGER, digest TEXT NOT NULL, row BLOB, seq INTEGER NOT NULL,"
    " PRIMARY KEY (kind, pk))",
    "CREATE INDEX IF NOT EXISTS vectors_by_seq ON vectors (kind, seq)",
    "CREATE TABLE IF NOT EXISTS waiting (kind TEXT, pk INTEGER, PRIMARY KEY (kind, pk)) WITHOUT ROWID",
)


@dataclass
class Near:
    """What a process holds of one kind: a graph (many rows) with what came after it, or every row."""

    era: str = ""
    seq: int = 0
    graph: Any = None
    graph_name: str = ""
    after: set[int] = field(default_factory=set)  # changed or gone since the graph
    held: dict[int, Any] = field(default_factory=dict)
    search: Nearest | None = None


class Vectors:
    """Up to ``exact`` rows of a kind are compared one by one; of more a graph is kept in a file beside this one."""

    def __init__(self, path: Path, exact: int = EXACT) -> None:
        self.path, self.exact = path, exact
        self._near: dict[str, Near] = {}
        self._lock = threading.Lock()

    def exists(self) -> bool:
        return self.path.is_file()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """One transaction."""
        fresh = not self.exists()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path, timeout=20)) as opened, opened:
            if fresh:
                opened.execute("PRAGMA journal_mode=WAL")
                for statement in TABLES:
                    opened.execute(statement)
                opened.execute("INSERT OR IGNORE INTO state VALUES ('era', ?)", (uuid.uuid4().hex,))
            yield opened

    def told(self, name: str) -> str:
        with self._open() as opened:
            return _told(opened, name)

    def tell(self, name: str, value: str) -> None:
        with self._open() as opened:
            opened.execute("REPLACE INTO state VALUES (?, ?)", (name, value))

    def note(self, places: Iterable[Place], position: int) -> None:
        """These want a vector, or have gone; the journal has been read up to ``position``."""
        with self._open() as opened:
            opened.executemany("INSERT OR IGNORE INTO waiting VALUES (?, ?)", places)
            opened.execute("REPLACE INTO state VALUES ('position', ?)", (str(position),))

    def waiting(self, most: int) -> list[Place]:
        with self._open() as opened:
            return list(opened.execute("SELECT kind, pk FROM waiting ORDER BY kind DESC, pk LIMIT ?", (most,)))

    def counted(self) -> tuple[int, int]:
        """Texts with a vector, and those that wait."""
        with self._open() as opened:
            [have] = opened.execute("SELECT count(row) FROM vectors").fetchone()
            [wait] = opened.execute("SELECT count(*) FROM waiting").fetchone()
        return int(have), int(wait)

    def digests(self, places: Sequence[Place]) -> dict[Place, str]:
        """Of the words that the vectors were made from."""
        question = "SELECT digest FROM vectors WHERE kind = ? AND pk = ? AND row IS NOT NULL"
        with self._open() as opened:
            rows = {place: opened.execute(question, place).fetchone() for place in places}
        return {place: str(row[0]) for place, row in rows.items() if row}

    def put(self, made: Sequence[tuple[Place, str, Any]], gone: Iterable[Place], done: Iterable[Place]) -> None:
        """Rows with their digests; what is gone; what waits no longer. NoModel when the rows have another length than
        those that are there: a different model answers, and everything is forgotten."""
        with self._open() as opened:
            length = _told(opened, "length")
            other = bool(made and length and int(length) != len(made[0][2]))
            if other:
                _forget(opened)
            else:
                [last] = opened.execute("SELECT coalesce(max(seq), 0) FROM vectors").fetchone()
                if made:
                    opened.execute("REPLACE INTO state VALUES ('length', ?)", (str(len(made[0][2])),))
                rows = [(kind, pk, digest, row.tobytes(), last + 1) for (kind, pk), digest, row in made]
                opened.executemany("REPLACE INTO vectors VALUES (?, ?, ?, ?, ?)", rows)
                empty = f"UPDATE vectors SET row = NULL, digest = '', seq = {last + 1} WHERE kind = ? AND pk = ?"
                opened.executemany(empty, gone)
                opened.executemany("DELETE FROM waiting WHERE kind = ? AND pk = ?", done)
        if other:
            raise NoModel("another model answers than before; all vectors are made anew")

    def forget(self) -> None:
        """Everything is made anew from here on."""
        with self._open() as opened:
            _forget(opened)

    def of(self, kind: str, pks: Sequence[int]) -> dict[int, np.ndarray[Any, Any]]:
        """The rows that are there, by primary key."""
        found: dict[int, Any] = {}
        with self._open() as opened:
            for start in range(0, len(pks), ASKED):
                part = pks[start : start + ASKED]
                marks = ",".join("?" * len(part))
                question = f"SELECT pk, row FROM vectors WHERE kind = ? AND row IS NOT NULL AND pk IN ({marks})"
                found |= {pk: _row(data) for pk, data in opened.execute(question, (kind, *part))}
        return found

    def nearest(self, kind: str, row: np.ndarray[Any, Any], most: int) -> list[tuple[int, float]]:
        """(primary key, likeness), best first. Above ``exact`` rows without a graph yet: nothing."""
        with self._lock:
            near = self._near[kind] = self._up_to_date(kind, self._near.get(kind, Near()))
            hits: list[tuple[int, float]] = []
            if near.search is not None:
                keys = list(near.held)
                hits = [(keys[place], likeness) for place, likeness in near.search.search(row, most)]
            if near.graph is not None:
                likeness, pks = near.graph.search(row.reshape(1, -1), most + len(near.after))
                found = zip(pks[0].tolist(), likeness[0].tolist(), strict=True)
                hits += [(pk, one) for pk, one in found if pk >= 0 and pk not in near.after]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:most]

    def _up_to_date(self, kind: str, near: Near) -> Near:
        """What this process holds, with what was written since it looked last."""
        with self._open() as opened:
            if near.era != (era := _told(opened, "era")):
                near = Near(era)
            name = _told(opened, f"graph {kind}")
            if name and name != near.graph_name:
                graph = graph_from(self.path.with_name(name))
                near = Near(era, int(name.rsplit("-", 1)[1].partition(".")[0]), graph, name)
            [last] = opened.execute("SELECT coalesce(max(seq), 0) FROM vectors WHERE kind = ?", (kind,)).fetchone()
            if last == near.seq:
                return near
            if near.graph is None and not near.after:
                near = Near(era)  # there were too many a moment ago, or it is the first look
            if near.graph is None and _rows_after(opened, kind, 0) > self.exact:
                return Near(era, last)  # too many to hold; the graph is being made
            question = "SELECT pk, row, seq FROM vectors WHERE kind = ? AND seq > ? ORDER BY seq, pk"
            changed = opened.execute(question, (kind, near.seq)).fetchall()
        for pk, data, seq in changed:
            near.after.add(pk)
            near.held.pop(pk, None)
            if data:
                near.held[pk] = _row(data)
            near.seq = seq
        if changed:
            near.search = Nearest(_stacked(list(near.held.values())), exact=len(near.held)) if near.held else None
        return near

    def keep_graphs(self, kinds: Iterable[str]) -> int:
        """Make the graphs that are wanted and missing or old; how many were made. NoModel without faiss."""
        return sum(self._keep_graph(kind) for kind in kinds)

    def _keep_graph(self, kind: str) -> int:
        with self._open() as opened:
            every, old = _rows_after(opened, kind, 0), _told(opened, f"graph {kind}")
            built = int(old.rsplit("-", 1)[1].partition(".")[0]) if old else 0
            if every <= self.exact or (old and _rows_after(opened, kind, built) * STALE <= every):
                return 0
            question = "SELECT pk, row, seq FROM vectors WHERE kind = ? AND row IS NOT NULL ORDER BY pk"
            rows = opened.execute(question, (kind,)).fetchall()
        name = f"{self.path.stem}-{kind}-{max(seq for _, _, seq in rows)}.faiss"
        graph_to(self.path.with_name(name), _stacked([_row(data) for _, data, _ in rows]), [pk for pk, _, _ in rows])
        self.tell(f"graph {kind}", name)
        if old and old != name:
            self.path.with_name(old).unlink(missing_ok=True)
        return 1


def _forget(opened: sqlite3.Connection) -> None:
    for table in ("vectors", "waiting", "state"):
        opened.execute(f"DELETE FROM {table}")
    opened.execute("INSERT INTO state VALUES ('era', ?)", (uuid.uuid4().hex,))


def _told(opened: sqlite3.Connection, name: str) -> str:
    found = opened.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
    return str(found[0]) if found else ""


def _rows_after(opened: sqlite3.Connection, kind: str, seq: int) -> int:
    question = "SELECT count(*) FROM vectors WHERE kind = ? AND seq > ?"  # the index alone answers it
    return int(opened.execute(question, (kind, seq)).fetchone()[0])


def _row(data: bytes) -> np.ndarray[Any, Any]:
    import numpy as np  # noqa: PLC0415  # only where there is a model

    return np.frombuffer(data, dtype=np.float32)


def _stacked(rows: Sequence[np.ndarray[Any, Any]]) -> np.ndarray[Any, Any]:
    import numpy as np  # noqa: PLC0415  # as above

    return np.vstack(rows)
