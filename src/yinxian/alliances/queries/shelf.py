"""The directory in memory: for each code (a track, a region …) the set of cards that have it, as bits in a row.

A hundred thousand cards with their facets are counted, sorted and cut into pages in a few milliseconds, whichever the
database (docs/adr/0034). The database says by one number how far its cards have changed; what is newer is read before
the next answer, so an answer is never older than the last commit. Two sides are kept: what the network reads, and what
each person lets anyone read.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import numpy as np

from yinxian.kernel.text import normalise

from ..models import Card, Turn

PUBLIC, NETWORK = "public", "network"
SORTS = ("level", "free", "name")
Bits = np.ndarray[Any, np.dtype[np.bool_]]
Whole = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Found:
    """``counts`` are by code, each dimension under the choices of the other dimensions."""

    count: int
    keys: list[int]
    counts: dict[str, int]


@dataclass
class _Side:
    """One audience's columns; a row's place is the same in all of them. ``text`` is all words in one, a line a row,
    with the place where each line starts: made when the first words are sought after a change."""

    listed: Bits
    codes: dict[str, Bits] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    text: str | None = None
    starts: list[int] = field(default_factory=list)
    rank: Whole = field(default_factory=lambda: np.zeros(0, np.int64))
    free: Whole = field(default_factory=lambda: np.zeros(0, np.int64))
    orders: dict[str, Whole] = field(default_factory=dict)


class Shelf:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._clear("")

    def _clear(self, epoch: str) -> None:
        self.epoch, self.seen = epoch, 0
        self.keys: list[int] = []
        self.places: dict[int, int] = {}
        self.sides = {side: _Side(np.zeros(0, np.bool_)) for side in (PUBLIC, NETWORK)}

    def fresh(self) -> None:
        """Read what has changed since the last answer: one query where nothing has."""
        turn = Turn.objects.values_list("epoch", "number").first()
        epoch, number = turn or ("", 0)
        if epoch != self.epoch or number < self.seen:
            self._clear(epoch)
        if number > self.seen:
            changed = Card.objects.filter(turn__gt=self.seen, turn__lte=number).order_by("pk")
            self._take(list(changed.values_list("pk", "codes", "codes_public", "words", "words_public")))
            self.seen = number

    def _take(self, rows: list[tuple[int, str, str, str, str]]) -> None:
        new = [row for row in rows if row[0] not in self.places]
        for row in new:
            self.places[row[0]] = len(self.keys)
            self.keys.append(row[0])
        for name, codes, words in ((NETWORK, 1, 3), (PUBLIC, 2, 4)):
            self._grow(self.sides[name], len(self.keys))
            self._fill(self.sides[name], [(self.places[row[0]], str(row[codes]), str(row[words])) for row in rows])

    @staticmethod
    def _grow(side: _Side, size: int) -> None:
        more = size - len(side.listed)
        if more <= 0:
            return
        side.listed = np.append(side.listed, np.zeros(more, np.bool_))
        side.codes = {code: np.append(bits, np.zeros(more, np.bool_)) for code, bits in side.codes.items()}
        side.rank, side.free = (np.append(one, np.zeros(more, np.int64)) for one in (side.rank, side.free))
        side.words += [""] * more
        side.text = None

    @staticmethod
    def _fill(side: _Side, rows: list[tuple[int, str, str]]) -> None:
        at = np.array([place for place, _codes, _words in rows], np.int64)
        side.listed[at] = False
        for bits in side.codes.values():
            bits[at] = False
        have: dict[str, list[int]] = {}
        for place, codes, words in rows:
            side.words[place], side.rank[place], side.free[place] = words, 0, -1
            side.listed[place] = bool(codes)
            for code in codes.split():
                kind, _colon, value = code.partition(":")
                if kind == "n":
                    side.free[place] = int(value)
                    continue
                if kind == "v":
                    side.rank[place] = int(value)
                have.setdefault(code, []).append(place)
        for code, places in have.items():
            bits = side.codes.setdefault(code, np.zeros(len(side.listed), np.bool_))
            bits[np.array(places, np.int64)] = True
        side.orders, side.text = {}, None

    def find(
        self,
        side: str,
        chosen: Mapping[str, Collection[str]],
        *,
        text: str = "",
        sort: str = "level",
        start: int = 0,
        size: int = 25,
    ) -> Found:
        """``chosen`` are codes by dimension: any of one dimension, all dimensions. Every word of ``text`` must stand in
        what the side may read."""
        with self.lock:
            self.fresh()
            return self._find(self.sides[side], chosen, text, sort, start, size)

    def _find(
        self, side: _Side, chosen: Mapping[str, Collection[str]], text: str, sort: str, start: int, size: int
    ) -> Found:
        base = side.listed & self._with_words(side, text) if text.strip() else side.listed
        none = np.zeros(len(base), np.bool_)
        picked: dict[str, Bits] = {}
        for dimension, codes in chosen.items():
            if codes:
                picked[dimension] = np.logical_or.reduce([side.codes.get(code, none) for code in codes])
        all_of = base.copy()
        for bits in picked.values():
            all_of &= bits
        order = self._order(side, sort)
        ordered = order[all_of[order]]
        others: dict[str, Bits] = {}
        for dimension in picked:
            rest = base.copy()
            for name, bits in picked.items():
                if name != dimension:
                    rest &= bits
            others[dimension] = rest
        counts = {}
        for code, bits in side.codes.items():
            within = others.get(code.partition(":")[0], all_of)
            if count := int(np.count_nonzero(bits & within)):
                counts[code] = count
        keys = [self.keys[place] for place in ordered[start : start + size].tolist()]
        return Found(len(ordered), keys, counts)

    @classmethod
    def _with_words(cls, side: _Side, text: str) -> Bits:
        """Rows in which every word stands. One long text is searched, so only the rows that have it cost anything."""
        if side.text is None:
            side.text = "\n".join(side.words)
            side.starts = [0, *accumulate(len(words) + 1 for words in side.words)]
        found = np.ones(len(side.words), np.bool_)
        for word in normalise(text).split():
            bits = np.zeros(len(side.words), np.bool_)
            bits[cls._rows_with(side.text, side.starts, word)] = True
            found &= bits
        return found

    @staticmethod
    def _rows_with(text: str, starts: list[int], word: str) -> list[int]:
        rows: list[int] = []
        at = text.find(word)
        while at >= 0:
            row = bisect_right(starts, at) - 1
            rows.append(row)
            at = text.find(word, starts[row + 1])
        return rows

    def _order(self, side: _Side, sort: str) -> Whole:
        if sort not in side.orders:
            keys = np.array(self.keys, np.int64)
            if sort == "name":
                by_name = sorted(range(len(keys)), key=lambda place: (side.words[place], self.keys[place]))
                side.orders[sort] = np.array(by_name, np.int64)
            else:
                first, second = (side.free, side.rank) if sort == "free" else (side.rank, side.free)
                side.orders[sort] = np.lexsort((keys, -second, -first))
        return side.orders[sort]


SHELF = Shelf()
