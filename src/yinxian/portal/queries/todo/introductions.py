"""To do about introductions and contracts: shares, answers, ends of protection, alarms, yeses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yinxian.contracts.models import Approval, Contract, TeamPart
from yinxian.deals.models import BypassAlarm, Deal, Introduction
from yinxian.deals.queries.introductions import waiting_answers, waiting_shares
from yinxian.kernel.money import show_percent
from yinxian.kernel.templatetags.yx import day

from .base import PAYS, WORKS, Person, Todo

ANSWER_SOON = 7  # days before the last day of an offer
State = Introduction.State


def _url(introduction: Introduction) -> str:
    return reverse("deals:introduction", args=[introduction.slug])


def shares(person: Person) -> Iterator[Todo]:
    pays = person.place(*PAYS)
    for share in waiting_shares(person.user).filter(Q(user=person.user) | Q(organisation=pays)):
        text = f"{share.introduction.subject}　{show_percent(share.bp)}"
        yield Todo(person.today, pgettext("to do", "引荐"), _("一份分成等您同意"), text, _url(share.introduction))


def answers(person: Person) -> Iterator[Todo]:
    """Offers to the organisation that the person may answer for."""
    works = person.place(*WORKS)
    earns = Q(manager=person.user) | Q(shares__user=person.user)
    for offer in waiting_answers(person.user).filter(Q(buyer=works) | Q(supplier=works)).exclude(earns):
        last = _("最迟 %(day)s 答复") % {"day": day(offer.answer_by)} if offer.answer_by else ""
        text = "　".join(filter(None, [offer.subject, last]))
        yield Todo(person.today, pgettext("to do", "引荐"), _("一项引荐等您单位确认"), text, _url(offer))


def own_introductions(person: Person) -> Iterator[Todo]:
    """The manager's: offers about to lapse, acknowledged ones without a deal, protection about to end."""
    lapse = person.today + dt.timedelta(days=ANSWER_SOON)
    no_deal = ~Exists(Deal.objects.filter(introduction=OuterRef("pk")))
    wanted = (
        Q(state=State.OFFERED, answer_by__lte=lapse)
        | Q(state=State.ACKNOWLEDGED, protected_until__range=(person.today, person.soon))
        | (Q(state=State.ACKNOWLEDGED, protected_until__gte=person.today) & no_deal)
    )
    for one in Introduction.objects.filter(wanted, manager=person.user).annotate(no_deal=no_deal):
        if one.state == State.OFFERED and one.answer_by:
            yield Todo(
                one.answer_by, pgettext("to do", "引荐"), _("还没有双方的答复，建议打个电话"), one.subject, _url(one)
            )
        elif one.no_deal:
            yield Todo(person.today, pgettext("to do", "引荐"), _("双方已确认，可以立项了"), one.subject, _url(one))
        elif one.protected_until:
            yield Todo(one.protected_until, pgettext("to do", "引荐"), _("引荐保护期将满"), one.subject, _url(one))


def alarms(person: Person) -> Iterator[Todo]:
    whose = Q(introduction__manager=person.user) | Q(introduction__agency=person.place(*WORKS))
    for alarm in BypassAlarm.objects.filter(whose, state=BypassAlarm.State.OPEN).select_related("introduction"):
        title = _("保护期内的双方可能绕过了您，请核实")
        yield Todo(person.today, pgettext("to do", "引荐"), title, alarm.introduction.subject, _url(alarm.introduction))


def contracts(person: Person) -> Iterator[Todo]:
    """Offered contracts that wait for the yes of a side which the person may give."""
    admin = person.place("admin")
    said = {
        side: Exists(
            Approval.objects.filter(
                contract=OuterRef("pk"), side=side, revision=OuterRef("revision"), scan=None, cancelled_at=None
            )
        )
        for side in ("buyer", "supplier", "broker")
    }
    brokered = Q(kind=Contract.Kind.BROKERAGE)
    team = Q(kind=Contract.Kind.TEAM)
    buyer = Q(buyer=admin) & ~said["buyer"] & ~team & (~brokered | Q(client="buyer"))
    supplier = Q(supplier=admin) & ~said["supplier"] & ~team & (~brokered | Q(client="supplier"))
    broker = brokered & ~said["broker"] & (Q(broker=admin) | Q(broker=None, broker_user=person.user))
    mine = TeamPart.objects.filter(Q(user=person.user) | Q(organisation=admin), contract=OuterRef("pk"))
    unsaid = mine.exclude(
        Exists(
            Approval.objects.filter(
                contract=OuterRef("contract_id"),
                user=person.user,
                revision=OuterRef("contract__revision"),
                cancelled_at=None,
            )
        )
    )
    member = team & Exists(unsaid)
    waiting = Contract.objects.filter(buyer | supplier | broker | member, state=Contract.State.OFFERED)
    for contract in waiting:
        text = f"{contract.number}　{contract.title}"
        url = reverse("contracts:contract", args=[contract.slug])
        yield Todo(person.today, pgettext("to do", "合同"), _("一份合同等您确认"), text, url)
