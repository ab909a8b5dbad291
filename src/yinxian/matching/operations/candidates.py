"""Decide about a result for a need: shortlist, refuse, take back. Every decision stays as feedback."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.market.models import Need, Result
from yinxian.network.models import User

from ..models import Candidate, Feedback
from ..models.candidates import Refusal
from ..permissions import can_decide
from ..queries import seen_result, why
from ..queries.facts import brief_of

CLOSED = (Need.State.SOLVED, Need.State.CLOSED, Need.State.REJECTED, Need.State.EXPIRED)
LONGEST_NOTE = 300
State = Candidate.State
Verb = Feedback.Verb


@dataclass(frozen=True)
class _View:
    """What the ranking said at the moment of the decision."""

    score: int
    reasons: list[dict[str, Any]]
    signals: dict[str, float]
    brief_number: int


def shortlist(*, need_id: int, result_id: int, actor: User) -> Candidate:
    """Put a result on the need's shortlist. Doing it again changes nothing."""
    view = _view(need_id, result_id, actor)
    return _decide(need_id=need_id, result_id=result_id, actor=actor, state=State.SHORTLISTED, view=view)


def refuse(*, need_id: int, result_id: int, actor: User, reason: str, note: str = "") -> Candidate:
    """Refuse a result for one of eight reasons; refusing again with another reason corrects it."""
    note = note.strip()
    if reason not in Refusal.values:
        raise Invalid("matching.reason_unknown", field="reason")
    if len(note) > LONGEST_NOTE:
        raise Invalid("matching.note_too_long", field="note", limit=LONGEST_NOTE)
    view = _view(need_id, result_id, actor)
    return _decide(
        need_id=need_id, result_id=result_id, actor=actor, state=State.REFUSED, view=view, reason=reason, note=note
    )


@transaction.atomic
def undo(*, need_id: int, result_id: int, actor: User) -> Candidate:
    """Take a decision back; that it was made stays on record. Candidate.DoesNotExist when there never was one."""
    need = _locked(need_id, actor)
    candidate = Candidate.objects.select_for_update(of=("self",)).get(need=need, result_id=result_id)
    if candidate.state == State.NEW:
        return candidate
    candidate.move_to(State.NEW)
    candidate.refusal = candidate.note = ""
    _write(candidate, need, Verb.UNDONE, actor, {})
    return candidate


def _view(need_id: int, result_id: int, actor: User) -> _View:
    """Ask the ranking before the transaction begins; a result that the actor may not see does not exist for them."""
    need = Need.objects.get(pk=need_id)
    if not can_decide(actor, need):
        raise Forbidden("matching.decide")
    slug = Result.objects.values_list("slug", flat=True).get(pk=result_id)
    result = seen_result(slug, actor)
    if result is None:
        raise Result.DoesNotExist
    match = why(need, result, actor)
    brief = brief_of(need, signed_only=False)
    reasons = [reason.as_json() for reason in match.reasons]
    return _View(match.score, reasons, dict(match.signals.raw), brief.number if brief else 0)


def _locked(need_id: int, actor: User) -> Need:
    need = Need.objects.select_for_update(of=("self",)).get(pk=need_id)
    if not can_decide(actor, need):
        raise Forbidden("matching.decide")
    if need.state in CLOSED:
        raise Conflict("matching.need_closed", state=need.get_state_display())
    return need


@transaction.atomic
def _decide(
    *, need_id: int, result_id: int, actor: User, state: str, view: _View, reason: str = "", note: str = ""
) -> Candidate:
    need = _locked(need_id, actor)
    found = Candidate.objects.select_for_update(of=("self",)).filter(need=need, result_id=result_id).first()
    candidate = found or Candidate(need=need, result_id=result_id)
    if candidate.state == state and (candidate.refusal, candidate.note) == (reason, note):
        return candidate
    if candidate.state != state:
        candidate.move_to(state)
    candidate.refusal, candidate.note = reason, note
    candidate.score, candidate.reasons, candidate.brief_number = view.score, view.reasons, view.brief_number
    verb = Verb.SHORTLISTED if state == State.SHORTLISTED else Verb.REFUSED
    _write(candidate, need, verb, actor, view.signals)
    return candidate


def _write(candidate: Candidate, need: Need, verb: str, actor: User, signals: dict[str, float]) -> None:
    candidate.decided_by, candidate.decided_at = actor, clock.now()
    candidate.save()
    Feedback.objects.create(
        candidate=candidate,
        verb=verb,
        refusal=candidate.refusal,
        note=candidate.note,
        score=candidate.score,
        signals=signals,
        brief_number=candidate.brief_number,
        actor=actor,
        at=candidate.decided_at,
    )
    data = {"need": need.slug, "result": candidate.result.slug, "score": candidate.score, "reason": candidate.refusal}
    journal.record(
        f"matching.candidate.{verb}", actor=actor, subject=candidate, data=data, organisations=[need.owner_id]
    )
