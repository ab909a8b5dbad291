"""To do in deals: next actions, registration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yinxian.contracts.models import Contract
from yinxian.deals.models import Deal

from .base import WORKS, Person, Todo

REGISTER_DAYS = 30  # 技术合同认定登记: 30 days from signing (rules of 2000 and 2001)


def next_actions(person: Person) -> Iterator[Todo]:
    """What the manager noted as the next step of each running deal."""
    due = Deal.objects.filter(manager=person.user, next_on__lte=person.soon).exclude(state__in=Deal.ENDED)
    for deal in due.exclude(next_action=""):
        if deal.next_on:
            yield Todo(
                deal.next_on,
                pgettext("to do", "项目"),
                deal.next_action,
                deal.title,
                reverse("deals:deal", args=[deal.slug]),
            )


def registrations(person: Person) -> Iterator[Todo]:
    """Signed technology contracts that are not registered yet: the seller registers, or the manager for it."""
    whose = Q(manager=person.user) | Q(supplier=person.place(*WORKS))
    kinds = [kind for kind in Contract.Kind if kind not in Contract.BESIDE]
    since = person.today - dt.timedelta(days=180)
    states = (Deal.State.SIGNED, Deal.State.PERFORMING)
    open_deals = Deal.objects.filter(whose, state__in=states, registration_no="", contract__kind__in=kinds)
    for deal in open_deals.filter(signed_on__gte=since):
        if deal.signed_on is None:
            continue
        last = deal.signed_on + dt.timedelta(days=REGISTER_DAYS)
        late = last < person.today
        title = _("技术合同登记已过期限，尽快补办") if late else _("办理技术合同登记")
        yield Todo(last, pgettext("to do", "登记"), title, deal.title, reverse("deals:deal", args=[deal.slug]))
