"""The lying thread of a deal: nine rings from the need to the last fen, each with a fact beneath it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from yinxian.kernel.templatetags.yx import MONTHS, wan
from yinxian.matching.models import Candidate

from ..models import Deal, Milestone
from ..story import Facts

State = Deal.State
NEED, BRIEF, MATCH, INTRODUCED, TALKS, SIGNED, WORK, ACCEPTED, SETTLED = range(9)
STANDS: dict[str, int] = {
    State.LEAD: INTRODUCED,
    State.INTRODUCED: TALKS,
    State.NDA: TALKS,
    State.NEGOTIATING: TALKS,
    State.INTENT: SIGNED,
    State.SIGNED: WORK,
    State.REGISTERED: WORK,
    State.PERFORMING: WORK,
    State.COMPLETED: SETTLED + 1,
}
CLOSED = (Milestone.State.RELEASED, Milestone.State.REFUNDED)


@dataclass(frozen=True)
class Step:
    label: str
    note: str
    state: str
    url: str = ""


def short(date: dt.date | dt.datetime | None) -> str:
    """``3月4日``, in English ``4 Mar``."""
    if date is None:
        return ""
    date = timezone.localtime(date) if isinstance(date, dt.datetime) else date
    english = (get_language() or "").startswith("en")
    return f"{date.day} {MONTHS[date.month - 1]}" if english else f"{date.month}月{date.day}日"


def thread(facts: Facts) -> list[Step]:
    """Done, now and to come; each ring opens what it stands on, where this reader may see it. How many results were
    shortlisted is for the buyer's and the manager's eyes."""
    deal, milestones = facts.deal, list(facts.milestones.values())
    contract = facts.contracts.get(deal.contract_id or 0)
    stands = _stands(deal, milestones)
    notes = [
        short(deal.need.created_at),
        _brief_note(deal),
        _match_note(facts),
        pgettext("thread", "双方已确认") if deal.introduction_id else "",
        _talks_note(facts),
        wan(deal.amount_fen) if deal.amount_fen is not None else "",
        _work_note(milestones),
        _acceptance_note(milestones),
        short(deal.ended_on) if deal.state == State.COMPLETED else "",
    ]
    urls = [
        reverse("market:need", args=[deal.need.slug]),
        "",
        reverse("market:result", args=[deal.result.slug]),
        reverse("deals:introduction", args=[deal.introduction.slug]) if deal.introduction else "",
        "",
        reverse("contracts:contract", args=[contract.slug]) if contract else "",
        reverse("deals:milestones", args=[deal.slug]) if milestones else "",
        "",
        "",
    ]
    labels = [
        pgettext("thread", "需求"),
        pgettext("thread", "需求书"),
        pgettext("thread", "撮合"),
        pgettext("thread", "引荐"),
        pgettext("thread", "洽谈"),
        pgettext("thread", "签约"),
        pgettext("thread", "履行"),
        pgettext("thread", "验收"),
        pgettext("thread", "结清"),
    ]
    if deal.state == State.DISPUTED:
        notes[stands] = _("争议中")
    if deal.state == State.TERMINATED:
        notes[stands] = _("已终止")
    return [
        Step(label, note, "done" if place < stands else "now" if place == stands else "todo", url)
        for place, (label, note, url) in enumerate(zip(labels, notes, urls, strict=True))
    ]


def _stands(deal: Deal, milestones: list[Milestone]) -> int:
    if deal.state == State.TERMINATED:
        if not deal.introduction_id:
            return INTRODUCED
        return WORK if deal.signed_on else TALKS
    state = deal.state_before if deal.state == State.DISPUTED else deal.state
    place = STANDS[state]
    if place != WORK or not milestones:
        return place
    left = [found for found in milestones if found.state not in CLOSED]
    if not left:
        return SETTLED
    return ACCEPTED if len(left) == 1 and len(milestones) > 1 else WORK


def _brief_note(deal: Deal) -> str:
    briefs: list[Any] = list(deal.need.briefs.order_by("-number").values_list("number", "signed_off_at"))
    signed = next((number for number, at in briefs if at), None)
    if signed is not None:
        return _("第%(number)s版已签认") % {"number": signed}
    return _("第%(number)s版") % {"number": briefs[0][0]} if briefs else ""


def _match_note(facts: Facts) -> str:
    if not facts.sides & {"buyer", "manager"}:
        return _("已选定成果")
    count = Candidate.objects.filter(need_id=facts.deal.need_id, state=Candidate.State.SHORTLISTED).count()
    return ngettext("入围%(count)s项", "入围%(count)s项", count) % {"count": count} if count else _("已选定成果")


def _talks_note(facts: Facts) -> str:
    deal, count = facts.deal, len(facts.meetings)
    if count:
        return ngettext("%(count)s次会面", "%(count)s次会面", count) % {"count": count}
    return str(deal.get_state_display()) if STANDS.get(deal.state) in (TALKS, SIGNED) else ""


def _work_note(milestones: list[Milestone]) -> str:
    if not milestones:
        return ""
    done = sum(found.state in CLOSED for found in milestones)
    return _("%(done)s/%(all)s 节点") % {"done": done, "all": len(milestones)}


def _acceptance_note(milestones: list[Milestone]) -> str:
    due = [found.due_on for found in milestones if found.due_on and found.state not in CLOSED]
    return _("%(day)s前") % {"day": short(max(due))} if due else ""
