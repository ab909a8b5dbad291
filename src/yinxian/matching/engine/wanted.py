"""What is looked for: a brief (or somebody's own words) read as segments with weights and as plain facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

MAX_CHARACTERS = 6000  # of one segment: what follows changes no ranking and costs time
CORE = 1.0  # the weight of a segment that says what is wanted
WEIGHTS = {"title": 1.0, "target": 1.0, "problem": 1.0, "keywords": 0.6, "background": 0.6, "words": 1.0}


@dataclass(frozen=True)
class Wanted:
    """One question to the market.

    ``segments`` are (text, weight). ``fields`` are (code, score), best first. Amounts are fen, ``indicators``
    the house's indicators; they never become search words, the fit table reads them.
    """

    segments: tuple[tuple[str, float], ...] = ()
    fields: tuple[tuple[str, float], ...] = ()
    modes: tuple[str, ...] = ()
    indicators: tuple[Mapping[str, Any], ...] = ()
    budget_fen: int | None = None  # the most that may be spent
    budget_low_fen: int | None = None
    deadline: date | None = None
    months: int | None = None
    region: str = ""
    subject: str = ""  # title and keywords: the words that name the matter

    @property
    def text(self) -> str:
        return "\n".join(text for text, _ in self.segments)

    @property
    def core(self) -> list[str]:
        """What counts in full: title, problem and target, or somebody's own words; not the firm's story."""
        return [text for text, weight in self.segments if weight >= CORE]

    @property
    def main_field(self) -> str:
        return self.fields[0][0] if self.fields else ""

    def in_words(self, words: str) -> Wanted:
        """The same facts, looked for in other words."""
        return Wanted(
            segments=((words[:MAX_CHARACTERS], WEIGHTS["words"]),),
            fields=self.fields,
            modes=self.modes,
            indicators=self.indicators,
            budget_fen=self.budget_fen,
            budget_low_fen=self.budget_low_fen,
            deadline=self.deadline,
            months=self.months,
            region=self.region,
            subject=words[:MAX_CHARACTERS],
        )


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _words(value: Any) -> str:
    """A segment of a brief as text: briefs hold strings, and lists of strings where there are several."""
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        return "\n".join(item for item in value if isinstance(item, str))
    return ""


def from_brief(content: Mapping[str, Any], *, title: str = "", region: str = "") -> Wanted:
    """Read a brief's content (see market.intake). What a brief lacks is simply not asked for."""
    parts = {
        "title": content.get("title") or title,
        "problem": content.get("problem"),
        "target": content.get("target"),
        "keywords": content.get("keywords"),
        "background": content.get("background"),
    }
    segments = tuple(
        (text[:MAX_CHARACTERS], WEIGHTS[name]) for name, value in parts.items() if (text := _words(value).strip())
    )
    budget = content.get("budget") or {}
    fields = [
        (str(row["code"]), float(row.get("score") or 0))
        for row in content.get("field") or []
        if isinstance(row, Mapping) and row.get("code")
    ]
    return Wanted(
        segments=segments,
        fields=tuple(sorted(fields, key=lambda row: -row[1])),
        modes=tuple(str(mode) for mode in content.get("modes") or []),
        indicators=tuple(row for row in content.get("indicators") or [] if isinstance(row, Mapping)),
        budget_fen=_whole(budget.get("high_fen")) or _whole(budget.get("low_fen")),
        budget_low_fen=_whole(budget.get("low_fen")),
        deadline=_day(content.get("deadline")),
        months=_whole(content.get("duration_months")),
        region=region,
        subject=f"{_words(parts['title'])}\n{_words(parts['keywords'])}",
    )
