"""Ask for another look at a point or at a fact of one's credit, and decide it: once each, by two people."""

from __future__ import annotations

from django.db import transaction

from yinxian import journal
from yinxian.credentials.operations.proofs import withdraw_proofs
from yinxian.journal.models import Entry
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.text import clean
from yinxian.network.models import Organisation, User

from .. import permissions
from ..models import UNDOING, Appeal, Measure, Point
from ..queries.credit import facts_counted
from ..queries.schemes import homes
from ..rules import LARGEST
from .points import prove

LONGEST = 2000


@transaction.atomic
def appeal_point(*, point_id: int, actor: User, reason: str) -> Appeal:
    """Against points given or not given; one's own, once. A correction is not appealed against again."""
    point = Point.objects.select_for_update(of=("self",)).select_related("scheme__association").get(pk=point_id)
    if point.user_id != actor.pk:
        raise Forbidden("reputation.not_your_point")
    said = _words(reason, "reason")
    _stands(point)
    if point.corrects_id is not None or Appeal.objects.filter(point=point).exists():
        raise Conflict("reputation.appealed_before")
    made = Appeal.objects.create(association=point.scheme.association, user=actor, point=point, reason=said)
    _note("reputation.appeal.asked", made, actor)
    return made


@transaction.atomic
def contest_fact(*, actor: User, measure: str, entry_id: int, reason: str) -> Appeal:
    """Against a fact that counts in one's credit; once. The association of the person decides."""
    user = User.objects.select_for_update().get(pk=actor.pk)
    said = _words(reason, "reason")
    if measure not in Measure.values or entry_id not in facts_counted(user, measure):
        raise Invalid("reputation.fact_not_counted")
    if Appeal.objects.filter(user=user, measure=measure, entry=entry_id).exists():
        raise Conflict("reputation.appealed_before")
    home = homes([user.pk]).get(user.pk)
    if home is None:
        raise Conflict("reputation.nobody_decides")
    made = Appeal.objects.create(
        association=Organisation.objects.get(pk=home),
        user=user,
        measure=measure,
        entry=Entry.objects.get(pk=entry_id),
        reason=said,
    )
    _note("reputation.appeal.asked", made, actor)
    return made


@transaction.atomic
def decide_appeal(*, appeal_id: int, actor: User, uphold: bool, decision: str, change: int = 0) -> Appeal:
    """Decided once, by another person of the association, with a reason.

    Upheld against a point: a correction of ``change`` points (not 0; no more than the person then has of this fact,
    nothing below none). Upheld against a fact of credit: the fact is counted no more.
    """
    appeal = Appeal.objects.select_for_update(of=("self",)).select_related("association", "user").get(pk=appeal_id)
    if not permissions.can_decide(actor, appeal):
        raise Forbidden("reputation.not_yours_to_decide")
    appeal.move_to(Appeal.State.UPHELD if uphold else Appeal.State.REFUSED)
    first = _first(appeal) if uphold and appeal.point_id is not None else None
    if first is not None:
        _stands(first)
        _check_change(first, change)
        appeal.change = change
    appeal.decision, appeal.decided_by, appeal.decided_at = _words(decision, "decision"), actor, clock.now()
    appeal.save()
    entry = _note("reputation.appeal.decided", appeal, actor)
    if first is not None:
        _correct(first, change, entry)
    return appeal


def _stands(first: Point) -> None:
    """Points that were taken back because their fact is undone are not corrected any more."""
    if first.corrections.filter(entry__name__in=UNDOING).exists():
        raise Conflict("reputation.point_undone")


def _first(appeal: Appeal) -> Point:
    return Point.objects.select_related("scheme", "entry", "given", "user").get(pk=appeal.point_id or 0)


def _check_change(first: Point, change: int) -> None:
    if type(change) is not int or change == 0 or abs(change) > LARGEST or first.amount + change < 0:
        raise Invalid("reputation.change_wrong", field="change", amount=first.amount)


def _correct(first: Point, change: int, entry: Entry) -> None:
    """A row of its own, on the day of the decision; the first row stays as it was."""
    Point.objects.create(
        user=first.user,
        scheme=first.scheme,
        entry=entry,
        deal=first.deal,
        event=first.event,
        title=first.title,
        path=first.path,
        amount=change,
        whole=first.whole,
        units=first.units,
        corrects=first,
        given=entry,
        at=entry.at,
    )
    if first.given is not None:
        withdraw_proofs(entry=first.given, by=entry)
    if first.amount + change:
        prove(first, entry, first.amount + change)


def _words(text: str, field: str) -> str:
    said = clean(text).strip()
    if not said:
        raise Invalid("reputation.reason_needed", field=field)
    if len(said) > LONGEST:
        raise Invalid("reputation.reason_long", field=field, limit=LONGEST)
    return said


def _note(name: str, appeal: Appeal, actor: User) -> Entry:
    about = appeal.point.entry if appeal.point else appeal.entry
    data = {
        "member": appeal.user.slug,
        "fact": str(about.uid) if about else "",
        "measure": appeal.measure,
        "state": appeal.state,
        **({"change": appeal.change} if appeal.change is not None else {}),
    }
    return journal.record(name, actor=actor, subject=appeal, data=data, organisations=[appeal.association_id])
