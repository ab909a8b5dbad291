"""What the endpoints of landing take and give."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from ninja import Field, Schema

FURTHEST = 10**15


class LandingOut(Schema):
    slug: str
    title: str
    state: str
    version: int
    team: str
    home: str
    field: str
    regions: list[str]
    figures: dict[str, str]
    permits: list[str]
    rent_fen: int | None
    support_fen: int | None
    needed_by: dt.date | None
    open_until: dt.date


class LandingsOut(Schema):
    count: int
    items: list[LandingOut]


class NeedLineOut(Schema):
    """One need; ``cells`` in the order of ``offers``: what each offer says and whether it is met, fail or unknown."""

    key: str
    name: str
    asked: str
    cells: list[dict[str, str]]


class SideOut(Schema):
    id: int
    holder: str
    side: str
    bp: int
    work: str
    accepted_at: dt.datetime | None


class OfferOut(Schema):
    slug: str
    organisation: str
    manager: str
    region: str
    place: str
    state: str
    version: int
    figures: dict[str, str]
    permits: dict[str, str]
    rent_fen: int | None
    support_fen: int | None
    policies: list[dict[str, Any]]
    available_from: dt.date | None
    valid_until: dt.date
    three_years_fen: int | None
    agreement_version: int
    shares: list[SideOut]


class LandingDetailOut(Schema):
    """``offers`` are those that the reader may see: all for the team, their own for a region."""

    landing: LandingOut
    offers: list[OfferOut]
    lines: list[NeedLineOut]


class WishIn(Schema):
    """Figures are text with or without a unit ("1,200", "2 亩"); amounts integer fen."""

    title: str
    about: str
    field: str
    open_until: dt.date
    contact_name: str
    contact_phone: str
    figures: dict[str, str] = {}
    permits: list[str] = []
    regions: list[str] = []
    extra: str = ""
    rent_fen: int | None = None
    support_fen: int | None = None
    needed_by: dt.date | None = None


class LandingIn(WishIn):
    """A wish, whose it is and who refers it."""

    team: str
    manager: str


class WishEditIn(WishIn):
    """``based_on`` is the version that was read."""

    based_on: int


class PolicyIn(Schema):
    title: str
    source: str
    until: dt.date | None = None


class OfferIn(Schema):
    """``based_on`` is the version that was read, when an offer is changed."""

    organisation: str = ""
    manager: str
    region: str
    place: str
    valid_until: dt.date
    figures: dict[str, str] = {}
    permits: dict[str, str] = {}
    extra: str = ""
    rent_fen: int | None = None
    support_fen: int | None = None
    equipment: str = ""
    note: str = ""
    policies: list[PolicyIn] = []
    available_from: dt.date | None = None
    based_on: int = 0


class SideIn(Schema):
    """``holder`` is the identifier of a person (U…) or an organisation (O…); ``side`` home or receiving."""

    holder: str
    side: str
    bp: int
    work: str = ""


class AgreementIn(Schema):
    shares: list[SideIn]
    fee_fen: int = 0
    based_on: int = 0


class LandingShareIn(Schema):
    accept: bool
    version: int
    reason: str = ""


class ChooseIn(Schema):
    version: int


class VouchIn(Schema):
    """``paper`` is the number of the evidence that was read."""

    side: str
    paper: Annotated[int, Field(ge=0, le=FURTHEST)]


class WhyIn(Schema):
    reason: str
