"""What says the same as a listing: near copies, also in other words, with the spans that both have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from yinxian.kernel import clock
from yinxian.kernel.text import highlight
from yinxian.market.models import Need, Result
from yinxian.market.queries.levels import listed_needs, listed_results
from yinxian.market.queries.shown import shown

from ..engine.likeness import Likeness, compare
from ..engine.wanted import Wanted
from .facts import brief_of, plain, text_of, wanted_by, wanted_of
from .index import ask

COPY, OTHER_WORDS = 0.35, 0.55  # share of runs that makes a copy; of the listing's own score, the same in other words
COMPARED, MOST, AROUND = 12, 8, 160


@dataclass(frozen=True)
class Alike:
    """``percent`` of the shorter text is in both; ``meaning`` is how much of the listing's own score the other gets;
    ``passage`` is the other's, with what both say marked."""

    listing: Result | Need
    title: str
    percent: int
    meaning: int
    passage: SafeString

    @property
    def copy(self) -> bool:
        return self.percent >= 100 * COPY


def alike(listing: Result | Need, user: Any) -> list[Alike]:
    """Listings of the same kind that a reader may see and that say the same, most alike first."""
    wanted, kind = _question(listing)
    answer = ask(wanted, kind=kind, model=False)
    own = answer.relevance.get(listing.pk) or max(answer.relevance.values(), default=0.0)
    near = [pk for pk in answer.relevance if pk != listing.pk][:COMPARED]
    today = clock.today()
    others: list[Result | Need] = (
        [*listed_results(user, today).filter(pk__in=near)]
        if kind == "result"
        else [*listed_needs(user, today).filter(pk__in=near)]
    )
    mine = plain(text_of(listing))
    found = [_beside(mine, other, answer.relevance[other.pk] / own if own else 0.0) for other in others]
    kept = [one for one in found if one.percent >= 100 * COPY or one.meaning >= 100 * OTHER_WORDS]
    return sorted(kept, key=lambda one: (-max(one.percent, one.meaning), one.listing.pk))[:MOST]


def _question(listing: Result | Need) -> tuple[Wanted, str]:
    if isinstance(listing, Result):
        return wanted_by(listing), "result"
    return wanted_of(listing, brief_of(listing, signed_only=True)), "need"


def _beside(mine: str, other: Result | Need, meaning: float) -> Alike:
    theirs = text_of(other) if getattr(other, "level", "") in ("network", "named") else "\n".join(shown(other).texts())
    likeness = compare(plain(theirs), mine)
    return Alike(
        other,
        shown(other).heading,
        round(100 * likeness.share),
        round(100 * min(1.0, meaning)),
        _passage(theirs, likeness),
    )


def _passage(text: str, likeness: Likeness) -> SafeString:
    """The part of the text around the longest span, every shared span in it marked."""
    folded = plain(text)
    flat = text if len(folded) == len(text) else folded
    at = likeness.spans[0][0] if likeness.spans else 0
    begin, end = max(0, at - AROUND // 4), at + AROUND
    inside = [folded[max(start, begin) : min(stop, end)].strip() for start, stop in likeness.spans]
    lines = [line.strip() for span in inside for line in span.splitlines()]
    return highlight(flat[begin:end], [line for line in lines if len(line) > 1])
