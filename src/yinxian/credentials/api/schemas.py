"""What the endpoints of credentials take and give."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Schema


class LevelOut(Schema):
    slug: str
    name: str
    name_en: str
    rank: int
    version: int
    valid_months: int | None
    requirements: list[dict[str, Any]]
    renewal: list[dict[str, Any]]


class LevelEdit(Schema):
    """``based_on`` is the version that was read; another in between is a conflict."""

    based_on: int
    requirements: list[dict[str, Any]] = []
    renewal: list[dict[str, Any]] = []
    valid_months: int | None = None
    note: str = ""


class LineOut(Schema):
    kind: str
    name: str
    at_least: int | None
    have: int
    met: bool
    facts: list[str]


class StandingOut(Schema):
    version: int
    renews: str
    may_apply: bool
    met: bool
    lines: list[LineOut]


class ApplyIn(Schema):
    statement: str = ""


class ApplicationOut(Schema):
    slug: str
    state: str
    level: str
    version: int
    reason: str
    credential: str


class DecisionIn(Schema):
    award: bool
    reason: str = ""


class CredentialOut(Schema):
    slug: str
    level: str
    holder: str
    state: str
    valid_from: dt.datetime
    valid_until: dt.datetime | None


class CredentialsOut(Schema):
    count: int
    page: int
    pages: int
    items: list[CredentialOut]


class IssueIn(Schema):
    """``person`` is a person's number (U…); ``ground`` is what the product does not have as facts."""

    person: str
    ground: str


class CredentialStateIn(Schema):
    state: str
    reason: str


class RecognitionIn(Schema):
    issuer_did: str
    issuer_name: str
    their_level: str
    their_level_name: str
    equals: str
    conditions: str = ""
    valid_from: dt.date
    valid_until: dt.date


class RecognitionOut(Schema):
    slug: str
    issuer_did: str
    their_level: str
    equals: str
    version: int
    valid_from: dt.date
    valid_until: dt.date
    ended: bool


class ReasonIn(Schema):
    reason: str
