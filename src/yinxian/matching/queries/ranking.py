"""Ranking for bare words and for the command line, where nobody in particular is reading: as the network reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinxian.kernel import clock
from yinxian.kernel.templatetags.yx import bound
from yinxian.market.intake import make_brief
from yinxian.market.models import Need
from yinxian.market.queries.levels import NETWORK

from ..engine.wanted import Wanted, from_brief
from .facts import brief_of, wanted_of
from .found import Match
from .results import SHOWN, beside_the_pool, in_order, network_results, rank

MARKS = {"met": gettext_lazy("达到"), "fail": gettext_lazy("未达"), "unknown": gettext_lazy("待问")}


def rank_text(title: str, text: str, limit: int = 10) -> list[Match]:
    """Results for words that are no need yet; the brief is made on the spot and kept nowhere."""
    today = clock.today()
    content = make_brief(title, text, today)
    return _ranked(from_brief(content, title=title), limit, today)


def rank_need(need: Need, limit: int = 10) -> list[Match]:
    """Results for a need, by its latest brief."""
    return _ranked(wanted_of(need, brief_of(need, signed_only=False)), limit, clock.today())


def best_for(need: Need) -> Match | None:
    """The best result of those worth reading; None when there is none."""
    return next((match for match in rank_need(need, SHOWN) if match.signals.found), None)


def _ranked(wanted: Wanted, limit: int, today: dt.date) -> list[Match]:
    _answer, matches = rank(wanted, network_results(today), today, limit=max(SHOWN, limit))
    return matches[:limit]


def as_text(matches: Sequence[Match]) -> str:
    """A list of matches for a terminal."""
    if not matches:
        return _("没有找到相近的成果。换个说法再试，或者先导入成果。")
    return "\n\n".join(_as_lines(match) for match in matches)


def _as_lines(match: Match) -> str:
    head = f"{match.rank:>3}  {match.score:>3}  {match.shown.heading}  ({match.listing.slug})"
    lines = [head, *(f"          {one.text}" for one in match.sentences)]
    for row in match.table.rows:
        shown = row.shown or _("未给出")
        lines.append(f"          [{MARKS[row.verdict]}] {row.name} {bound(row.asked)}  →  {shown}")
    return "\n".join(lines)


def why_text(need: Need, slug: str) -> Match | None:
    """One result beside those that the need's words bring up, as the network reads; None when it may not be read."""
    today = clock.today()
    result = network_results(today).filter(slug=slug).first()
    if result is None:
        return None
    result.level = NETWORK  # type: ignore[attr-defined]  # as visible_results annotates it
    pool, [match] = beside_the_pool(wanted_of(need, brief_of(need, signed_only=False)), [result], today)
    in_order([*pool, match])
    return match


def as_parts(match: Match) -> str:
    """One match for a terminal: its parts, then its reasons."""
    parts = [f"{points:>8.2f}  {name}" for name, points in match.signals.points.items()]
    return "\n".join([_as_lines(match), "", *parts])
