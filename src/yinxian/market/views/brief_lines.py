"""What was read from the words, line by line, and the words with the places that each line came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yinxian.kernel.templatetags.yx import bound

from ..codes import Field, Mode
from ..intake.industries import divisions
from ..intake.ownership import OWNERSHIPS
from ..intake.segments import segment
from ..intake.signs import SENTENCES
from ..intake.words import clean
from .brief_words import LABELS, value_in_words

MARKED = 300  # lines whose words are marked
PARTS = ("problem", "target", "background", "money", "cooperation")
KIND = {"budget": "money", "deadline": "time", "duration_months": "time", "modes": "mode", "ownership": "mode"}


@dataclass(frozen=True)
class Line:
    """``id`` ties the line to its words; ``name`` and ``place`` say which part of the content it is."""

    id: str
    kind: str
    label: Any
    value: str
    quotes: tuple[str, ...]
    name: str = ""
    place: int = 0
    contradicts: bool = False


def lines_of(content: Mapping[str, Any]) -> list[Line]:
    """Indicators, money, time, cooperation, ownership, field and industry, in the order of the brief."""
    quotes = content.get("quotes") or {}
    found: list[Line] = []

    def add(name: str, place: int, label: Any, value: str, said: Iterable[str], contradicts: bool = False) -> None:
        kind = KIND.get(name, "figure" if name == "indicators" else "plain")
        words = tuple(one for one in said if one)
        found.append(Line(f"l{len(found)}", kind, label, value, words, name, place, contradicts))

    for place, one in enumerate(content.get("indicators") or []):
        add("indicators", place, one["name"], bound(one), [one.get("quote") or ""], bool(one.get("contradicts")))
    for name in ("budget", "deadline", "duration_months"):
        if content.get(name):
            add(name, 0, LABELS[name], value_in_words(name, content[name]), quotes.get(name) or [])
    said = quotes.get("modes") or []
    for place, mode in enumerate(content.get("modes") or []):
        add("modes", place, LABELS["modes"], str(dict(Mode.choices).get(mode, mode)), said[place : place + 1])
    if content.get("ownership"):
        add("ownership", 0, _("知识产权归属"), str(OWNERSHIPS[content["ownership"]]), quotes.get("ownership") or [])
    for place, one in enumerate((content.get("field") or [])[:1]):
        add("field", place, LABELS["field"], str(dict(Field.choices).get(one["code"], one["code"])), [])
    for place, one in enumerate((content.get("industry") or [])[:2]):
        if one["code"] in divisions():
            division = divisions()[one["code"]]
            add("industry", place, _("行业"), f"{division.section}{division.code} {division.name}", [])
    return found


def signs_of(content: Mapping[str, Any]) -> list[Line]:
    """What speaks for and against a plan to buy, as lines with their words."""
    return [
        Line(
            f"s{place}",
            "for" if one["weight"] > 0 else "against",
            SENTENCES.get(one["code"], one["code"]),
            f"{one['weight']:+d}",
            (one["quote"],) if one["quote"] else (),
        )
        for place, one in enumerate(content.get("signs") or [])
    ]


def marked_words(raw: str, lines: Iterable[Line]) -> SafeString:
    """The raw words, escaped: each piece in the colour of its part, and marked with the lines that it made."""
    edges: dict[int, None] = {0: None, len(raw): None}
    spans: list[tuple[int, int, Line]] = []
    for line in list(lines)[:MARKED]:
        for quote in line.quotes:
            start = raw.find(quote)
            if start >= 0:
                spans.append((start, start + len(quote), line))
                edges |= {start: None, start + len(quote): None}
    parts: list[tuple[int, int, str]] = []
    if clean(raw) == raw:
        parts = [(one.sentence.start, one.sentence.end, one.role) for one in segment(raw) if one.role in PARTS]
        edges |= dict.fromkeys(edge for start, end, _role in parts for edge in (start, end))
    spans.sort(key=lambda span: span[:2])
    cuts = sorted(edges)
    pieces, part, first, open_spans = [], 0, 0, list[tuple[int, int, Line]]()
    for start, end in pairwise(cuts):
        while part < len(parts) and parts[part][1] <= start:
            part += 1
        while first < len(spans) and spans[first][0] <= start:
            open_spans.append(spans[first])
            first += 1
        open_spans = [span for span in open_spans if span[1] > start]
        role = parts[part][2] if part < len(parts) and parts[part][0] <= start else ""
        pieces.append(_piece(raw[start:end], role, [span[2] for span in open_spans]))
    return SafeString("".join(pieces))


def _piece(text: str, role: str, lines: list[Line]) -> str:
    shown = escape(text)
    inside = f' class="part-{role}"' if role else ""
    if not lines:
        return f"<span{inside}>{shown}</span>" if role else shown
    kinds = " ".join(dict.fromkeys(f"said-{line.kind}" for line in lines))
    ids = " ".join(line.id for line in lines)
    return f'<mark tabindex="0" class="{kinds} part-{role or "none"}" data-said="{ids}">{shown}</mark>'
