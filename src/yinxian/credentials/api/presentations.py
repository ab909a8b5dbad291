"""REST endpoints for certificates of other associations: bring one, and the association's word for it."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema, Status, UploadedFile

from yinxian.kernel.errors import Invalid
from yinxian.kernel.http import json_safe, or_404
from yinxian.network.models import Organisation, User

from ..models import Presentation
from ..operations import recognitions
from ..queries.presentations import presentations_of, presentations_waiting, visible_presentation
from ..vc.reading import BIGGEST
from ..verifying import verify

router = Router()
MOST = 100


class PresentationOut(Schema):
    """``level`` is the association's own that the foreign one equals, by ``version`` of its ``recognition``."""

    slug: str
    state: str
    person: str
    holder_name: str
    credential_id: str
    valid_until: dt.datetime | None
    recognition: str
    version: int
    level: str
    association: str
    reason: str


class PresentationDecisionIn(Schema):
    accept: bool
    reason: str = ""


def _actor(request: HttpRequest) -> User:
    return cast(User, request.user)


def _out(one: Presentation) -> dict[str, Any]:
    names = ("slug", "state", "holder_name", "credential_id", "valid_until", "reason")
    taken = one.recognition
    return {name: getattr(one, name) for name in names} | {
        "person": one.user.slug,
        "recognition": taken.slug,
        "version": taken.version,
        "level": taken.equals.slug,
        "association": taken.association.slug,
    }


@router.get("/presentations", response=list[PresentationOut])
def list_presentations(request: HttpRequest, waiting: bool = False) -> list[dict[str, Any]]:
    """Your own, newest 100; with ``waiting`` those that wait for an association that you review for."""
    rows = presentations_waiting(request.user) if waiting else presentations_of(_actor(request))
    return [_out(one) for one in rows.select_related("user")[:MOST]]


@router.post("/presentations", response={201: PresentationOut})
def present(
    request: HttpRequest, file: File[UploadedFile | None] = None, text: Form[str] = "", association: Form[str] = ""
) -> Status[dict[str, Any]]:
    """Bring a certificate, as file or text, to ``association`` or to whichever recognises it; 409 where none does."""
    if file is not None and (file.size or 0) > BIGGEST:
        raise Invalid("credentials.too_large", field="file")
    kind = Organisation.Kind.ASSOCIATION
    place = get_object_or_404(Organisation, slug=json_safe(association), kind=kind) if association else None
    seen = verify(file.read() if file is not None else text, association=place, elsewhere=True)
    if seen.judgement is None:
        raise Invalid("credentials.not_a_certificate", field="file")
    return Status(201, _out(recognitions.present(actor=_actor(request), judgement=seen.judgement)))


@router.get("/presentations/{presentation}", response=PresentationOut)
def read_presentation(request: HttpRequest, presentation: str) -> dict[str, Any]:
    return _out(or_404(visible_presentation(request.user, presentation)))


@router.post("/presentations/{presentation}/decision", response=PresentationOut)
def decide_presentation(request: HttpRequest, presentation: str, given: PresentationDecisionIn) -> dict[str, Any]:
    """The association's word: this person's certificate, or not, with the reason."""
    found = or_404(visible_presentation(request.user, presentation))
    made = recognitions.decide_presentation(
        presentation_id=found.pk, actor=_actor(request), accept=given.accept, reason=given.reason
    )
    return _out(made)
