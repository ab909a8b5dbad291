"""What an entry of training is about."""

from __future__ import annotations

from collections.abc import Iterable

from yinxian.journal.models import Entry
from yinxian.network.models import User
from yinxian.training.models import Enrolment, Internship, Session, Term

from .around import About, People, address


def term_about(entry: Entry, term: Term) -> About:
    def sitting(*states: str) -> People:
        return lambda: User.objects.filter(enrolments__term=term, enrolments__state__in=states).distinct()

    def marked() -> Iterable[User | None]:
        return User.objects.filter(slug__in=[*entry.data.get("present", ()), *entry.data.get("absent", ())])

    return About(
        str(term),
        address("training:term", term.slug),
        {
            "in_term": sitting(*Enrolment.IN),
            "waiting": sitting(Enrolment.State.WAITING),
            "teachers": lambda: User.objects.filter(teachings__term=term),
            "marked": marked,
        },
    )


def session_about(entry: Entry, session: Session) -> About:
    about = term_about(entry, session.term)
    return About(f"{session.term.course} · {session.topic}", about.url, about.people)


def enrolment_about(entry: Entry, enrolment: Enrolment) -> About:
    about = term_about(entry, enrolment.term)
    return About(about.title, about.url, {"member": lambda: [enrolment.user]})


def internship_about(entry: Entry, internship: Internship) -> About:
    """Named by who acted; the deal is not named."""
    who = internship.trainee if entry.actor_id == internship.trainee_id else internship.mentor
    people: dict[str, People] = {"trainee": lambda: [internship.trainee], "mentor": lambda: [internship.mentor]}
    return About(who.get_full_name(), address("training:internship", internship.slug), people)
