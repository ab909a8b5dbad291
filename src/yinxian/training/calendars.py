"""Calendars in iCalendar (RFC 5545): per person, per term, per course, per association.

Times carry TZID=Asia/Shanghai with its VTIMEZONE; the UID of a meeting never changes; a cancelled meeting stays with
STATUS:CANCELLED; SEQUENCE counts the changes. Where people meet online stands in the person's own calendar only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vDuration

from yinxian.kernel import clock
from yinxian.network.models import Organisation, User

from .models import CalendarKey, Course, Enrolment, Session, Term

TYPE = "text/calendar; charset=utf-8"
REFRESH = dt.timedelta(hours=1)
BACK = dt.timedelta(days=400)  # older meetings leave the calendars
ZONE = "Asia/Shanghai"


def site(path: str) -> str:
    return f"{settings.YINXIAN_URL}{path}"


def _zone() -> Timezone:
    """China has kept one time since 1991-09-15."""
    return Timezone.from_tzid(ZONE, first_date=dt.date(1992, 1, 1), last_date=dt.date(2038, 1, 1))


def _event(session: Session, *, inside: bool) -> Event:
    event = Event()
    event.add("uid", f"{session.slug}@{urlsplit(settings.YINXIAN_URL).hostname or 'yinxian'}")
    event.add("dtstamp", session.changed_at.astimezone(dt.UTC).replace(microsecond=0))
    event.add("last-modified", session.changed_at.astimezone(dt.UTC).replace(microsecond=0))
    event.add("sequence", session.sequence)
    event.add("dtstart", session.starts_at.astimezone(clock.SHANGHAI).replace(microsecond=0))
    event.add("dtend", session.ends_at.astimezone(clock.SHANGHAI).replace(microsecond=0))
    course = session.term.course.shown_name
    event.add("summary", _("%(course)s：%(topic)s") % {"course": course, "topic": session.topic})
    event.add("status", "CANCELLED" if session.cancelled_at else "CONFIRMED")
    event.add("categories", [str(session.get_kind_display())])
    event.add("url", site(reverse("training:term", args=[session.term.slug])))
    if place := session.place or session.term.place:
        event.add("location", place)
    lines = [session.term.name]
    if session.teacher is not None:
        lines.append(_("教师：%(name)s") % {"name": session.teacher.shown_name})
    if inside and session.link:
        lines.append(session.link)
    if session.reason:
        lines.append(_("取消的理由：%(reason)s") % {"reason": session.reason})
    event.add("description", "\n".join(lines))
    return event


def calendar(name: str, sessions: Iterable[Session], *, inside: bool = False) -> bytes:
    """One calendar as bytes; ``inside`` for the person's own."""
    made = Calendar()
    made.add("prodid", "-//Yinxian//Training//ZH")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", ZONE)
    made.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    made.add_component(_zone())
    for session in sessions:
        made.add_component(_event(session, inside=inside))
    return bytes(made.to_ical())


def _recent(found: QuerySet[Session]) -> QuerySet[Session]:
    loaded = found.filter(ends_at__gte=clock.now() - BACK).select_related("term__course__association", "teacher")
    return loaded.distinct().order_by("starts_at", "pk")


def of_terms(**where: object) -> QuerySet[Session]:
    """Meetings of terms that are announced: none in preparation."""
    return _recent(Session.objects.filter(**where).exclude(term__state=Term.State.DRAFT))


def of_term(term: Term) -> bytes:
    return calendar(str(term), of_terms(term=term))


def of_course(course: Course) -> bytes:
    return calendar(str(course), of_terms(term__course=course))


def of_association(association: Organisation) -> bytes:
    return calendar(str(association), of_terms(term__course__association=association))


def of_person(user: User) -> bytes:
    """Where the person learns, waits no longer, or teaches; in the person's own language."""
    mine = Q(term__enrolments__user=user, term__enrolments__state__in=Enrolment.IN) | Q(teacher=user)
    with translation.override(user.language):
        return calendar(_("我的课"), _recent(Session.objects.filter(mine)), inside=True)


def token_for(user: User) -> str:
    """The secret part of the person's address: derived, so that nothing secret lies in the database."""
    number = CalendarKey.objects.filter(user=user).values_list("number", flat=True).first() or 1
    value = f"{user.slug}:{number}"
    return salted_hmac("yinxian.training.calendar", value, algorithm="sha256").hexdigest()[:40]


def address_for(user: User) -> str:
    """The person's secret address."""
    return site(reverse("training:person_calendar", args=[user.slug, token_for(user)]))


def person_at(slug: str, token: str) -> User | None:
    """Whose calendar an address opens; None for a wrong or renewed one."""
    user = User.objects.filter(slug=slug, is_active=True).first()
    return user if user is not None and constant_time_compare(token_for(user), token) else None
