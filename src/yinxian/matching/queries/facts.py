"""Needs and results as the engine reads them. Confidential fields are not read here at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from yinxian.kernel.text import normalise
from yinxian.market.codes import Mode, PriceKind
from yinxian.market.models import Brief, Need, Result
from yinxian.market.queries.levels import NETWORK
from yinxian.market.queries.shown import shown, texts_in

from ..engine.score import Offer
from ..engine.wanted import Wanted, from_brief


def brief_of(need: Need, *, signed_only: bool) -> Brief | None:
    """The latest version; for readers who have no part in the need, the latest that the client signed off."""
    briefs = need.briefs.order_by("-number")
    return (briefs.filter(signed_off_at__isnull=False) if signed_only else briefs).first()


def wanted_of(need: Need, brief: Brief | None) -> Wanted:
    """What a need asks for; where the brief is silent its own fields speak, and without a brief the raw words."""
    content: dict[str, Any] = dict(brief.content) if brief else {"title": need.title, "problem": need.raw_words}
    if not content.get("field") and need.field:
        content["field"] = [{"code": need.field, "score": 1}]
    if not content.get("modes"):
        content["modes"] = need.modes
    if not content.get("budget") and (need.budget_low_fen or need.budget_high_fen):
        content["budget"] = {"low_fen": need.budget_low_fen, "high_fen": need.budget_high_fen}
    if not content.get("deadline") and need.deadline:
        content["deadline"] = need.deadline.isoformat()
    return from_brief(content, title=need.title, region=need.region)


@dataclass(frozen=True)
class Terms:
    """On what terms a need looks: the brief's, else the need's own. Amounts are fen."""

    low_fen: int | None
    high_fen: int | None
    deadline: dt.date | None
    months: int | None
    mode_names: list[str]


def terms_of(wanted: Wanted) -> Terms:
    names = dict(Mode.choices)
    modes = [str(names[mode]) for mode in wanted.modes if mode in names]
    low = wanted.budget_low_fen if wanted.budget_low_fen != wanted.budget_fen else None
    return Terms(low, wanted.budget_fen, wanted.deadline, wanted.months, modes)


def wanted_by(result: Result) -> Wanted:
    """A result turned into a question: which needs speak of what it does?"""
    parts = {"title": result.title, "problem": result.problem, "target": result.description or result.teaser}
    content: dict[str, Any] = {**parts, "keywords": result.keywords, "modes": result.modes}
    if result.field:
        content["field"] = [{"code": result.field, "score": 1}]
    return from_brief(content, title=result.title, region=result.region)


def offer_of(result: Result, record: tuple[int, int] = (0, 0)) -> Offer:
    """What the score may know of a result: a confidential price is nobody's business here."""
    hidden = result.price_confidential
    return Offer(
        field=result.field,
        modes=tuple(result.modes),
        price_low_fen=None if hidden else result.price_low_fen,
        price_high_fen=None if hidden else result.price_high_fen,
        price_open=not hidden and result.price_kind == PriceKind.OPEN,
        trl=result.trl,
        region=result.region,
        fresh_until=result.fresh_until,
        record=record,
    )


def text_of(listing: Result | Need, brief: Brief | None = None) -> str:
    """The full text that every member of the network may read, contacts blanked out."""
    return "\n".join(shown(listing, NETWORK, brief).texts())


WORDS = (
    "title", "title_en", "teaser", "teaser_en", "keywords", "problem", "description", "advantage", "indicators",
    "limits", "team", "ip_rows", "owner__name",
)  # fmt: skip


def plain_texts(readable: QuerySet[Result]) -> dict[int, str]:
    """The full text of many by primary key, in normal form: what ``text_of`` says, without loading the rest."""
    rows = readable.order_by("pk").values_list("pk", *WORDS)
    return {pk: plain("\n".join(texts_in(values))) for pk, *values in rows}


@lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """The normal form; the same results are compared with need after need."""
    return normalise(text)
