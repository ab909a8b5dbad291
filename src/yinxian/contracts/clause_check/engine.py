"""Check a draft: recognise what it is, run every rule, say what was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .advice import ADVICE, Advice
from .draft import LONGEST, Draft
from .findings import Hit
from .items import ARTICLES, NAMES, OFFERS
from .kinds import recognise
from .rules import RULES, reminders

MOST = 300  # findings that are shown; a draft with more is not mended line by line


@dataclass(frozen=True)
class Checked:
    """``findings`` are plain data: rule, item, start, end, quote, params; places count characters of the words."""

    kind: str
    sub_kind: str
    english: bool
    whole: bool
    characters: int
    findings: list[dict[str, Any]]
    reminders: list[str]
    notes: list[str] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        return vars(self)


def check(words: str, kind: str = "", notes: Iterable[str] = ()) -> Checked:
    """Everything that the rules find in a draft, in the order in which it stands there. Pure: no database, no clock.

    Words beyond LONGEST are not read, and the note ``cut`` says so.
    """
    draft = Draft.of(words)
    known = recognise(draft, kind)
    hits = [hit for rule in RULES for hit in rule(draft, known)]
    found = [_as_finding(draft, hit) for hit in _once(hits)][:MOST]
    told = [*notes, *(["cut"] if draft.cut else [])]
    return Checked(
        known.kind,
        known.sub_kind,
        draft.english,
        known.whole,
        len(words),
        sorted(found, key=lambda one: (one["start"], one["end"])),
        reminders(draft, known),
        told,
    )


def _once(hits: list[Hit]) -> list[Hit]:
    """One finding a rule and place; all_risk gives way to a promise of the same words."""
    kept: list[Hit] = []
    for hit in hits:
        if not any(
            other.rule == hit.rule and other.item == hit.item and other.start < hit.end and hit.start < other.end
            for other in kept
        ):
            kept.append(hit)
    return kept


def _as_finding(draft: Draft, hit: Hit) -> dict[str, Any]:
    start, end = draft.folded.span(hit.start, hit.end)
    return {
        "rule": hit.rule,
        "item": hit.item,
        "start": start,
        "end": end,
        "quote": draft.written[start:end],
        "params": hit.params,
    }


def explain(finding: dict[str, Any], *, english_draft: bool) -> dict[str, Any]:
    """A finding with its rule in the reader's language and a wording in the draft's."""
    advice = advice_of(finding)
    item = finding["item"]
    params = {**finding["params"], "item": str(NAMES.get(item, ""))}
    offers = OFFERS.get(item, (advice.offer, advice.offer_en))
    title = str(advice.title) % params
    if item and finding["rule"] == "fee_open":
        title = f"{title}：{params['item']}" if not str(NAMES[item]).isascii() else f"{title}: {params['item']}"
    return {
        **finding,
        "category": advice.category,
        "severity": advice.severity,
        "title": title,
        "article": str(ARTICLES.get(item, advice.article)),
        "why": str(advice.why) % params,
        "whom": str(advice.whom),
        "offer": offers[1] if english_draft else offers[0],
        "item_name": params["item"],
    }


def advice_of(finding: dict[str, Any]) -> Advice:
    return ADVICE[finding["rule"]]


def names_of(items: Iterable[str]) -> list[str]:
    return [str(NAMES[item]) for item in items]


__all__ = ["LONGEST", "MOST", "Checked", "advice_of", "check", "explain", "names_of"]
