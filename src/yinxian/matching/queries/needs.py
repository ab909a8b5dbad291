"""Needs for a result."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.db.models import Prefetch

from yinxian.kernel import clock
from yinxian.market.models import Brief, Need, Result
from yinxian.market.queries.levels import listed_needs
from yinxian.network.members import is_in_network

from ..engine.fit import fit_table
from ..engine.score import weigh
from .facts import offer_of, plain, terms_of, text_of, wanted_by, wanted_of
from .found import Found, Match
from .index import ask
from .results import in_order
from .weights import weights_in_use


def match_result(result: Result, user: Any, today: dt.date | None = None) -> Found:
    """Needs that this result may answer, as the reader may see them.

    Words are the result's, facts and indicators each need's own: the fit table reads as it would from there.
    """
    wanted = wanted_by(result)
    if not is_in_network(user):
        return Found(wanted, outside=True)
    today = today or clock.today()
    answer = ask(wanted, kind="need")
    plan, relevance = answer.plan, answer.relevance
    offer, weights = offer_of(result), weights_in_use()
    signed = Brief.objects.filter(signed_off_at__isnull=False).order_by("-number")
    needs = listed_needs(user, today).filter(pk__in=list(relevance)).exclude(owner_id=result.owner_id)
    loaded = list(needs.prefetch_related(Prefetch("briefs", signed, to_attr="signed_briefs")))
    evidence = answer.judged({need.pk: plain(text_of(need, _latest(need))) for need in loaded})
    matches = []
    for need in loaded:
        brief, found = _latest(need), evidence[need.pk]
        asked = wanted_of(need, brief)
        table = fit_table(asked.indicators, result.indicators)
        signals = weigh(asked, offer, table, relevance[need.pk], plan.norm, today, found, weights)
        matches.append(
            Match(
                need,
                replace(asked, segments=wanted.segments, subject=f"{wanted.subject}\n{need.title}"),
                plan,
                offer,
                table,
                signals,
                found,
                brief=brief,
                asked=terms_of(asked),
            )
        )
    matches = [match for match in matches if match.signals.found]
    return Found(wanted, plan, answer.searched, in_order(matches), vectors=answer.near.said)


def _latest(need: Need) -> Brief | None:
    signed: list[Brief] = getattr(need, "signed_briefs", [])
    return signed[0] if signed else None
