"""To do about payments: who pays, who delivers, who accepts, who answers."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yinxian.deals.models import Deal, Dispute, Invoice, Milestone
from yinxian.kernel.templatetags.yx import wan

from .base import PAYS, WORKS, Person, Todo

State, Kind = Milestone.State, Milestone.Kind
OPEN = (Deal.State.SIGNED, Deal.State.REGISTERED, Deal.State.PERFORMING)
WAITING = (State.UNFUNDED, State.FUNDED, State.SUBMITTED, State.CHANGES)


def _text(milestone: Milestone) -> str:
    parts = {"deal": milestone.deal.title, "step": milestone.title, "amount": wan(milestone.amount_fen)}
    return _("%(deal)s　%(step)s %(amount)s") % parts


def milestones(person: Person) -> Iterator[Todo]:
    """Milestones of open deals that wait for the person's side; the manager sees what both sides wait for."""
    buys, sells = person.place(*PAYS), person.place(*WORKS)
    whose = Q(deal__buyer=buys) | Q(deal__supplier=sells) | Q(deal__manager=person.user)
    found = Milestone.objects.filter(whose, deal__state__in=OPEN, state__in=WAITING).select_related("deal")
    for milestone in found.order_by("deal", "position"):
        deal = milestone.deal
        manages = deal.manager_id == person.user.pk
        title = _step(milestone, buys=deal.buyer_id == buys, sells=deal.supplier_id == sells, manages=manages)
        on = milestone.due_on if milestone.state in (State.UNFUNDED, State.FUNDED) else person.today
        if title and on and on <= person.soon:
            yield Todo(
                on,
                pgettext("to do", "付款"),
                title,
                _text(milestone),
                reverse("deals:milestone", args=[milestone.slug]),
            )


def _step(milestone: Milestone, *, buys: bool, sells: bool, manages: bool) -> str:
    """What is to be done by this side; nothing when it is not this side's turn."""
    if milestone.state == State.UNFUNDED:
        return _("该付这一笔了，付后登记回单") if buys else _("等需方付款") if manages else ""
    if milestone.state == State.FUNDED:
        if milestone.kind in (Kind.DEPOSIT, Kind.FEE):
            return _("款已到托管户，请确认放款") if buys else ""
        return _("款已托管，按期交付验收材料") if sells else ""
    if milestone.state == State.SUBMITTED:
        if buys:
            return _("验收材料已到，请您确认")
        return _("验收材料已到，请需方确认") if manages else ""
    return _("需方要求补改验收材料") if sells else ""


def splits(person: Person) -> Iterator[Todo]:
    """Signed deals without a rule of the split, since the supplier had stored no reward that fits."""
    whose = Q(manager=person.user) | Q(supplier=person.place(*PAYS))
    for deal in Deal.objects.filter(whose, state__in=OPEN, split_rule=None, introduction__isnull=False):
        yield Todo(
            deal.signed_on or person.today,
            pgettext("to do", "分账"),
            _("定分账规则：供方没有存下合用的奖励规则"),
            deal.title,
            reverse("deals:milestone_split", args=[deal.slug]),
        )


def invoices(person: Person) -> Iterator[Todo]:
    asked = Invoice.objects.filter(milestone__deal__supplier=person.place(), asked_at__isnull=False, number="")
    for invoice in asked.select_related("milestone__deal"):
        url = reverse("deals:milestone", args=[invoice.milestone.slug])
        yield Todo(person.today, pgettext("to do", "发票"), _("需方请您单位开发票"), _text(invoice.milestone), url)


def disputes(person: Person) -> Iterator[Todo]:
    """Open disputes in which the person's side has not answered."""
    pays = person.place(*PAYS)
    mine = Q(milestone__deal__buyer=pays, buyer_answer="") | Q(milestone__deal__supplier=pays, supplier_answer="")
    for dispute in Dispute.objects.filter(mine, decided_at=None).select_related("milestone__deal"):
        url = reverse("deals:milestone", args=[dispute.milestone.slug])
        yield Todo(
            person.today, pgettext("to do", "争议"), _("争议等您单位答复，款仍冻结"), _text(dispute.milestone), url
        )
