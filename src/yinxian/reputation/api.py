"""REST endpoints of reputation."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import StrictInt

from yinxian.deals.permissions.milestones import can_store_reward
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import or_404
from yinxian.network.members import is_in_network
from yinxian.network.models import ManagerProfile, Organisation, User
from yinxian.network.queries.directory import visible_organisation

from . import permissions
from .models import Appeal, Point, Scheme
from .operations.appeals import appeal_point, contest_fact, decide_appeal
from .operations.schemes import draft_scheme, start_scheme
from .operations.staff import fix_staff
from .queries.credit import Credit, credit_of, may_read
from .queries.points import points_of, total_of
from .queries.recount import simulate
from .queries.schemes import versions_of
from .queries.staff import Office, office

router = Router()
FURTHEST = 10**9  # a row that no list has, and that a database can still count to
LARGEST_ID = 2**63 - 1


class PointOut(Schema):
    """``amount`` was given, ``held`` was not, for the reason ``why``; ``deal`` is empty where there is none."""

    id: int
    points: int
    held: int
    why: str
    event: str
    deal: str
    fact: str
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


@router.get("/points", response=PointsOut)
def my_points(request: HttpRequest, limit: int = 100, offset: int = 0) -> dict[str, Any]:
    """One's own points and refusals, newest first, each with the number of the journal entry that it came from."""
    user = cast(User, request.user)
    start = min(max(offset, 0), FURTHEST)
    items = points_of(user)[start : start + min(max(limit, 1), 500)]
    return {
        "total": total_of(user),
        "items": [
            {
                "id": point.pk,
                "points": point.amount,
                "held": point.held,
                "why": point.why,
                "event": point.event,
                "deal": point.deal.slug if point.deal else "",
                "fact": str(point.entry.uid),
                "at": point.at,
            }
            for point in items
        ],
    }


def _association(slug: str) -> Organisation:
    return get_object_or_404(Organisation, slug=slug, kind=Organisation.Kind.ASSOCIATION)


def _edited(request: HttpRequest, slug: str) -> Organisation:
    association = _association(slug)
    if not permissions.can_edit_scheme(request.user, association):
        raise Forbidden("reputation.not_yours_to_edit")
    return association


def _version(association: Organisation, version: int) -> Scheme:
    if not 0 < version < FURTHEST:
        raise Http404
    return get_object_or_404(Scheme.objects.select_related("association"), association=association, version=version)


@router.get("/schemes/{association}", response=list[PointSchemeOut])
def schemes(request: HttpRequest, association: str) -> Any:
    """Versions, newest first: the network sees those that have a day, the association its drafts too."""
    found = _association(association)
    if not is_in_network(request.user):
        raise Http404
    versions = versions_of(found)
    return versions if permissions.can_edit_scheme(request.user, found) else versions.filter(starts_at__isnull=False)


@router.post("/schemes/{association}", response=PointSchemeOut)
def draft(request: HttpRequest, association: str, given: PointSchemeIn) -> Scheme:
    """A draft: simulate it, then start it."""
    rules = [{("as" if name == "as_" else name): value for name, value in rule.dict().items()} for rule in given.rules]
    values = given.dict(exclude={"rules"})
    return draft_scheme(
        association_id=_association(association).pk, actor=cast(User, request.user), rules=rules, **values
    )


@router.get("/schemes/{association}/{version}/trial", response=list[SchemeTrialOut])
def trial(request: HttpRequest, association: str, version: int) -> list[dict[str, Any]]:
    """The last year's facts by the scheme that holds and by this version."""
    found = simulate(_version(_edited(request, association), version))
    names = ("facts", "now", "then", "change", "now_held", "then_held")
    return [{"name": str(one.user), **{name: getattr(one, name) for name in names}} for one in found.trials]


@router.post("/schemes/{association}/{version}/start", response=PointSchemeOut)
def start(request: HttpRequest, association: str, version: int, given: SchemeStartIn) -> Scheme:
    found = _version(_edited(request, association), version)
    return start_scheme(scheme_id=found.pk, actor=cast(User, request.user), on=given.on)


def _told(appeal: Appeal) -> dict[str, Any]:
    names = ("state", "reason", "decision", "change")
    return {"appeal": appeal.slug, **{name: getattr(appeal, name) for name in names}}


@router.post("/points/{point}/appeal", response=PointAppealOut)
def appeal(request: HttpRequest, point: int, given: ReasonIn) -> dict[str, Any]:
    """Against one's own point, once."""
    if not 0 < point <= LARGEST_ID:
        raise Http404
    found = get_object_or_404(Point, pk=point, user=cast(User, request.user))
    return _told(appeal_point(point_id=found.pk, actor=cast(User, request.user), reason=given.reason))


@router.post("/credit/{measure}/{fact}/contest", response=PointAppealOut)
def contest(request: HttpRequest, measure: str, fact: uuid.UUID, given: ReasonIn) -> dict[str, Any]:
    """Against a fact of one's own credit, once."""
    entry = get_object_or_404(Entry, uid=fact)
    actor = cast(User, request.user)
    return _told(contest_fact(actor=actor, measure=measure, entry_id=entry.pk, reason=given.reason))


def _appeal(request: HttpRequest, slug: str) -> Appeal:
    found = get_object_or_404(Appeal.objects.select_related("association"), slug=slug)
    if not permissions.can_read_appeal(request.user, found):
        raise Http404
    return found


@router.get("/appeals/{pointappeal}", response=PointAppealOut)
def one_appeal(request: HttpRequest, pointappeal: str) -> dict[str, Any]:
    return _told(_appeal(request, pointappeal))


@router.post("/appeals/{pointappeal}/decide", response=PointAppealOut)
def decide(request: HttpRequest, pointappeal: str, given: PointDecisionIn) -> dict[str, Any]:
    found = _appeal(request, pointappeal)
    return _told(decide_appeal(appeal_id=found.pk, actor=cast(User, request.user), **given.dict()))


def _credit(one: Credit) -> dict[str, Any]:
    told: dict[str, Any] = {
        "measure": one.measure.value,
        "n": one.n,
        "contested": one.contested,
        "running": one.running,
    }
    if one.share is not None:
        share = one.share
        return told | {
            "k": share.k,
            "share_bp": share.bp,
            "low": share.low_bp,
            "high": share.high_bp,
            "small": share.small,
        }
    middle = one.median
    assert middle is not None  # a measure has the one or the other
    return told | {"middle_hours": middle.middle, "low": middle.low, "high": middle.high, "small": middle.small}


@router.get("/credit/{manager}", response=list[ManagerCreditOut])
def credit(request: HttpRequest, manager: str) -> list[dict[str, Any]]:
    """The counts, to whom the person shows them."""
    profile = get_object_or_404(ManagerProfile.objects.select_related("user", "association"), slug=manager)
    if not may_read(request.user, profile):
        raise Forbidden("reputation.credit_not_shown")
    return [_credit(one) for one in credit_of(profile.user)]


def _supplier(request: HttpRequest, slug: str) -> Organisation:
    found = or_404(visible_organisation(request.user, slug))
    if not can_store_reward(request.user, found.pk):
        raise Forbidden("deals.may_not_store_reward")
    return found


def _ids(slugs: list[str]) -> list[int]:
    """Who is not known has the id 0, which nobody has."""
    known = dict(User.objects.filter(slug__in=slugs[:1000]).values_list("slug", "pk"))
    return [known.get(slug, 0) for slug in slugs]


@router.post("/staff/{supplier}/try", response=list[StaffShareOut])
def try_staff(request: HttpRequest, supplier: str, given: StaffTryIn) -> list[dict[str, Any]]:
    """Shares by points of the period, and what each would get of an example; nothing is stored."""
    found = _supplier(request, supplier)
    fen = min(max(given.reward_fen, 0), 10**15)
    tried: Office = office(found, _ids(given.people), given.since, given.until, reward_fen=fen)
    return [
        {
            "person": one.user.slug,
            "name": str(one.user),
            "points": one.points,
            "bp": one.bp,
            "example_fen": one.example_fen,
        }
        for one in tried.shares
    ]


@router.put("/staff/{supplier}", response=StaffOut)
def store_staff(request: HttpRequest, supplier: str, given: StaffIn) -> dict[str, Any]:
    """Store the shares in the supplier's reward rule, for the next signing."""
    found, actor = _supplier(request, supplier), cast(User, request.user)
    people = _ids(given.people)
    rule = fix_staff(supplier_id=found.pk, actor=actor, people=people, since=given.since, until=given.until)
    return {"version": rule.version, "people": [{"name": one["name"], "bp": one["bp"]} for one in rule.staff]}
