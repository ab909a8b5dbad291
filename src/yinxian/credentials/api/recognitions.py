"""Which level of others an association recognises."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from ..models import Level, Recognition
from ..operations import recognitions
from ..queries.recognition import recognitions_of
from .asked import actor, association_of
from .schemas import ReasonIn, RecognitionIn, RecognitionOut

router = Router()


def _recognition_out(one: Recognition) -> dict[str, Any]:
    names = ("slug", "issuer_did", "their_level", "version", "valid_from", "valid_until")
    given = {name: getattr(one, name) for name in names}
    return {**given, "equals": one.equals.slug, "ended": one.ended_at is not None}


@router.get("/associations/{association}/recognitions", response=list[RecognitionOut], auth=None)
def list_recognitions(request: HttpRequest, association: str) -> list[dict[str, Any]]:
    """What an association recognises, all versions, newest 200."""
    return [_recognition_out(one) for one in recognitions_of(association_of(association))[:200]]


@router.post("/associations/{association}/recognitions", response={201: RecognitionOut})
def recognise(request: HttpRequest, association: str, given: RecognitionIn) -> Status[dict[str, Any]]:
    """Sign that another's level equals one of ours."""
    found, values = association_of(association), given.dict()
    equals = get_object_or_404(Level, slug=values.pop("equals"), association=found)
    made = recognitions.recognise(association_id=found.pk, actor=actor(request), equals_id=equals.pk, values=values)
    return Status(201, _recognition_out(made))


@router.post("/recognitions/{recognition}/end", response=RecognitionOut)
def end_recognition(request: HttpRequest, recognition: str, given: ReasonIn) -> dict[str, Any]:
    found = get_object_or_404(Recognition, slug=recognition)
    return _recognition_out(
        recognitions.end_recognition(recognition_id=found.pk, actor=actor(request), reason=given.reason)
    )
