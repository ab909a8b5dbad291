"""REST endpoints of introductions: the same queries and operations as the pages."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status
from pydantic import StrictInt

from yinxian.kernel.http import or_404
from yinxian.market.queries.levels import visible_needs, visible_results
from yinxian.network.models import Organisation, User

from ..http import SignedIn
from ..models import Introduction, Receipt
from ..operations.acknowledgements import acknowledge
from ..operations.introductions import draft_introduction
from ..queries import introductions as queries
from ..receipts import document_of
from ..terms import Part, Terms, terms_of

router = Router()
PAGE = 25
PageNumber = Annotated[int, Query(ge=1, le=100_000)]


class PartyOut(Schema):
    id: str = Field(alias="slug")
    name: str


class AnswerOut(Schema):
    side: str
    agreed: bool
    name: str
    post: str
    how: str
    at: dt.datetime


class ContactOut(Schema):
    side: str
    organisation: str
    name: str
    phone: str
    email: str


class ShareOut(Schema):
    holder: str
    bp: int
    work: str
    accepted_at: dt.datetime | None
    declined_at: dt.datetime | None


class IntroductionOut(Schema):
    id: str = Field(alias="slug")
    subject: str
    state: str
    need: str = Field(alias="need.slug")
    result: str = Field(alias="result.slug")
    buyer: PartyOut
    supplier: PartyOut
    manager: str
    agency: PartyOut | None
    created_at: dt.datetime
    acknowledged_at: dt.datetime | None
    protected_until: dt.date | None
    earlier_on: dt.date | None

    @staticmethod
    def resolve_manager(found: Introduction) -> str:
        return str(found.manager)


class IntroductionDetailOut(Schema):
    """``contacts`` is null until both sides have acknowledged, and for whoever may not see them."""

    introduction: IntroductionOut
    terms: dict[str, Any]
    shares: list[ShareOut]
    acknowledgements: list[AnswerOut]
    contacts: list[ContactOut] | None


class PageOut(Schema):
    count: int
    items: list[IntroductionOut]


class TierIn(Schema):
    up_to_fen: StrictInt | None = None
    bp: int


class ShareIn(Schema):
    """``holder`` is the identifier of a person (U…) or an organisation (O…)."""

    holder: str
    bp: int
    work: str = ""


class IntroductionIn(Schema):
    need: str
    result: str
    subject: str
    agency: str | None = None
    fee_kind: Introduction.FeeKind = Introduction.FeeKind.RATE
    fee_rate_bp: int | None = None
    fee_ladder: list[TierIn] = []
    fee_fixed_fen: StrictInt | None = None
    payer: Introduction.Payer = Introduction.Payer.SUPPLIER
    trigger: Introduction.Trigger = Introduction.Trigger.RELEASE
    days_to_pay: int = 15
    costs: Introduction.Costs = Introduction.Costs.MANAGER
    protection_months: int = 24
    exclusive: bool = False
    shares: list[ShareIn]


class AnswerIn(Schema):
    side: str
    agreed: bool
    post: str


@router.get("", response=PageOut)
def list_introductions(
    request: SignedIn, state: str = "", q: str = "", sort: str = "new", page: PageNumber = 1
) -> dict[str, Any]:
    found = queries.listed(request.user, state=state, words=q, sort=sort)
    start = (page - 1) * PAGE
    return {"count": found.count(), "items": list(found[start : start + PAGE])}


@router.get("/{introduction}", response=IntroductionDetailOut)
def read_introduction(request: SignedIn, introduction: str) -> dict[str, Any]:
    return _detail(request.user, or_404(queries.introduction_for(request.user, introduction)))


def _detail(user: Any, found: Introduction) -> dict[str, Any]:
    return {
        "introduction": found,
        "terms": terms_of(found).as_json(),
        "shares": list(found.shares.select_related("user", "organisation")),
        "acknowledgements": list(found.acknowledgements.all()),
        "contacts": queries.contacts_for(user, found),
    }


@router.post("", response={201: IntroductionDetailOut})
def create_introduction(request: SignedIn, given: IntroductionIn) -> Status[dict[str, Any]]:
    """Draft an introduction; a manager of the network only."""
    need = or_404(visible_needs(request.user).filter(slug=given.need).first())
    result = or_404(visible_results(request.user).filter(slug=given.result).first())
    agency = or_404(Organisation.objects.filter(slug=given.agency).first()) if given.agency else None
    chosen = given.dict()
    made = draft_introduction(
        need_id=need.pk,
        result_id=result.pk,
        actor=request.user,
        subject=given.subject,
        agency_id=agency.pk if agency else None,
        terms=Terms(**{name: chosen[name] for name in Terms.__dataclass_fields__}),
        shares=[_part(share) for share in given.shares],
    )
    return Status(201, _detail(request.user, or_404(queries.introduction_for(request.user, made.slug))))


def _part(share: ShareIn) -> Part:
    user = User.objects.filter(slug=share.holder).first()
    place = None if user else Organisation.objects.filter(slug=share.holder).first()
    return Part(
        bp=share.bp,
        user_id=user.pk if user else None,
        organisation_id=or_404(place).pk if user is None else None,
        work=share.work,
    )


@router.post("/{introduction}/acknowledge", response=IntroductionDetailOut)
def answer_introduction(request: SignedIn, introduction: str, given: AnswerIn) -> dict[str, Any]:
    """Answer for one side, as a member of its organisation."""
    found = or_404(queries.introduction_for(request.user, introduction))
    acknowledge(
        introduction_id=found.pk,
        side=given.side,
        agreed=given.agreed,
        post=given.post,
        actor=request.user,
    )
    return _detail(request.user, or_404(queries.introduction_for(request.user, introduction)))


@router.get("/{introduction}/receipt", response=dict[str, Any])
def read_receipt(request: SignedIn, introduction: str) -> dict[str, Any]:
    """The signed document, with its proof once it is sealed."""
    found = or_404(queries.introduction_for(request.user, introduction))
    return document_of(or_404(Receipt.objects.filter(introduction=found).select_related("entry").first()))
