"""REST endpoints of credentials: the same queries and operations as the pages."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema, Status, UploadedFile

from yinxian.kernel.errors import Forbidden, Invalid
from yinxian.kernel.http import or_404
from yinxian.network.models import Organisation, User

from .api_presentations import router as presentations
from .models import Application, Credential, Level, Recognition
from .operations import applications, credentials, levels, recognitions
from .permissions import can_award
from .queries.applications import check_for, visible_application
from .queries.levels import current_version, levels_of
from .queries.recognition import recognitions_of
from .queries.register import credential_for, register, shown_to
from .vc.reading import BIGGEST
from .verifying import verify

router = Router()
router.add_router("", presentations)
MOST = 100


class LevelOut(Schema):
    slug: str
    name: str
    name_en: str
    rank: int
    version: int
    valid_months: int | None
    requirements: list[dict[str, Any]]
    renewal: list[dict[str, Any]]


class LevelEdit(Schema):
    """``based_on`` is the version that was read; another in between is a conflict."""

    based_on: int
    requirements: list[dict[str, Any]] = []
    renewal: list[dict[str, Any]] = []
    valid_months: int | None = None
    note: str = ""


class LineOut(Schema):
    kind: str
    name: str
    at_least: int | None
    have: int
    met: bool
    facts: list[str]


class StandingOut(Schema):
    version: int
    renews: str
    may_apply: bool
    met: bool
    lines: list[LineOut]


class ApplyIn(Schema):
    statement: str = ""


class ApplicationOut(Schema):
    slug: str
    state: str
    level: str
    version: int
    reason: str
    credential: str


class DecisionIn(Schema):
    award: bool
    reason: str = ""


class CredentialOut(Schema):
    slug: str
    level: str
    holder: str
    state: str
    valid_from: dt.datetime
    valid_until: dt.datetime | None


class CredentialsOut(Schema):
    count: int
    page: int
    pages: int
    items: list[CredentialOut]


class IssueIn(Schema):
    """``person`` is a person's number (U…); ``ground`` is what the product does not have as facts."""

    person: str
    ground: str


class CredentialStateIn(Schema):
    state: str
    reason: str


class RecognitionIn(Schema):
    issuer_did: str
    issuer_name: str
    their_level: str
    their_level_name: str
    equals: str
    conditions: str = ""
    valid_from: dt.date
    valid_until: dt.date


class RecognitionOut(Schema):
    slug: str
    issuer_did: str
    their_level: str
    equals: str
    version: int
    valid_from: dt.date
    valid_until: dt.date
    ended: bool


class ReasonIn(Schema):
    reason: str


def _actor(request: HttpRequest) -> User:
    return cast(User, request.user)


def _association(slug: str) -> Organisation:
    return get_object_or_404(Organisation, slug=slug, kind=Organisation.Kind.ASSOCIATION)


def _level(slug: str) -> Level:
    return get_object_or_404(Level.objects.select_related("association"), slug=slug)


def _level_out(level: Level) -> dict[str, Any]:
    version = current_version(level)
    return {
        **{name: getattr(level, name) for name in ("slug", "name", "name_en", "rank")},
        "version": version.number,
        "valid_months": version.valid_months,
        "requirements": version.requirements,
        "renewal": version.renewal,
    }


def _application_out(one: Application) -> dict[str, Any]:
    made = Credential.objects.filter(application=one).values_list("slug", flat=True).first()
    return {
        "slug": one.slug,
        "state": one.state,
        "level": one.level.slug,
        "version": one.version.number,
        "reason": one.reason,
        "credential": made or "",
    }


def _credential_out(one: Credential) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "level": one.level.slug,
        "holder": one.user.shown_name,
        **{name: getattr(one, name) for name in ("state", "valid_from", "valid_until")},
    }


def _recognition_out(one: Recognition) -> dict[str, Any]:
    names = ("slug", "issuer_did", "their_level", "version", "valid_from", "valid_until")
    given = {name: getattr(one, name) for name in names}
    return {**given, "equals": one.equals.slug, "ended": one.ended_at is not None}


@router.get("/associations/{association}/levels", response=list[LevelOut], auth=None)
def list_levels(request: HttpRequest, association: str) -> list[dict[str, Any]]:
    """The ladder of an association, as anyone reads it."""
    return [_level_out(level) for level in levels_of(_association(association))]


@router.put("/levels/{level}", response=LevelOut)
def edit_level(request: HttpRequest, level: str, given: LevelEdit) -> dict[str, Any]:
    """A new version of what a level asks."""
    found, values = _level(level), given.dict()
    levels.edit_level(level_id=found.pk, actor=_actor(request), values=values, based_on=values.pop("based_on"))
    return _level_out(found)


@router.get("/levels/{level}/standing", response=StandingOut)
def my_standing(request: HttpRequest, level: str) -> dict[str, Any]:
    """How one stands before a level: what is met, by which facts of the journal, and what is missing."""
    found = check_for(_actor(request), _level(level))
    return {
        "version": found.version.number,
        "renews": found.renews.slug if found.renews else "",
        "may_apply": found.may_apply,
        "met": found.met,
        "lines": [
            {
                **{name: getattr(line, name) for name in ("kind", "name", "at_least", "have", "met")},
                "facts": [str(fact.entry.uid) if hasattr(fact, "entry") else fact.through for fact in line.by],
            }
            for line in found.answers
        ],
    }


@router.post("/levels/{level}/applications", response={201: ApplicationOut})
def apply(request: HttpRequest, level: str, given: ApplyIn) -> Status[dict[str, Any]]:
    made = applications.apply_for_level(level_id=_level(level).pk, actor=_actor(request), statement=given.statement)
    return Status(201, _application_out(made))


@router.post("/applications/{application}/decision", response=ApplicationOut)
def decide(request: HttpRequest, application: str, given: DecisionIn) -> dict[str, Any]:
    """The association's word: award, or refuse with the reason."""
    found = or_404(visible_application(request.user, application))
    return _application_out(
        applications.decide_application(
            application_id=found.pk, actor=_actor(request), award=given.award, reason=given.reason
        )
    )


@router.post("/levels/{level}/credentials", response={201: CredentialOut})
def issue(request: HttpRequest, level: str, given: IssueIn) -> Status[dict[str, Any]]:
    """Certify somebody on a ground of the association's own."""
    found = _level(level)
    if not can_award(request.user, found.association):
        raise Forbidden("credentials.not_yours_to_award")
    person = get_object_or_404(User, slug=given.person)
    made = credentials.issue_credential(
        level_id=found.pk, user_id=person.pk, actor=_actor(request), ground=given.ground
    )
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
    rows = register(request.user, _association(association), text=q[:60], level=level[:16], state=state, sort=sort)
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
        credentials.change_state(credential_id=found.pk, actor=_actor(request), state=given.state, reason=given.reason)
    )


@router.get("/associations/{association}/recognitions", response=list[RecognitionOut], auth=None)
def list_recognitions(request: HttpRequest, association: str) -> list[dict[str, Any]]:
    """What an association recognises, all versions, newest 200."""
    return [_recognition_out(one) for one in recognitions_of(_association(association))[:200]]


@router.post("/associations/{association}/recognitions", response={201: RecognitionOut})
def recognise(request: HttpRequest, association: str, given: RecognitionIn) -> Status[dict[str, Any]]:
    """Sign that another's level equals one of ours."""
    found, values = _association(association), given.dict()
    equals = get_object_or_404(Level, slug=values.pop("equals"), association=found)
    made = recognitions.recognise(association_id=found.pk, actor=_actor(request), equals_id=equals.pk, values=values)
    return Status(201, _recognition_out(made))


@router.post("/recognitions/{recognition}/end", response=RecognitionOut)
def end_recognition(request: HttpRequest, recognition: str, given: ReasonIn) -> dict[str, Any]:
    found = get_object_or_404(Recognition, slug=recognition)
    return _recognition_out(
        recognitions.end_recognition(recognition_id=found.pk, actor=_actor(request), reason=given.reason)
    )


@router.post("/verify", response=dict[str, Any], auth=None)
def verify_given(request: HttpRequest, file: File[UploadedFile | None] = None, text: Form[str] = "") -> dict[str, Any]:
    """Verify a file or a text (content or address): four answers for a certificate, two for a receipt. No account."""
    if file is not None and (file.size or 0) > BIGGEST:
        raise Invalid("credentials.too_large", field="file")
    seen = verify(file.read() if file is not None else text)
    found = seen.judgement or seen.verdict
    assert found is not None  # a Seen has one of them
    return {"kind": "certificate" if seen.judgement else "receipt", "through": seen.through, **found.as_json()}
