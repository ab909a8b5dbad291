"""A team proposed for a need, and the invitations to it."""

from __future__ import annotations

from typing import Any

from ninja import Field, Router, Schema, Status

from yinxian.deals.http import SignedIn
from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import or_404
from yinxian.market.models import Need
from yinxian.market.queries.levels import visible_needs
from yinxian.network.models import Organisation

from ..models import Invitation
from ..operations.teams import answer_invitation, invite_team
from ..permissions import can_build_team
from ..queries import teams

router = Router()
MOST = 100


class ProposedOut(Schema):
    person: str
    name: str
    part: str
    profession: str
    because: list[str]


class LeftOut(Schema):
    name: str
    profession: str
    why: str


class TeamOut(Schema):
    """Who is proposed and why, who is not and why not, and what nobody was found for."""

    supplier: str
    choices: list[ProposedOut]
    left: list[LeftOut]
    missing: list[str]


class TeamIn(Schema):
    """``people`` are identifiers out of the proposal for the same supplier and professions."""

    people: list[str]
    supplier: str = ""
    professions: list[str] = []


class InvitationOut(Schema):
    slug: str
    state: str
    need: str = Field(alias="need.slug")
    person: str = Field(alias="user.slug")
    profession: str
    lead: bool
    because: list[str]
    reason: str


class InvitationAnswerIn(Schema):
    accept: bool
    reason: str = ""


def _need(request: SignedIn, slug: str) -> Need:
    found = or_404(visible_needs(request.user).select_related("owner").filter(slug=slug).first())
    if not can_build_team(request.user, found.manager_id, found.owner_id):
        raise Forbidden("landing.not_team_builder")
    return found


def _supplier(request: SignedIn, need: Need, slug: str) -> Organisation | None:
    known = teams.suppliers_of(need, request.user) if slug else []
    return or_404(next((one for one in known if one.slug == slug), None)) if slug else None


@router.get("/needs/{need}/team", response=TeamOut)
def propose_a_team(request: SignedIn, need: str, supplier: str = "", professions: str = "") -> dict[str, Any]:
    """A team for a need; ``professions`` separated by commas."""
    found = _need(request, need)
    place = _supplier(request, found, supplier)
    proposal = teams.propose_team(found, request.user, supplier=place, professions=professions.split(","))
    choices = [
        {"person": one.user.slug, "name": str(one.user), "because": list(one.because)}
        | {name: getattr(one, name) for name in ("part", "profession")}
        for one in proposal.choices
    ]
    left = [{"name": str(one.user), "profession": one.profession, "why": one.why} for one in proposal.left]
    known = place.slug if place else ""
    return {"supplier": known, "choices": choices, "left": left, "missing": list(proposal.missing)}


@router.post("/needs/{need}/team", response={201: list[InvitationOut]})
def invite(request: SignedIn, need: str, given: TeamIn) -> Status[list[Invitation]]:
    """Ask people out of the proposal; who was asked before is not asked again."""
    found = _need(request, need)
    place = _supplier(request, found, given.supplier)
    made = invite_team(
        need_id=found.pk,
        actor=request.user,
        people=given.people[:MOST],
        supplier_id=place.pk if place else None,
        professions=given.professions,
    )
    return Status(201, made)


@router.get("/invitations", response=list[InvitationOut])
def my_invitations(request: SignedIn) -> list[Invitation]:
    """What one was asked, newest first; at most 100."""
    return list(teams.invitations_of(request.user)[:MOST])


@router.post("/invitations/{invitation}", response=InvitationOut)
def answer_an_invitation(request: SignedIn, invitation: str, given: InvitationAnswerIn) -> Invitation:
    """Join, or decline with a reason."""
    found = or_404(teams.invitation_for(request.user, invitation))
    return answer_invitation(invitation_id=found.pk, actor=request.user, accept=given.accept, reason=given.reason)
