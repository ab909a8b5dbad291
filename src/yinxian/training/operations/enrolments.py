"""Take a seat, wait for one, give it up; the fee as it was paid."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import User

from .. import checks, permissions
from ..models import Enrolment, Term
from .common import lock_term, say

State = Enrolment.State
LARGEST_FEE = 10**10  # fen


@transaction.atomic
def enrol(*, term_id: int, actor: User) -> Enrolment:
    """A seat while there is one, else a place on the waiting list: its ``state`` says which. Again gives the same.

    The row of the term is the lock: of two who press at once for the last seat one gets it, the other waits.
    """
    term = lock_term(term_id)
    mine = term.enrolments.filter(user=actor).exclude(state=State.GIVEN_UP).first()
    if mine is not None:
        return mine
    if term.state != Term.State.OPEN or clock.today() > term.ends_on:
        raise Conflict("training.not_open")
    if permissions.teaches(actor, term):
        raise Conflict("training.teaches_here")
    if not actor.name.strip():
        raise Conflict("training.no_name")
    seated = term.enrolments.filter(state=State.SEATED).count()
    waiting = term.enrolments.filter(state=State.WAITING).exists()
    free = seated < term.seats and not waiting
    now = clock.now()
    made = Enrolment.objects.create(
        term=term,
        user=actor,
        state=State.SEATED if free else State.WAITING,
        asked_at=now,
        seated_at=now if free else None,
    )
    name = "training.enrolment.seated" if free else "training.enrolment.waiting"
    say(name, term, actor, subject=made, member=actor.slug)
    return made


@transaction.atomic
def give_up(*, enrolment_id: int, actor: User, reason: str = "") -> Enrolment:
    """The learner gives the seat or the place up, or the association takes it back with a reason; the longest waiting
    moves up. Doing it twice does it once."""
    term = lock_term(Enrolment.objects.values_list("term_id", flat=True).get(pk=enrolment_id))
    enrolment = _locked(enrolment_id)
    own = enrolment.user_id == actor.pk
    if not own and not permissions.can_edit(actor, term.course):
        raise Forbidden("training.not_yours")
    if enrolment.state == State.GIVEN_UP:
        return enrolment
    if not term.live:
        raise Conflict("training.term_over", state=term.get_state_display())
    plain = checks.words(reason, "reason", 300, needed=not own)
    enrolment.move_to(State.GIVEN_UP)
    enrolment.ended_at = clock.now()
    enrolment.save(update_fields=["state", "ended_at"])
    name = "training.enrolment.given_up" if own else "training.enrolment.removed"
    say(name, term, actor, subject=enrolment, member=enrolment.user.slug, reason=plain)
    if term.state == Term.State.OPEN:
        move_up(term, actor)
    return enrolment


def move_up(term: Term, actor: User) -> list[Enrolment]:
    """Free seats go to those who wait, in the order in which they asked. The caller holds the term."""
    free = term.seats - term.enrolments.filter(state=State.SEATED).count()
    moved: list[Enrolment] = []
    for enrolment in term.enrolments.filter(state=State.WAITING).select_related("user").order_by("asked_at", "pk"):
        if len(moved) >= free or clock.today() > term.ends_on:
            break
        enrolment.move_to(State.SEATED)
        enrolment.seated_at = clock.now()
        enrolment.save(update_fields=["state", "seated_at"])
        say("training.enrolment.moved_up", term, None, subject=enrolment, member=enrolment.user.slug)
        moved.append(enrolment)
    return moved


@transaction.atomic
def record_fee(*, enrolment_id: int, actor: User, paid_fen: int, paid_on: dt.date | None, note: str = "") -> Enrolment:
    """What the learner has paid in all, as the association's books say; 0 takes it back. The product holds no money."""
    term = lock_term(Enrolment.objects.values_list("term_id", flat=True).get(pk=enrolment_id))
    if not permissions.can_edit(actor, term.course):
        raise Forbidden("training.not_yours")
    enrolment = _locked(enrolment_id)
    paid = checks.whole(paid_fen, "paid", 0, LARGEST_FEE)
    plain = checks.words(note, "note", 120, needed=False)
    on = paid_on if paid else None
    if paid and (on is None or on > clock.today()):
        raise Invalid("training.paid_when", field="paid_on")
    if (enrolment.paid_fen, enrolment.paid_on, enrolment.paid_note) == (paid, on, plain):
        return enrolment
    enrolment.paid_fen, enrolment.paid_on, enrolment.paid_note = paid, on, plain
    enrolment.save(update_fields=["paid_fen", "paid_on", "paid_note"])
    say(
        "training.fee.recorded",
        term,
        actor,
        subject=enrolment,
        member=enrolment.user.slug,
        paid_fen=paid,
        paid_on=on.isoformat() if on else "",
    )
    return enrolment


def _locked(enrolment_id: int) -> Enrolment:
    return Enrolment.objects.select_for_update(of=("self",)).select_related("user").get(pk=enrolment_id)
