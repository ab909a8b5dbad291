"""Texts without a database, ranked as the market's own are: for the command line and for measuring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from yinxian.kernel.indexbuild import rebuild
from yinxian.kernel.text import normalise
from yinxian.kernel.textindex import Hit, Text, TextIndex
from yinxian.market.intake import make_brief

from .dense import Encoder, standing_out
from .evidence import Evidence, judge
from .question import POOL, Question, prepare
from .score import DENSE_POINTS, content_points, text_points
from .wanted import Wanted, from_brief
from .weights import PRIOR, Weights

KIND = "result"
DEPTH = 100


@dataclass(frozen=True)
class Paper:
    """One text of a corpus: what a result says of itself, under somebody else's ``key``."""

    key: str
    title: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(part for part in (self.title, " ".join(self.keywords), self.abstract) if part)


@dataclass(frozen=True)
class Placed:
    """``score`` falls from place to place, so that every program that sorts by it gets this order."""

    key: str
    score: float


def read_paper(row: Mapping[str, Any], key: str) -> Paper:
    """Keywords come as a list, as one string, or not at all; whatever else is there is read as text."""
    given = row.get("keywords")
    words = given if isinstance(given, list) else [given]
    keywords = tuple(word for one in words if (word := _plain(one)))
    return Paper(key, _plain(row.get("title")), _plain(row.get("abstract")), keywords)


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return "\n".join(filter(None, map(_plain, value)))
    return "" if value is None or isinstance(value, bool | dict) else str(value)


class Shelf:
    """A corpus in a folder of its own. Built once, asked any number of times."""

    def __init__(
        self, folder: Path, papers: Sequence[Paper], weights: Weights = PRIOR, encoder: Encoder | None = None
    ) -> None:
        self.papers = papers
        self.weights = weights
        self.encoder = encoder
        self._rows: Any = None
        self.index = TextIndex(folder, (KIND,))

    def build(self, told: Iterable[None] = ()) -> int:
        """Index everything; ``told`` is advanced once a text, for whoever shows progress."""
        ticks = iter(told)
        count = rebuild(self.index, self._texts(ticks))
        if self.encoder is not None:
            self._rows = self.encoder.encode([paper.text for paper in self.papers])
        return count

    def _texts(self, ticks: Iterator[None]) -> Iterator[Text]:
        for number, paper in enumerate(self.papers):
            next(ticks, None)
            yield Text(KIND, number, f"{paper.title}\n{' '.join(paper.keywords)}", paper.abstract)

    def rank(self, title: str, text: str, today: date, depth: int = DEPTH) -> list[Placed]:
        """The best texts for a need's own words, by the product's brief, words and weights. No words: nothing."""
        return self.rank_wanted(from_brief(make_brief(title, text, today)), depth)

    def rank_wanted(self, wanted: Wanted, depth: int = DEPTH) -> list[Placed]:
        """As many as ``depth``; those that words bring up first are looked at closely, the rest follow them."""
        question, hits, evidence = self._close(wanted, depth)
        close, rest = hits[:POOL], hits[POOL:]
        near = self._near(wanted, [hit.pk for hit in close])
        scored = [
            (self._points(hit.score, question.plan.norm, found) + dense, hit.pk)
            for hit, found, dense in zip(close, evidence, near, strict=True)
        ]
        scored.sort(key=lambda row: (-row[0], row[1]))
        scored += [(text_points(hit.score, question.plan.norm), hit.pk) for hit in rest]
        return falling([(self.papers[pk].key, score) for score, pk in scored[:depth]])

    def _near(self, wanted: Wanted, pks: Sequence[int]) -> list[float]:
        """Points from a dense model, where there is one: how far each likeness stands from the pool's mean."""
        if self.encoder is None or not pks:
            return [0.0] * len(pks)
        row = self.encoder.encode(["\n".join(wanted.core) or wanted.text])[0]
        return [DENSE_POINTS * one for one in standing_out([float(self._rows[pk] @ row) for pk in pks])]

    def parts(self, title: str, text: str, today: date) -> list[tuple[str, dict[str, float]]]:
        """What each part gives each candidate, before weights; in the order that words bring them up."""
        question, hits, evidence = self._close(from_brief(make_brief(title, text, today)), POOL)
        return [
            (self.papers[hit.pk].key, content_points(hit.score, question.plan.norm, found))
            for hit, found in zip(hits, evidence, strict=False)
        ]

    def _close(self, wanted: Wanted, depth: int) -> tuple[Question, list[Hit], list[Evidence]]:
        """The question, what words bring up, and the evidence of the first of these."""
        question = prepare(wanted, lambda terms: self.index.census(terms, kind=KIND, network=True))
        if not question.plan.weights:
            return question, [], []
        hits = self.index.search(question.plan.weights, network=True, limit=max(depth, POOL)).hits
        return question, hits, judge(question.sought, [normalise(self.papers[hit.pk].text) for hit in hits[:POOL]])

    def _points(self, relevance: float, norm: float, found: Evidence) -> float:
        return sum(self.weights.weighed(content_points(relevance, norm, found)).values())


def falling(rows: Sequence[tuple[str, float]], step: float = 1e-6) -> list[Placed]:
    """The rows with scores that fall by at least a step each."""
    placed: list[Placed] = []
    for key, score in rows:
        last = placed[-1].score if placed else score + step
        placed.append(Placed(key, min(round(score, 6), round(last - step, 6))))
    return placed
