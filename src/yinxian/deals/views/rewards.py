"""The rule of the split: what a supplier stores beforehand, and a deal's own before or after signing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.kernel.money import show_percent, show_yuan
from yinxian.market.queries.details import result_for
from yinxian.network.models import Organisation
from yinxian.network.queries.directory import visible_organisation
from yinxian.policies.book import Policy

from .. import floors
from ..forms.milestones import Inventors, SplitForm
from ..http import SignedIn
from ..models import Deal, RewardRule
from ..operations import milestones as operations
from ..operations.milestones.splitting import Person
from ..operations.rewards import store_reward
from ..permissions import milestones as permissions
from ..queries import deals
from ..queries.rewards import reward_for, reward_of, stored_by

TEMPLATE = "deals/milestone_split.html"


@require_safe
@signed_in
def rewards(request: SignedIn) -> HttpResponse:
    """What the reader's supplier organisations have stored."""
    return render(request, "deals/rewards.html", {"suppliers": stored_by(request.user)})


@require_http_methods(["GET", "POST"])
@signed_in
def organisation_reward(request: SignedIn, supplier: str) -> HttpResponse:
    found = or_404(visible_organisation(request.user, supplier))
    _may_store(request, found)
    context = {"supplier": found, "back": reverse("deals:rewards")}
    said = _("奖励规则已存好，以后签约的项目自动按它固定分账。")
    return _form(request, reward_of(organisation_id=found.pk), context, store_reward, said, organisation_id=found.pk)


@require_http_methods(["GET", "POST"])
@signed_in
def result_reward(request: SignedIn, result: str) -> HttpResponse:
    found = or_404(result_for(request.user, result)).listing
    _may_store(request, found.owner)
    context = {"supplier": found.owner, "result": found, "back": reverse("deals:rewards")}
    rule = reward_of(result_id=found.pk) or reward_of(organisation_id=found.owner_id)
    said = _("这项成果的奖励规则已存好。")
    return _form(request, rule, context, store_reward, said, result_id=found.pk)


@require_http_methods(["GET", "POST"])
@signed_in
def split_form(request: SignedIn, deal: str) -> HttpResponse:
    """Before signing the rule is stored for it; a signed deal for which nothing was stored has it fixed here."""
    found = or_404(deals.find(request.user, deal))
    if not permissions.can_fix_split(request.user, found):
        raise Forbidden("deals.may_not_fix_split")
    early = found.state in found.BEFORE_SIGNING
    plan = reverse("deals:deal", args=[found.slug]) if early else reverse("deals:milestones", args=[found.slug])
    operation: Callable[..., Any] = store_reward if early else operations.fix_split
    said = _("已存好，签约时自动按它固定。") if early else _("分账规则已固定，以后每次放款都按它分。")
    context = {"deal": found, "early": early, "back": plan}
    return _form(request, reward_for(found), context, operation, said, deal_id=found.pk)


def _may_store(request: SignedIn, supplier: Organisation) -> None:
    if not permissions.can_store_reward(request.user, supplier.pk):
        raise Forbidden("deals.may_not_store_reward")
    if supplier.kind != Organisation.Kind.SUPPLIER:
        raise Conflict("deals.reward_not_a_supplier")


def _form(
    request: SignedIn,
    stored: RewardRule | None,
    context: dict[str, Any],
    operation: Callable[..., Any],
    said: str,
    **of: int,
) -> HttpResponse:
    """The one form of a reward: of what, who does what with it, and back."""
    posted = request.POST if request.method == "POST" else None
    deal: Deal | None = context.get("deal")
    supplier = deal.supplier if deal else context["supplier"]
    day = (deal and deal.signed_on) or clock.today()
    first, floors_here = floors.suggested(supplier, day)
    form = SplitForm(posted, initial=_initial(stored, first))
    if "deal" not in context:
        del form.fields["direct_costs"]
    rows = (
        [
            {"name": one["name"], "share": show_percent(one["bp"]).rstrip("%"), "main": one.get("main", False)}
            for one in stored.inventors
        ]
        if stored
        else []
    )
    people = Inventors(posted, prefix="inventor", initial=rows)
    if posted is not None and form.is_valid() and people.is_valid():
        given = form.cleaned_data
        done = attempt(
            form,
            operation,
            actor=request.user,
            reward_bp=given["reward"],
            staff_bp=given["staff"],
            direct_costs_fen=given.get("direct_costs") or 0,
            inventors=_team(people),
            **of,
        )
        if done:
            declared = floors.Declared(given["reward"], given["staff"], floors.main_of(_team(people)))
            for short in floors.hold(supplier, day, declared, floors.is_transfer(deal.contract) if deal else None):
                messages.warning(request, short)
            messages.success(request, said)
            return redirect(context["back"])
    page = {**context, "form": form, "people": people, "stored": stored, "floors": floors_here}
    return render(request, TEMPLATE, page, status=200 if posted is None else 422)


def _team(people: Any) -> list[Person]:
    rows = [row for row in people.cleaned_data if row and not row.get("DELETE")]
    return [(row["name"], row["share"], row["main"]) for row in rows]


def _initial(stored: RewardRule | None, first: Policy | None) -> dict[str, str]:
    """What was stored, or else the share that the place's rule names."""
    if stored is None:
        return {"reward": show_percent(first.calc["bp"]).rstrip("%")} if first else {}
    costs = show_yuan(stored.direct_costs_fen) if stored.direct_costs_fen else ""
    numbers = {"reward": stored.reward_bp, "staff": stored.staff_bp}
    return {name: show_percent(bp).rstrip("%") for name, bp in numbers.items()} | {"direct_costs": costs}
