"""The one thing that this reader should do next on a deal: the page's primary action."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yinxian.contracts.models import Contract
from yinxian.kernel import clock

from ..models import Deal, Milestone, Trial
from ..permissions import deals as permissions
from ..permissions import milestones as money
from .milestones import PlanView
from .trials import is_try_first

State = Deal.State
TALKING = (State.INTRODUCED, State.NDA, State.NEGOTIATING, State.INTENT)


@dataclass(frozen=True)
class Next:
    label: str
    url: str


def next_step(user: Any, deal: Deal, plan: PlanView, trial: Trial | None) -> Next | None:
    """What waits for this reader; None when it is somebody else's turn."""
    if deal.state == State.LEAD:
        if not permissions.can_steer(user, deal):
            return None
        return Next(_("发起引荐"), reverse("deals:introduce", args=[deal.need.slug, deal.result.slug]))
    if deal.state in TALKING:
        return _talking(user, deal)
    if deal.frozen or deal.ended:
        return None
    return _paying(user, deal, plan, trial)


def _talking(user: Any, deal: Deal) -> Next | None:
    contract = deal.contract
    if contract is None or contract.state == Contract.State.CANCELLED:
        if permissions.can_draft_contract(user, deal):
            return Next(_("起草合同"), reverse("deals:draft_contract", args=[deal.slug]))
        return None
    url = reverse("contracts:contract", args=[contract.slug])
    if contract.state == Contract.State.OFFERED and permissions.sides_of(user, deal) & {"buyer", "supplier"}:
        return Next(_("看合同并确认"), url)
    if permissions.can_steer(user, deal):
        if contract.state == Contract.State.AGREED:
            return Next(_("转入签约"), reverse("deals:move", args=[deal.slug]))
        return Next(_("看合同"), url)
    return None


def _paying(user: Any, deal: Deal, plan: PlanView, trial: Trial | None) -> Next | None:
    if plan.may_fix_split:
        return Next(_("固定分账规则"), reverse("deals:milestone_split", args=[deal.slug]))
    if plan.may_plan and not plan.milestones:
        return Next(_("排付款计划"), reverse("deals:milestone_plan", args=[deal.slug]))
    current = plan.current
    if trial is None and is_try_first(deal) and money.can_plan(user, deal):
        return Next(_("记下试用的约定"), reverse("deals:trial", args=[deal.slug]))
    if trial is not None and trial.state != Trial.State.CONVERTED:
        step = _trying(user, deal, trial)
        if step is not None or not _deposit(current):
            return step
    if current is None:
        if plan.milestones and permissions.can_steer(user, deal):
            return Next(_("完成项目"), reverse("deals:move", args=[deal.slug]))
        return None
    return _milestone(user, deal, current)


def _deposit(current: Milestone | None) -> bool:
    return current is not None and current.kind == Milestone.Kind.DEPOSIT


def _trying(user: Any, deal: Deal, trial: Trial) -> Next | None:
    url = reverse("deals:trial", args=[deal.slug])
    if trial.running and trial.starts_on <= clock.today() and money.can_release(user, deal):
        return Next(_("决定是否转化"), url)
    if trial.state == Trial.State.GIVEN_BACK and money.can_submit(user, deal):
        return Next(_("确认已归还"), url)
    return None


def _milestone(user: Any, deal: Deal, current: Milestone) -> Next | None:
    states = Milestone.State
    early = current.kind != Milestone.Kind.PAYMENT
    label = ""
    if current.state == states.UNFUNDED and money.can_record_payment(user, deal):
        label = _("登记第 %(number)s 节点到账")
    elif current.state in (states.FUNDED, states.CHANGES) and not early and money.can_submit(user, deal):
        label = _("提交第 %(number)s 节点")
    elif current.state == states.SUBMITTED and money.can_release(user, deal):
        label = _("验收第 %(number)s 节点")
    elif current.state == states.FUNDED and early and money.can_release(user, deal):
        label = _("放款第 %(number)s 节点")
    if not label:
        return None
    return Next(label % {"number": current.position}, reverse("deals:milestone", args=[current.slug]))
