"""REST endpoints of arrivals: the papers that show them, and a region's doubt."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from ninja import File, Form, Path, Router, Schema, Status, UploadedFile

from yinxian.deals.http import SignedIn
from yinxian.kernel.errors import Forbidden, Invalid
from yinxian.kernel.http import or_404

from .. import permissions
from ..models import Evidence, Landing
from ..operations import arrivals
from ..queries import landings as queries

router = Router()
PaperNumber = Annotated[int, Path(ge=0, le=10**15)]


class PaperOut(Schema):
    """``confirmed`` names the sides that have given their word; ``question`` is why it was sent back."""

    id: int
    kind: str
    number: str
    dated_on: dt.date
    area: str
    name: str
    size: int
    sha256: str
    confirmed: list[str]
    question: str


class DoubtIn(Schema):
    reason: str


def _landing(request: SignedIn, slug: str) -> Landing:
    return or_404(queries.landing_for(request.user, slug))


def _read(request: SignedIn, slug: str) -> Landing:
    """For the team and both regions."""
    found = _landing(request, slug)
    chosen = queries.chosen_offer(found)
    if not permissions.is_team(request.user, found) and not (chosen and permissions.sees_offer(request.user, chosen)):
        raise Http404
    return found


def _paper_out(one: Evidence) -> dict[str, Any]:
    names = ("kind", "number", "dated_on", "area", "name", "size", "sha256", "question")
    given = {name: getattr(one, name) for name in names}
    return {**given, "id": one.pk, "confirmed": [word.side for word in one.confirmations.all()]}


@router.get("/landings/{landing}/evidence", response=list[PaperOut])
def list_papers(request: SignedIn, landing: str) -> list[dict[str, Any]]:
    """The papers in the order in which they came; the last is the one to confirm."""
    found = _read(request, landing).evidence.prefetch_related("confirmations").order_by("pk")
    return [_paper_out(one) for one in found]


@router.post("/landings/{landing}/evidence", response={201: PaperOut})
def report(
    request: SignedIn,
    landing: str,
    file: File[UploadedFile | None] = None,
    kind: Form[str] = "",
    number: Form[str] = "",
    dated_on: Form[str] = "",
    area: Form[str] = "",
) -> Status[dict[str, Any]]:
    """A licence or lease with its number and day (YYYY-MM-DD), sent as multipart/form-data with its scan."""
    found = _landing(request, landing)
    if not permissions.can_report(request.user, found, queries.chosen_offer(found)):
        raise Forbidden("landing.not_reporter")
    if file is None:
        raise Invalid("kernel.empty_file", field="file")
    made = arrivals.report_arrival(
        landing_id=found.pk,
        actor=request.user,
        kind=kind,
        number=number,
        dated_on=_day(dated_on),
        upload=file,
        area=area,
    )
    return Status(201, _paper_out(made))


def _day(given: str) -> dt.date:
    try:
        return dt.date.fromisoformat(given)
    except ValueError as error:
        raise Invalid("landing.evidence_date", field="dated_on") from error


@router.get("/landings/{landing}/evidence/{landingpaper}", response=bytes)
def paper_file(request: SignedIn, landing: str, landingpaper: PaperNumber) -> FileResponse:
    """The scan as it was given."""
    kept = get_object_or_404(_read(request, landing).evidence, pk=landingpaper)
    return FileResponse(kept.file.open("rb"), as_attachment=True, filename=kept.name)


@router.post("/landings/{landing}/evidence/{landingpaper}/question", response=PaperOut)
def question(request: SignedIn, landing: str, landingpaper: PaperNumber, given: DoubtIn) -> dict[str, Any]:
    """A region says what is wrong with the paper: it stays on record, and another is asked for."""
    found = _landing(request, landing)
    chosen = queries.chosen_offer(found)
    if chosen is None or not permissions.sides_of(request.user, found, chosen):
        raise Forbidden("landing.not_confirmer")
    kept = get_object_or_404(found.evidence, pk=landingpaper)
    arrivals.question_arrival(landing_id=found.pk, actor=request.user, evidence_id=kept.pk, reason=given.reason)
    return _paper_out(get_object_or_404(found.evidence, pk=landingpaper))
