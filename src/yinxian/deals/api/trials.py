"""REST endpoints of trials (先用后转): the same verbs as the page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from yinxian.kernel.http import or_404

from ..models import Deal, Trial
from ..operations import trials as operations
from ..queries import deals
from ..queries.trials import trial_of

router = Router()


class TrialOut(Schema):
    deal: str
    state: str
    scope: str
    judging: str
    starts_on: dt.date
    ends_on: dt.date
    decide_by: dt.date
    late: bool
    pay_days: int
    return_days: int
    decided_on: dt.date | None
    reason: str
    return_by: dt.date | None
    returned_on: dt.date | None


class TrialIn(Schema):
    """What both sides signed; a month's trial is two dates."""

    scope: str
    judging: str
    starts_on: dt.date
    ends_on: dt.date
    decide_by: dt.date
    pay_days: int = 30
    return_days: int = 30


class ExtendIn(Schema):
    ends_on: dt.date
    decide_by: dt.date
    reason: str


class ReasonIn(Schema):
    reason: str


def _deal(request: HttpRequest, slug: str) -> Deal:
    return or_404(deals.find(request.user, slug))


def _out(trial: Trial) -> dict[str, Any]:
    names = [name for name in TrialOut.model_fields if name != "deal"]
    return {"deal": trial.deal.slug, **{name: getattr(trial, name) for name in names}}


@router.get("/{deal}/trial", response=TrialOut, url_name="trial")
def trial(request: HttpRequest, deal: str) -> dict[str, Any]:
    """The trial of a deal; 404 where none was agreed."""
    return _out(or_404(trial_of(_deal(request, deal))))


@router.post("/{deal}/trial", response=TrialOut, url_name="trial_agree")
def agree(request: HttpRequest, deal: str, given: TrialIn) -> dict[str, Any]:
    """Put the trial on record, by the manager; anew until it has begun."""
    actor: Any = request.user
    terms = operations.Terms(**given.dict())
    return _out(operations.agree_trial(deal_id=_deal(request, deal).pk, terms=terms, actor=actor))


@router.post("/{deal}/trial/extend", response=TrialOut, url_name="trial_extend")
def extend(request: HttpRequest, deal: str, given: ExtendIn) -> dict[str, Any]:
    """More time for an undecided trial, by the manager, with the reason."""
    actor: Any = request.user
    return _out(operations.extend_trial(deal_id=_deal(request, deal).pk, actor=actor, **given.dict()))


@router.post("/{deal}/trial/convert", response=TrialOut, url_name="trial_convert")
def convert(request: HttpRequest, deal: str) -> dict[str, Any]:
    """The buyer takes the licence; again changes nothing."""
    actor: Any = request.user
    return _out(operations.convert_trial(deal_id=_deal(request, deal).pk, actor=actor))


@router.post("/{deal}/trial/give-back", response=TrialOut, url_name="trial_give_back")
def give_back(request: HttpRequest, deal: str, given: ReasonIn) -> dict[str, Any]:
    """The buyer gives back, with the reason; again with the same reason changes nothing."""
    actor: Any = request.user
    return _out(operations.give_back(deal_id=_deal(request, deal).pk, reason=given.reason, actor=actor))


@router.post("/{deal}/trial/returned", response=TrialOut, url_name="trial_returned")
def returned(request: HttpRequest, deal: str) -> dict[str, Any]:
    """The supplier confirms that everything came back: the deal ends; again changes nothing."""
    actor: Any = request.user
    return _out(operations.confirm_returned(deal_id=_deal(request, deal).pk, actor=actor))
