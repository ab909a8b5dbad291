"""The weights in use, their versions, and the decisions that they can be learned from."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from yinxian.market.models import Result

from ..engine.learning import Decision
from ..engine.weights import PRIOR, Weights, checked
from ..models import Candidate, Feedback, RankingWeights
from ..models.candidates import Refusal

NOT_ABOUT_FIT = (Refusal.CONFLICT,)  # a party that was met before says nothing of the ranking


def weights_in_use() -> Weights:
    found = RankingWeights.objects.filter(state=RankingWeights.State.IN_USE).first()
    return checked(found.number, found.multiples) if found else PRIOR


def versions() -> QuerySet[RankingWeights]:
    return RankingWeights.objects.select_related("made_by").order_by("-number")


def decisions() -> list[Decision]:
    """The decision that stands about each candidate, in order of time; taken back ones are none."""
    standing: dict[int, Feedback] = {}
    for row in Feedback.objects.select_related("candidate").order_by("at", "pk").iterator(chunk_size=1000):
        standing.pop(row.candidate_id, None)
        if row.verb != Feedback.Verb.UNDONE and row.refusal not in NOT_ABOUT_FIT:
            standing[row.candidate_id] = row
    return [
        Decision(row.candidate.need_id, row.verb == Feedback.Verb.SHORTLISTED, row.signals) for row in standing.values()
    ]


def records_of(results: Iterable[Result]) -> dict[int, tuple[int, int]]:
    """By owner: how many of their results stand on a shortlist, of how many decided about."""
    owners = {result.owner_id for result in results}
    if not owners:
        return {}
    good = Count("pk", filter=Q(state=Candidate.State.SHORTLISTED))
    rows = Candidate.objects.filter(result__owner_id__in=owners).exclude(state=Candidate.State.NEW).order_by()
    counted = rows.values_list("result__owner_id").annotate(good=good, every=Count("pk"))
    return {owner: (shortlisted, every) for owner, shortlisted, every in counted}
