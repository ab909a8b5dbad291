"""To do about training: meetings of the next days, terms to finish, trainees who wait."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yinxian.kernel import clock
from yinxian.kernel.templatetags.yx import moment
from yinxian.network.models import Organisation
from yinxian.training.models import Enrolment, Internship, Session, Term

from .base import REVIEWS, Person, Todo, local_day

SOON = dt.timedelta(days=7)


def meetings(person: Person) -> Iterator[Todo]:
    """Where the person learns or teaches within a week."""
    mine = Q(term__enrolments__user=person.user, term__enrolments__state=Enrolment.State.SEATED) | Q(
        teacher=person.user
    )
    now = clock.now()
    found = Session.objects.filter(
        mine, cancelled_at=None, ends_at__gte=now, starts_at__lte=now + SOON, term__state=Term.State.OPEN
    )
    for session in found.select_related("term__course").distinct().order_by("starts_at"):
        title = _("去讲课") if session.teacher_id == person.user.pk else _("去上课")
        text = f"{session.topic}　{moment(session.starts_at)}　{session.place or session.term.place}"
        url = reverse("training:term", args=[session.term.slug])
        yield Todo(local_day(session.starts_at), pgettext("to do", "培训"), title, text, url)


def terms_over(person: Person) -> Iterator[Todo]:
    """The association's terms whose last day has passed."""
    runs = person.place(*REVIEWS) if person.kind == Organisation.Kind.ASSOCIATION else 0
    ahead = Session.objects.filter(term=OuterRef("pk"), cancelled_at=None, ends_at__gt=clock.now())
    held = Session.objects.filter(term=OuterRef("pk"), cancelled_at=None)
    found = Term.objects.filter(~Exists(ahead), Exists(held), course__association=runs, state=Term.State.OPEN)
    for term in found.select_related("course"):
        url = reverse("training:term", args=[term.slug])
        yield Todo(person.today, pgettext("to do", "培训"), _("课都上完了，请结业"), str(term), url)


def trainees(person: Person) -> Iterator[Todo]:
    """Who asked the person to be their mentor."""
    found = Internship.objects.filter(mentor=person.user, state=Internship.State.ASKED).select_related("trainee")
    for internship in found.order_by("asked_at"):
        url = reverse("training:internship", args=[internship.slug])
        yield Todo(person.today, pgettext("to do", "培训"), _("有人请您带他实习"), internship.trainee.shown_name, url)
