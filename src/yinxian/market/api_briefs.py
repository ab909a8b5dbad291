"""REST endpoints of needs in plain words and their briefs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from yinxian.kernel.http import or_404
from yinxian.network.models import Organisation, User

from .intake.public import to_public
from .models import Brief, Need
from .operations import briefs as operations
from .queries.briefs import named_need

router = Router()


class WordsIn(Schema):
    """A company's own words; ``owner`` is the organisation's slug."""

    owner: str
    raw_words: str
    title: str = ""


class BriefOut(Schema):
    """One version in its published form (docs/schema/brief.json)."""

    need: str
    number: int
    signed_off: bool
    signed_off_by: str
    brief: dict[str, Any]


class VersionIn(Schema):
    """A brief as the house keeps it: money in fen, figures as decimal strings. ``seen`` is the number that was read."""

    content: dict[str, Any]
    seen: int
    note: str = ""


def _out(need: Need, brief: Brief) -> dict[str, Any]:
    return {
        "need": need.slug,
        "number": brief.number,
        "signed_off": brief.signed_off_at is not None,
        "signed_off_by": brief.signed_off_by,
        "brief": to_public(brief.content),
    }


def _actor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the API's authentication has let them through
    return request.user


@router.post("/needs/words", response={201: BriefOut}, url_name="need_words")
def submit_words(request: HttpRequest, words: WordsIn) -> Status[dict[str, Any]]:
    """Take in a company's own words; answers with the first version of the brief."""
    owner = get_object_or_404(Organisation, slug=words.owner)
    need = operations.submit_need(
        owner_id=owner.pk, actor=_actor(request), raw_words=words.raw_words, title=words.title
    )
    return Status(201, _out(need, or_404(need.current_brief)))


@router.get("/needs/{need}/brief", response=BriefOut, url_name="need_brief")
def read_brief(request: HttpRequest, need: str) -> dict[str, Any]:
    """The present version."""
    found = or_404(named_need(_actor(request), need))
    return _out(found, or_404(found.current_brief))


@router.post("/needs/{need}/brief", response={201: BriefOut}, url_name="need_brief_version")
def write_brief(request: HttpRequest, need: str, version: VersionIn) -> Status[dict[str, Any]]:
    """Save a next version."""
    found = or_404(named_need(_actor(request), need))
    brief = operations.new_version(
        need_id=found.pk, actor=_actor(request), content=version.content, seen=version.seen, note=version.note
    )
    return Status(201, _out(found, brief))
