"""Courses taught and courses completed, and completions that were withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse

from yinxian.journal.models import Entry
from yinxian.training.models import Enrolment, Term

from ..models import Event
from ..rules import Fact, Part
from .told import Told, own_word, people, words

MINUTES, MOST_UNITS = 60, 10**9


def taught(entries: Sequence[Entry]) -> dict[int, list[Told]]:
    """Of a term that is over: "member" (or "teacher") taught so many "minutes" (or "hours") of it."""
    known, found = people(_teacher(entry) for entry in entries), {}
    terms = Term.objects.select_related("course").in_bulk(
        [entry.subject_id for entry in entries if entry.subject_type == Term._meta.label_lower]
    )
    for entry in entries:
        teacher = known.get(_teacher(entry))
        if teacher is None:
            continue
        term = terms.get(entry.subject_id) if entry.subject_type == Term._meta.label_lower else None
        fact = Fact(entry.pk, Event.COURSE_TAUGHT, entry.at, _hours(entry.data), (Part(teacher, 1),))
        title, path = (str(term)[:200], reverse("training:term", args=[term.slug])) if term else (words(entry), "")
        found[entry.pk] = [Told(fact, entry, title=title, path=path)]
    return found


def _teacher(entry: Entry) -> str:
    return str(entry.data.get("member") or entry.data.get("teacher"))


def _hours(data: Mapping[str, Any]) -> int:
    hours, minutes = data.get("hours"), data.get("minutes")
    if type(minutes) is int and hours is None:
        hours = minutes // MINUTES
    return min(max(hours, 0), MOST_UNITS) if type(hours) is int else 0


def completed(entries: Sequence[Entry]) -> dict[int, list[Told]]:
    """A learner was there for enough of a term: the hours attended. Who finished the term earns nothing from it."""
    learners = _learners(entries)
    found = {}
    for entry in entries:
        if enrolment := learners.get(entry.subject_id):
            part = Part(enrolment.user_id, 1, own_word(entry, enrolment.user_id))
            hours = entry.data["minutes"] // MINUTES
            fact = Fact(entry.pk, Event.COURSE_COMPLETED, entry.at, hours, (part,))
            found[entry.pk] = [_of_term(fact, entry, enrolment.term)]
    return found


def withdrawn(entries: Sequence[Entry]) -> dict[int, list[Told]]:
    """The marks of a finished term were corrected: the completion that the entry names is taken back."""
    learners = _learners(entries)
    undone = dict(Entry.objects.filter(uid__in=[entry.data["undone"] for entry in entries]).values_list("uid", "pk"))
    known = {str(uid): pk for uid, pk in undone.items()}
    found = {}
    for entry in entries:
        first, enrolment = known.get(str(entry.data["undone"])), learners.get(entry.subject_id)
        if first and enrolment:
            part = Part(enrolment.user_id, 1)
            fact = Fact(entry.pk, Event.COURSE_COMPLETED, entry.at, 0, (part,), undoes=first)
            found[entry.pk] = [_of_term(fact, entry, enrolment.term)]
    return found


def _learners(entries: Iterable[Entry]) -> dict[int, Enrolment]:
    return Enrolment.objects.select_related("term__course").in_bulk([entry.subject_id for entry in entries])


def _of_term(fact: Fact, entry: Entry, term: Term) -> Told:
    return Told(fact, entry, title=str(term)[:200], path=reverse("training:term", args=[term.slug]))
