"""To do for an association: what waits for review, who asks to be admitted."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from yinxian.market.models import Need, Result
from yinxian.market.queries.levels import UNDER_REVIEW
from yinxian.network.models import Organisation

from .base import REVIEWS, Person, Todo


def reviews(person: Person) -> Iterator[Todo]:
    """One line for results, one for needs."""
    reviewed = person.place(*REVIEWS) if person.kind == Organisation.Kind.ASSOCIATION else 0
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
        yield Todo(person.today, pgettext("to do", "审核"), title, text, url)


def admissions(person: Person) -> Iterator[Todo]:
    reviewed = person.place(*REVIEWS) if person.kind == Organisation.Kind.ASSOCIATION else 0
    for applicant in Organisation.objects.filter(applied_to=reviewed):
        text = f"{applicant.shown_name}　{applicant.get_kind_display()}"
        url = reverse("network:organisation", args=[applicant.slug])
        yield Todo(person.today, pgettext("to do", "入会"), _("一家单位申请加入，请审核"), text, url)
