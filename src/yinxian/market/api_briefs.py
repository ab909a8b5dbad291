"""REST endpoints of needs in plain words and their briefs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from yinxian.kernel.http import or_404
from yinxian.network.models import Organisation, User

from .intake.content import MOST_INDICATORS
from .intake.public import to_public
from .models import Brief, ModelDraft, Need
from .operations import briefs as operations
from .operations import drafts, feedback
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
    indicators_cut: bool = False  # it names as many as are read: there may be more in the words


class VersionIn(Schema):
    """A brief as the house keeps it: money in fen, figures as decimal strings. ``seen`` is the number that was read."""

    content: dict[str, Any]
    seen: int
    note: str = ""


def brief_out(need: Need, brief: Brief) -> dict[str, Any]:
    return {
        "need": need.slug,
        "number": brief.number,
        "signed_off": brief.signed_off_at is not None,
        "signed_off_by": brief.signed_off_by,
        "brief": to_public(brief.content),
        "indicators_cut": len(brief.content["indicators"]) >= MOST_INDICATORS,
    }


def actor_of(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the API's authentication has let them through
    return request.user


@router.post("/needs/words", response={201: BriefOut}, url_name="need_words")
def submit_words(request: HttpRequest, words: WordsIn) -> Status[dict[str, Any]]:
    """Take in a company's own words; answers with the first version of the brief."""
    owner = get_object_or_404(Organisation, slug=words.owner)
    need = operations.submit_need(
        owner_id=owner.pk, actor=actor_of(request), raw_words=words.raw_words, title=words.title
    )
    return Status(201, brief_out(need, or_404(need.current_brief)))


@router.get("/needs/{need}/brief", response=BriefOut, url_name="need_brief")
def read_brief(request: HttpRequest, need: str) -> dict[str, Any]:
    """The present version."""
    found = or_404(named_need(actor_of(request), need))
    return brief_out(found, or_404(found.current_brief))


@router.post("/needs/{need}/brief", response={201: BriefOut}, url_name="need_brief_version")
def write_brief(request: HttpRequest, need: str, version: VersionIn) -> Status[dict[str, Any]]:
    """Save a next version."""
    found = or_404(named_need(actor_of(request), need))
    brief = operations.new_version(
        need_id=found.pk, actor=actor_of(request), content=version.content, seen=version.seen, note=version.note
    )
    return Status(201, brief_out(found, brief))


class LineToTakeOut(Schema):
    """A line to take out: ``line`` is a list or a value of the brief, ``place`` its place in the list."""

    line: str
    place: int = 0
    seen: int


class DraftOut(Schema):
    """How far a model is with a draft; ``dropped`` is what the company's words do not hold."""

    need: str
    state: str
    problem: str
    dropped: list[dict[str, str]]
    number: int | None


@router.post("/needs/{need}/brief/take-out", response={201: BriefOut}, url_name="need_brief_take_out")
def take_out_line(request: HttpRequest, need: str, given: LineToTakeOut) -> Status[dict[str, Any]]:
    """Take out a line that was read wrongly; kept as feedback to the rules."""
    found = or_404(named_need(actor_of(request), need))
    brief = feedback.take_out(
        need_id=found.pk, actor=actor_of(request), line=given.line, place=given.place, seen=given.seen
    )
    return Status(201, brief_out(found, brief))


@router.post("/needs/{need}/brief/draft", response={202: DraftOut}, url_name="need_brief_draft")
def ask_for_draft(request: HttpRequest, need: str) -> Status[dict[str, Any]]:
    """Let the model that the settings name draft the next version; GET tells when it is there."""
    found = or_404(named_need(actor_of(request), need))
    return Status(202, _draft_out(found, drafts.ask_draft(need_id=found.pk, actor=actor_of(request))))


@router.get("/needs/{need}/brief/draft", response=DraftOut, url_name="need_brief_draft_state")
def read_draft(request: HttpRequest, need: str) -> dict[str, Any]:
    """The last draft that was asked for."""
    found = or_404(named_need(actor_of(request), need))
    return _draft_out(found, or_404(found.drafts.select_related("brief").first()))


def _draft_out(need: Need, asked: ModelDraft) -> dict[str, Any]:
    return {
        "need": need.slug,
        "state": asked.state,
        "problem": asked.problem,
        "dropped": asked.dropped,
        "number": asked.brief.number if asked.brief else None,
    }
