"""What goes in and out of the market's endpoints. Money is integer fen; codes are those of ``codes.py``."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Schema


class Indicator(Schema):
    name: str = ""
    op: str = "="
    low: str | None = None
    high: str | None = None
    unit: str = ""
    quote: str = ""


class IpRow(Schema):
    kind: str = "other"
    number: str = ""
    status: str = ""
    territory: str = ""
    owners: str = ""


class ListingIn(Schema):
    """Every field may be left out."""

    title: str = ""
    title_en: str = ""
    teaser: str = ""
    teaser_en: str = ""
    field: str = ""
    industry: str = ""
    region: str = ""
    modes: list[str] = []
    keywords: list[str] = []
    languages: list[str] = []
    limits: str = ""
    confidence: str = "public"
    confidential: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""


class ResultFields(ListingIn):
    problem: str = ""
    description: str = ""
    advantage: str = ""
    indicators: list[Indicator] = []
    trl: int | None = None
    ipc: str = ""
    ip_rows: list[IpRow] = []
    price_kind: str = "open"
    price_low_fen: int | None = None
    price_high_fen: int | None = None
    price_text: str = ""
    price_confidential: bool = False
    team: str = ""
    evidence: str = ""


class ResultIn(ResultFields):
    """``owner`` is the organisation's slug."""

    owner: str


class ResultEdit(ResultFields):
    version: str


class NeedEdit(ListingIn):
    version: str
    scene: str = ""
    tried: str = ""
    budget_low_fen: int | None = None
    budget_high_fen: int | None = None
    deadline: dt.date | None = None
    wished_ip: str = ""
    payment_wish: str = ""


class ReviewIn(Schema):
    decision: str
    reason: str = ""


class StateIn(Schema):
    state: str


class ListingOut(Schema):
    """A result or need at your level: what you may not see is not there at all."""

    kind: str
    slug: str
    level: str
    state: str
    state_name: str
    title: str
    title_en: str
    teaser: str
    teaser_en: str
    field: str
    region: str
    modes: list[str]
    published_on: dt.date | None
    fresh_until: dt.date | None
    trl: int | None = None
    owner_slug: str = ""
    owner_name: str = ""
    manager_slug: str = ""
    manager_name: str = ""
    industry: str = ""
    keywords: list[str] = []
    languages: list[str] = []
    confidence: str = ""
    limits: str = ""
    problem: str = ""
    description: str = ""
    advantage: str = ""
    indicators: list[Indicator] = []
    ipc: str = ""
    ip_rows: list[IpRow] = []
    team: str = ""
    price_kind: str = ""
    price_low_fen: int | None = None
    price_high_fen: int | None = None
    price_text: str = ""
    raw_words: str = ""
    scene: str = ""
    tried: str = ""
    budget_low_fen: int | None = None
    budget_high_fen: int | None = None
    deadline: dt.date | None = None
    wished_ip: str = ""
    payment_wish: str = ""
    brief: dict[str, Any] = {}
    confidential: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    evidence: str = ""
    price_confidential: bool = False
    review_reason: str = ""
    source: str = ""
    changed_at: dt.datetime | None = None


class ListingsOut(Schema):
    count: int
    page: int
    pages: int
    items: list[ListingOut]
