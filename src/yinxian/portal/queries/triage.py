"""The needs of an import, sorted out: which are clear, which look like a plan to buy, what fits best."""

from __future__ import annotations

from typing import Any

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from yinxian.market.codes import Confidence
from yinxian.market.models import Brief, ImportRun, Result
from yinxian.market.queries.levels import visible_needs
from yinxian.matching.models import BestFit

from .signs import SignsOf

SORTS = {
    "worth": (F("weight").desc(nulls_last=True), F("clear").desc(nulls_last=True), "pk"),
    "clarity": (F("clear").desc(nulls_last=True), F("weight").desc(nulls_last=True), "pk"),
    "vague": (F("clear").asc(nulls_last=True), "pk"),
    "for": (F("speaks_for").desc(nulls_last=True), F("weight").desc(nulls_last=True), "pk"),
    "against": (F("speaks_against").asc(nulls_last=True), F("weight").asc(nulls_last=True), "pk"),
    "fit": (F("best_fit__score").desc(nulls_last=True), F("weight").desc(nulls_last=True), "pk"),
    "row": ("pk",),
}
KINDS = ("plan", "unclear", "common")


def triage_of(run: ImportRun, user: Any, sort: str = "worth", kind: str = "") -> QuerySet[Any]:
    """The run's needs that the reader may see, each with its latest brief's ``clear`` (0 to 100), ``weight`` (sum of
    the signs, ``speaks_for`` of those above and ``speaks_against`` of those below nought) and ``buying`` (plan,
    unclear, common). Needs without a brief come last."""
    latest = Brief.objects.filter(need=OuterRef("pk")).order_by("-number")
    found: QuerySet[Any] = visible_needs(user).filter(owner_id=run.owner_id, source=run.source)
    found = found.select_related("best_fit__result")
    found = found.annotate(
        clear=_whole(latest, "content__clarity__score"),
        weight=_whole(latest, "content__judgement__weight"),
        speaks_for=Subquery(latest.annotate(said=SignsOf("content", above=True)).values("said")[:1]),
        speaks_against=Subquery(latest.annotate(said=SignsOf("content", above=False)).values("said")[:1]),
        buying=Subquery(latest.annotate(said=KT("content__judgement__kind")).values("said")[:1]),
        signs=Subquery(latest.values("content__signs")[:1]),
        follow_up=Subquery(latest.annotate(said=KT("content__judgement__follow_up")).values("said")[:1]),
        figures=Subquery(latest.values("content__indicators")[:1]),
    )
    if kind in KINDS:
        found = found.filter(buying=kind)
    return found.order_by(*SORTS.get(sort, SORTS["worth"]))


def _whole(latest: QuerySet[Brief], name: str) -> Subquery:
    """A whole number of the latest brief."""
    return Subquery(latest.annotate(said=Cast(KT(name), IntegerField())).values("said")[:1])


def not_looked_at(found: QuerySet[Any]) -> int:
    """For how many of them the worker has not looked for the best fit yet."""
    return found.filter(best_fit=None).count()


def kept_fit(need: Any, *, in_network: bool) -> tuple[int | None, str]:
    """The score of the best fit that was found beforehand, and for a reader in the network the result's title while
    the network may read it."""
    best: BestFit | None = getattr(need, "best_fit", None)
    if best is None:
        return None, ""
    result = best.result
    shown = in_network and result is not None and result.confidence != Confidence.NAMED
    return best.score, result.title if shown and result and result.state == Result.State.PUBLISHED else ""
