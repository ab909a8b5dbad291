"""Certificates: issued, listed, read, suspended, revoked."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import or_404
from yinxian.network.models import User

from ..models import Credential
from ..operations import credentials
from ..permissions import can_award
from ..queries.register import credential_for, register, shown_to
from .asked import actor, association_of, level_of
from .schemas import CredentialOut, CredentialsOut, CredentialStateIn, IssueIn

router = Router()
MOST = 100


def _credential_out(one: Credential) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "level": one.level.slug,
        "holder": one.user.shown_name,
        **{name: getattr(one, name) for name in ("state", "valid_from", "valid_until")},
    }


@router.post("/levels/{level}/credentials", response={201: CredentialOut})
def issue(request: HttpRequest, level: str, given: IssueIn) -> Status[dict[str, Any]]:
    """Certify somebody on a ground of the association's own."""
    found = level_of(level)
    if not can_award(request.user, found.association):
        raise Forbidden("credentials.not_yours_to_award")
    person = get_object_or_404(User, slug=given.person)
    made = credentials.issue_credential(level_id=found.pk, user_id=person.pk, actor=actor(request), ground=given.ground)
    return Status(201, _credential_out(made))


@router.get("/associations/{association}/credentials", response=CredentialsOut, auth=None)
def list_credentials(
    request: HttpRequest,
    association: str,
    q: str = "",
    level: str = "",
    state: str = "",
    sort: str = "",
    page: int = 1,
    size: int = 25,
) -> dict[str, Any]:
    """The register, as the page shows it to you. ``state``: in_force, expired, suspended, revoked."""
    rows = register(request.user, association_of(association), text=q[:60], level=level[:16], state=state, sort=sort)
    found = Paginator(rows, max(1, min(size, MOST))).get_page(page)
    return {
        "count": found.paginator.count,
        "page": found.number,
        "pages": found.paginator.num_pages,
        "items": [_credential_out(one) for one in found.object_list],
    }


@router.get("/credentials/{credential}", response=dict[str, Any], auth=None)
def read_credential(request: HttpRequest, credential: str) -> dict[str, Any]:
    """The signed document: for the holder and the association, else while the holder shows it with the name."""
    found = or_404(credential_for(credential))
    shown = shown_to(request.user, found)
    or_404(found if shown["page"] and shown["name"] else None)
    return dict(found.document)


@router.post("/credentials/{credential}/state", response=CredentialOut)
def change_state(request: HttpRequest, credential: str, given: CredentialStateIn) -> dict[str, Any]:
    """suspended, active (reinstate) or revoked, with the reason."""
    found = or_404(credential_for(credential))
    return _credential_out(
        credentials.change_state(credential_id=found.pk, actor=actor(request), state=given.state, reason=given.reason)
    )
