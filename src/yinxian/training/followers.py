"""What was learned and practised becomes facts that count towards levels."""

from __future__ import annotations

from django.urls import reverse

from yinxian import journal
from yinxian.credentials.models import Module, ProofKind
from yinxian.credentials.operations.proofs import record_proof, withdraw_proofs
from yinxian.journal.models import Entry
from yinxian.network.models import User

from .models import Enrolment, Internship


@journal.follower("training.hours", ("training.course.completed",))
def count_hours(entry: Entry) -> None:
    """One fact for each kind of module, in minutes."""
    enrolment = Enrolment.objects.select_related("term__course").get(pk=entry.subject_id)
    for kind, minutes in sorted(entry.data["hours"].items()):
        if kind in Module.values and minutes:
            record_proof(
                user_id=enrolment.user_id,
                kind=ProofKind.HOURS,
                name=kind,
                amount=minutes,
                entry=entry,
                title=f"{enrolment.term.course.name} · {enrolment.term.name}",
                path=reverse("training:term", args=[enrolment.term.slug]),
            )


@journal.follower("training.hours_withdrawn", ("training.completion.withdrawn",))
def take_back_hours(entry: Entry) -> None:
    withdraw_proofs(entry=Entry.objects.get(uid=entry.data["undone"]), by=entry)


@journal.follower("training.lessons", ("training.lesson.read",))
def count_lesson(entry: Entry) -> None:
    user = User.objects.get(slug=entry.data["member"])
    record_proof(
        user_id=user.pk,
        kind=ProofKind.HOURS,
        name=entry.data["kind"],
        amount=entry.data["minutes"],
        entry=entry,
        title=entry.data["title"],
        path=reverse("training:lesson", args=[entry.data["lesson"]]),
    )


@journal.follower("training.practice", ("training.internship.signed",))
def count_practice(entry: Entry) -> None:
    """Days of practice in a field, when the mentor's verdict is good. The title names no deal: the trainee may not
    know it."""
    internship = Internship.objects.select_related("mentor").get(pk=entry.subject_id)
    if entry.data["verdict"] != Internship.Verdict.PASSED or not entry.data["days"]:
        return
    record_proof(
        user_id=internship.trainee_id,
        kind=ProofKind.INTERNSHIP,
        name=entry.data["field"],
        amount=entry.data["days"],
        entry=entry,
        title=f"跟岗实习，{internship.mentor.get_full_name()} 签认",
        path=reverse("training:internship", args=[internship.slug]),
    )
