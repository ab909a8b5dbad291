"""What the endpoints of reputation take and give."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Schema
from pydantic import StrictInt


class PointOut(Schema):
    """``points`` were given, ``held`` were not, for the reason ``why``; ``deal`` is empty where there is none.

    A correction (after an appeal, or because the fact is undone) names in ``corrects`` the fact that it is about.
    """

    id: int
    points: int
    held: int
    why: str
    event: str
    deal: str
    fact: str
    corrects: str
    at: dt.datetime


class PointsOut(Schema):
    total: int
    items: list[PointOut]


class PointRuleIn(Schema):
    """See the guide: ``as`` an event, ``as_bp`` basis points of it, else figures of its own."""

    event: str
    base: StrictInt = 0
    per: StrictInt = 0
    cap: StrictInt = 0
    year_cap: StrictInt = 0
    as_: str = ""
    as_bp: StrictInt = 0


class PointSchemeIn(Schema):
    rules: list[PointRuleIn]
    yearly_bp: StrictInt = 10_000
    year_cap: StrictInt | None = None
    note: str = ""
    based_on: int | None = None


class PointSchemeOut(Schema):
    version: int
    rules: list[dict[str, Any]]
    yearly_bp: int
    year_cap: int | None
    note: str
    starts_at: dt.datetime | None


class SchemeStartIn(Schema):
    on: dt.date


class SchemeTrialOut(Schema):
    name: str
    facts: int
    now: int
    then: int
    change: int
    now_held: int
    then_held: int


class ReasonIn(Schema):
    reason: str


class PointDecisionIn(Schema):
    """``change`` is the correction in points, of an appeal against points that is upheld."""

    uphold: bool
    decision: str
    change: StrictInt = 0


class PointAppealOut(Schema):
    appeal: str
    state: str
    reason: str
    decision: str
    change: int | None


class ManagerCreditOut(Schema):
    """``k`` of ``n`` with the interval of 95 % in basis points; for ``answer`` hours. ``small``: too few to say."""

    measure: str
    n: int
    small: bool
    contested: int
    running: int
    k: int | None = None
    share_bp: int | None = None
    middle_hours: int | None = None
    low: int | None = None
    high: int | None = None


class StaffIn(Schema):
    """People by their identifiers, the period's first and last day."""

    people: list[str]
    since: dt.date
    until: dt.date


class StaffTryIn(StaffIn):
    reward_fen: int = 0


class StaffShareOut(Schema):
    person: str
    name: str
    points: int
    bp: int
    example_fen: int


class StaffOut(Schema):
    version: int
    people: list[dict[str, Any]]
