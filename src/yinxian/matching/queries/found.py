"""What a match gives back. Words and reasons of one match are worked out when the page asks for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from yinxian.kernel.templatetags.yx import day as written
from yinxian.kernel.text import snippet
from yinxian.market.codes import Field, Mode
from yinxian.market.models import Brief, Need, Result
from yinxian.market.queries.levels import NETWORK
from yinxian.market.queries.shown import Shown, shown

from ..engine.evidence import NONE, Evidence
from ..engine.explain import Carried, as_written, carried_by
from ..engine.fit import Table
from ..engine.reasons import KIND, Reason, day, reasons_for, sentence
from ..engine.score import Offer, Signals
from ..engine.terms import Plan
from ..engine.wanted import Wanted
from ..models import Candidate
from .dense import OFF
from .facts import Terms, text_of

EXCERPT, LONGEST_TEXT = 110, 3000  # characters
SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")


def _label(choices: Any) -> Any:
    names = dict(choices)
    return lambda code: str(names.get(code, code))


def _day(value: str) -> str:
    found = day(value)
    return written(found) if found else value


LABELS = {"field": _label(Field.choices), "modes": _label(Mode.choices), "day": _day}


@dataclass(frozen=True)
class Said:
    """A reason as it is shown: ``kind`` is met, fail, unknown or nothing."""

    code: str
    text: str
    kind: str


def said(reasons: Sequence[Reason | Mapping[str, Any]]) -> list[Said]:
    """Reasons in the reader's language, one for one."""
    return [Said(_code(reason), sentence(reason, LABELS), KIND.get(_code(reason), "")) for reason in reasons]


def _code(reason: Reason | Mapping[str, Any]) -> str:
    return reason.code if isinstance(reason, Reason) else str(reason.get("code", ""))


@dataclass
class Match:
    """One listing beside what was looked for. ``listing`` came through the reader's own visibility."""

    listing: Result | Need
    wanted: Wanted
    plan: Plan
    offer: Offer
    table: Table
    signals: Signals
    evidence: Evidence = NONE
    rank: int = 0
    candidate: Candidate | None = None
    brief: Brief | None = None  # of a need that was found for a result
    asked: Terms | None = None  # of such a need
    versions: list[Match] = field(default_factory=list)  # nearly the same text, further down

    @property
    def score(self) -> int:
        return self.signals.score

    @cached_property
    def shown(self) -> Shown:
        return shown(self.listing)

    @cached_property
    def terms(self) -> list[Carried]:
        same = self.shown.level == NETWORK and self.brief is None
        text = "\n".join(self.shown.texts()) if same else text_of(self.listing, self.brief)
        carried = carried_by(self.plan, self.wanted.text, text)
        return [replace(one, phrase=as_written(one.phrase, self.wanted.text, text)) for one in carried]

    @cached_property
    def reasons(self) -> list[Reason]:
        return reasons_for(self.wanted, self.offer, self.table, self.signals, self.terms, self.told, self.plan.trust)

    @cached_property
    def told(self) -> Evidence:
        """The evidence with its words as the listing writes them."""
        text = text_of(self.listing, self.brief)
        means, names, acts = (
            tuple((first, as_written(second, text)) for first, second in pairs)
            for pairs in (self.evidence.means, self.evidence.names, self.evidence.acts)
        )
        return replace(self.evidence, means=means, names=names, acts=acts)

    @cached_property
    def sentences(self) -> list[Said]:
        return said(self.reasons)

    @property
    def paragraph(self) -> str:
        """All reasons as running text; English wants a space between sentences."""
        return self._joined(self.sentences)

    @property
    def further(self) -> str:
        """The reasons behind the first."""
        return self._joined(self.sentences[1:])

    def _joined(self, sentences: Sequence[Said]) -> str:
        gap = " " if (get_language() or "").startswith("en") else ""
        return gap.join(one.text for one in sentences if one.text)

    @cached_property
    def excerpt(self) -> SafeString:
        """The sentence of the listing's own text that says most of what carried it, marked."""
        values = self.shown.values
        names = ("problem", "description", "advantage", "raw_words", "teaser")
        texts = [str(values[name]) for name in names if values.get(name)]
        sentences = [part for text in texts for part in SENTENCE.findall(text[:LONGEST_TEXT])]
        best = max(sentences, key=self._carried_in, default="")
        return snippet(best.strip(), [term.phrase for term in self.terms], EXCERPT)

    def _carried_in(self, sentence: str) -> float:
        folded = sentence.casefold()
        return sum(term.share for term in self.terms if term.phrase.casefold() in folded)

    @property
    def state(self) -> str:
        return self.candidate.state if self.candidate else str(Candidate.State.NEW)

    def as_json(self) -> dict[str, Any]:
        """The match for programs: nothing that the reader's level does not show."""
        rows = [
            {"name": row.name, "asked": dict(row.asked), "shown": row.shown, "verdict": row.verdict, "quote": row.quote}
            for row in self.table.rows
        ]
        return {
            "rank": self.rank,
            "slug": self.listing.slug,
            "title": self.shown.heading,
            "owner": self.shown.values.get("owner_name", ""),
            "field": self.listing.field,
            "trl": self.shown.values.get("trl"),
            "score": self.score,
            "signals": dict(self.signals.points),
            "reasons": [
                {**reason.as_json(), "text": one.text} for reason, one in zip(self.reasons, self.sentences, strict=True)
            ],
            "means": [{"function": function, "means": means} for function, means in self.told.means],
            "names": [{"need": ours, "text": theirs} for ours, theirs in self.told.names],
            "terms": [{"phrase": term.phrase, "share": round(term.share, 3)} for term in self.terms],
            "fit": rows,
            "state": self.state,
        }


@dataclass
class Found:
    """``total`` listings were searched, ``matches`` are worth reading, ``related`` share only the field."""

    wanted: Wanted
    plan: Plan = field(default_factory=Plan)
    total: int = 0
    matches: list[Match] = field(default_factory=list)
    related: list[Match] = field(default_factory=list)
    brief: Brief | None = None
    vectors: str = OFF  # whether a dense model counted too: off, used, without (there is one, but it could not)
    outside: bool = False  # the reader is not in the network: nothing is matched for them
