"""Associations, applications, members and fees."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import or_404
from yinxian.network.models import Organisation, User

from ..models import Branch, Fee, Member
from ..operations import members as operations
from ..operations.associations import set_rules
from ..operations.fees import record_fee
from ..permissions import can_record_fees
from ..queries import members as queries

router = Router()
MOST = 100


class BranchOut(Schema):
    slug: str
    name: str
    kind: str
    region: str
    field: str
    parent: str
    members: int


class MemberRulesOut(Schema):
    """Fees are integer fen for one period of ``months``. ``number`` 0: the association has not said what it asks."""

    number: int
    questions: list[dict[str, Any]]
    fee_person_fen: int
    fee_organisation_fen: int
    months: int
    open_to_people: bool
    open_to_organisations: bool
    branches: list[BranchOut]


class MemberRulesIn(Schema):
    """``based_on`` is the version that was read, 0 before the first; ``questions`` are {"label", "required"}."""

    based_on: int
    questions: list[dict[str, Any]] = []
    fee_person_fen: int = 0
    fee_organisation_fen: int = 0
    months: int = 12
    remind_days: list[int] = [60, 30, 7]
    welcome: str = ""


class JoinIn(Schema):
    """``organisation`` (its number O…) to apply in its name; ``answers`` by the key of each question."""

    answers: dict[str, str] = {}
    organisation: str = ""
    branch: str = ""


class AssociationMemberOut(Schema):
    slug: str
    association: str
    kind: str
    name: str
    number: str
    state: str
    branch: str
    valid_from: dt.date | None
    valid_until: dt.date | None
    reason: str


class AssociationMembersOut(Schema):
    count: int
    page: int
    pages: int
    items: list[AssociationMemberOut]


class AdmitIn(Schema):
    accept: bool
    reason: str = ""


class FeeIn(Schema):
    amount_fen: int
    receipt: str
    paid_on: dt.date
    period_from: dt.date
    period_until: dt.date
    note: str = ""


class FeeOut(Schema):
    slug: str
    member: str
    amount_fen: int
    receipt: str
    paid_on: dt.date
    period_from: dt.date
    period_until: dt.date


class LeaveIn(Schema):
    reason: str = ""


def actor_of(request: HttpRequest) -> User:
    return cast(User, request.user)


def association_at(slug: str) -> Organisation:
    return get_object_or_404(Organisation, slug=slug, kind=Organisation.Kind.ASSOCIATION)


def _member_out(one: Member) -> dict[str, Any]:
    names = ("slug", "kind", "number", "state", "valid_from", "valid_until", "reason")
    return {name: getattr(one, name) for name in names} | {
        "association": one.association.slug,
        "name": one.shown_name,
        "branch": one.branch.slug if one.branch else "",
    }


def _rules_out(association: Organisation) -> dict[str, Any]:
    rules, branches = queries.rules_of(association), queries.branches_of(association)
    shown = {
        "branches": [
            {name: getattr(one, name) for name in ("slug", "name", "kind", "region", "field")}
            | {"parent": one.parent.slug if one.parent else "", "members": getattr(one, "count", 0)}
            for one in branches
        ]
    }
    if rules is None:
        empty = {"number": 0, "questions": [], "fee_person_fen": 0, "fee_organisation_fen": 0, "months": 0}
        return shown | empty | {"open_to_people": False, "open_to_organisations": False}
    names = ("number", "questions", "fee_person_fen", "fee_organisation_fen", "months")
    opened = ("open_to_people", "open_to_organisations")
    return shown | {name: getattr(rules, name) for name in (*names, *opened)}


@router.get("/associations/{association}", response=MemberRulesOut, auth=None)
def read_association(request: HttpRequest, association: str) -> dict[str, Any]:
    """What an association asks of its members, and its branches."""
    return _rules_out(association_at(association))


@router.put("/associations/{association}/rules", response=MemberRulesOut)
def edit_rules(request: HttpRequest, association: str, given: MemberRulesIn) -> dict[str, Any]:
    """A new version of what the association asks."""
    found, values = association_at(association), given.dict()
    set_rules(association_id=found.pk, actor=actor_of(request), based_on=values.pop("based_on"), values=values)
    return _rules_out(found)


@router.post("/associations/{association}/members", response={201: AssociationMemberOut})
def apply(request: HttpRequest, association: str, given: JoinIn) -> Status[dict[str, Any]]:
    """Apply for membership, for oneself or for an organisation that one administers."""
    found = association_at(association)
    organisation = get_object_or_404(Organisation, slug=given.organisation) if given.organisation else None
    branch = get_object_or_404(Branch, slug=given.branch, association=found) if given.branch else None
    made = operations.apply_for_membership(
        association_id=found.pk,
        actor=actor_of(request),
        answers=dict(given.answers),
        organisation_id=organisation.pk if organisation else None,
        branch_id=branch.pk if branch else None,
    )
    return Status(201, _member_out(made))


@router.get("/associations/{association}/members", response=AssociationMembersOut)
def list_members(
    request: HttpRequest,
    association: str,
    q: str = "",
    state: str = "",
    kind: str = "",
    branch: str = "",
    sort: str = "",
    page: int = 1,
    size: int = 25,
) -> dict[str, Any]:
    """The list of members, for those who keep it. ``state`` may be ``due``: 60 days or less to the end."""
    found = association_at(association)
    if not can_record_fees(request.user, found):
        raise Forbidden("alliances.not_yours_to_decide")
    rows = queries.members_of_association(
        found, text=q[:60], state=state, kind=kind, branch=branch[:16], sort=sort
    ).select_related("association", "user", "organisation", "branch")
    at = Paginator(rows, max(1, min(size, MOST))).get_page(page)
    return {
        "count": at.paginator.count,
        "page": at.number,
        "pages": at.paginator.num_pages,
        "items": [_member_out(one) for one in at.object_list],
    }


@router.get("/memberships", response=list[AssociationMemberOut])
def my_memberships(request: HttpRequest) -> list[dict[str, Any]]:
    """One's own, and those of the organisations that one administers; newest 100."""
    return [_member_out(one) for one in queries.own_members(actor_of(request))[:MOST]]


@router.post("/members/{associationmember}/decision", response=AssociationMemberOut)
def decide(request: HttpRequest, associationmember: str, given: AdmitIn) -> dict[str, Any]:
    """The association's answer; a refusal with its reason."""
    found = or_404(queries.visible_member(request.user, associationmember))
    made = operations.decide_application(
        member_id=found.pk, actor=actor_of(request), accept=given.accept, reason=given.reason
    )
    return _member_out(made)


@router.post("/members/{associationmember}/fees", response={201: FeeOut})
def fee(request: HttpRequest, associationmember: str, given: FeeIn) -> Status[dict[str, Any]]:
    """A fee was received: recorded with its receipt, nothing is booked. The same receipt again changes nothing."""
    found = or_404(queries.visible_member(request.user, associationmember))
    made: Fee = record_fee(member_id=found.pk, actor=actor_of(request), **given.dict())
    names = ("slug", "amount_fen", "receipt", "paid_on", "period_from", "period_until")
    return Status(201, {name: getattr(made, name) for name in names} | {"member": found.slug})


@router.post("/members/{associationmember}/leave", response=AssociationMemberOut)
def leave(request: HttpRequest, associationmember: str, given: LeaveIn) -> dict[str, Any]:
    """Leave, or end the membership with a reason; 409 while obligations are open."""
    found = or_404(queries.visible_member(request.user, associationmember))
    return _member_out(operations.leave(member_id=found.pk, actor=actor_of(request), reason=given.reason))
