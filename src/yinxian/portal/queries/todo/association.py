"""To do for an association: what waits for review, who asks to be admitted, to be certified, to be heard again."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from yinxian.alliances.models import Member
from yinxian.credentials.models import Application, Presentation
from yinxian.exams.models import Appeal as ExamAppeal
from yinxian.market.models import Need, Result
from yinxian.market.queries.levels import UNDER_REVIEW
from yinxian.network.models import Organisation
from yinxian.reputation.models import Appeal as PointAppeal

from .base import REVIEWS, Person, Todo

MOST = 20  # of each kind; the desks have them all


def _reviewed(person: Person) -> int:
    """The association that the person reviews for now, or 0: then nothing is asked of the database."""
    return person.place(*REVIEWS) if person.kind == Organisation.Kind.ASSOCIATION else 0


def _decide(person: Person, kind: str, title: str, text: str, url: str) -> Todo:
    return Todo(person.today, kind, title, text, url, review=True)


def reviews(person: Person) -> Iterator[Todo]:
    """One line for results, one for needs."""
    if not (reviewed := _reviewed(person)):
        return
    models: tuple[type[Need] | type[Result], ...] = (Result, Need)
    for model in models:
        waiting = model._default_manager.filter(owner__admitted_by=reviewed, state__in=UNDER_REVIEW[model])
        titles = [listing.shown_title for listing in waiting.only("title", "title_en").order_by("changed_at")[:100]]
        if not titles:
            continue
        count, url = len(titles), reverse("market:review_queue")
        if model is Result:
            title = ngettext("%(n)s 项成果等您审核", "%(n)s 项成果等您审核", count) % {"n": count}
        else:
            title = ngettext("%(n)s 项需求等您审核", "%(n)s 项需求等您审核", count) % {"n": count}
        text = _("等得最久的：%(title)s") % {"title": titles[0]}
        yield _decide(person, pgettext("to do", "审核"), title, text, url)


def admissions(person: Person) -> Iterator[Todo]:
    if not (reviewed := _reviewed(person)):
        return
    for applicant in Organisation.objects.filter(applied_to=reviewed):
        text = f"{applicant.shown_name}　{applicant.get_kind_display()}"
        url = reverse("network:organisation", args=[applicant.slug])
        yield _decide(person, pgettext("to do", "入会"), _("一家单位申请加入，请审核"), text, url)


def members(person: Person) -> Iterator[Todo]:
    """Who applies for membership."""
    if not (reviewed := _reviewed(person)):
        return
    asked = Member.objects.filter(state=Member.State.APPLIED, association=reviewed)
    asked = asked.exclude(user=person.user).exclude(applied_by=person.user)
    for one in asked.select_related("user", "organisation").order_by("applied_at", "pk")[:MOST]:
        url, text = reverse("alliances:member", args=[one.slug]), f"{one.shown_name}　{one.get_kind_display()}"
        yield _decide(person, pgettext("to do", "入会"), _("有人申请成为会员，请审核"), text, url)


def appeals(person: Person) -> Iterator[Todo]:
    """Appeals that wait for somebody else's eyes: of exams, of points and credit. Never one's own."""
    if not (reviewed := _reviewed(person)):
        return
    exams = ExamAppeal.objects.filter(
        state=ExamAppeal.State.ASKED, item__sitting__window__exam__association=reviewed
    ).exclude(item__sitting__user=person.user)
    for one in exams.select_related("item__sitting__window__exam").order_by("asked_at", "pk")[:MOST]:
        url = reverse("exams:appeal", args=[one.slug])
        text = _("%(exam)s，第 %(number)s 题") % {"exam": one.item.sitting.window, "number": one.item.number}
        yield _decide(person, pgettext("to do", "申诉"), _("有人申请复核成绩，等您答复"), text, url)
    points = PointAppeal.objects.filter(state=PointAppeal.State.ASKED, association=reviewed).exclude(user=person.user)
    for appeal in points.select_related("user").order_by("asked_at", "pk")[:MOST]:
        url = reverse("reputation:appeal", args=[appeal.slug])
        title = _("有人对信用里的一件事提出异议") if appeal.measure else _("有人对积分提出申诉")
        yield _decide(person, pgettext("to do", "申诉"), title, appeal.user.shown_name, url)


def certificates(person: Person) -> Iterator[Todo]:
    """Who asks for a level, and who brings a certificate from elsewhere."""
    if not (reviewed := _reviewed(person)):
        return
    asked = Application.objects.filter(state=Application.State.SUBMITTED, level__association=reviewed)
    for one in asked.exclude(user=person.user).select_related("user", "level").order_by("submitted_at", "pk")[:MOST]:
        url = reverse("credentials:application", args=[one.slug])
        text = f"{one.user.shown_name}　{one.level.shown_name}"
        yield _decide(person, pgettext("to do", "证书"), _("有人申请级别，请评定"), text, url)
    brought = Presentation.objects.filter(state=Presentation.State.PRESENTED, recognition__association=reviewed)
    rows = brought.exclude(user=person.user).select_related("user", "recognition").order_by("presented_at", "pk")
    for given in rows[:MOST]:
        url = reverse("credentials:presentation", args=[given.slug])
        text = f"{given.user.shown_name}　{given.recognition.their_level_name}"
        yield _decide(person, pgettext("to do", "证书"), _("有人交来别处的证书，请确认"), text, url)
