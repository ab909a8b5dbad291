"""The list of landings, the page of each, and what the team does with its own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yinxian.deals.http import SignedIn
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden
from yinxian.kernel.export import export, yuan
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.kernel.regions import region_name
from yinxian.kernel.templatetags.yx import day

from .. import comparing, permissions
from ..forms.landings import EvidenceForm, FilterForm, ReasonForm, WishForm
from ..forms.offers import AnswerForm
from ..models import Confirmation, Landing, Offer
from ..operations import landings as operations
from ..queries import landings as queries

PAGE = 25
State = Landing.State
ASKED_FOR = dt.timedelta(days=45)  # what the form proposes for offers to come in


@require_safe
@signed_in
def landing_list(request: SignedIn) -> HttpResponse:
    form = FilterForm(request.GET)
    found = queries.listed(request.user, **form.chosen())
    if fmt := request.GET.get("export"):
        return export((_row(one) for one in found), _columns(), _("落地项目"), fmt)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "shares": queries.waiting_shares(request.user),
        "may_want": bool(permissions.teams_of(request.user)),
        "reads": permissions.can_read(request.user),
    }
    return render(request, "landing/landings.html", context)


def _columns() -> list[str]:
    return [
        _("编号"), _("项目"), _("团队"), _("来自"), _("想去"), _("技术领域"), _("面积（m²）"),
        _("租金上限（元/m²·月）"),        _("状态"), _("应约截止"),
    ]  # fmt: skip


def _row(one: Landing) -> list[Any]:
    return [
        one.slug,
        one.title,
        one.team.shown_name,
        one.team.region_name,
        [region_name(code) for code in one.regions],
        one.get_field_display(),
        one.figures.get("area", ""),
        yuan(one.rent_fen),
        one.get_state_display(),
        one.open_until,
    ]


@require_http_methods(["GET", "POST"])
@signed_in
def new_landing(request: SignedIn) -> HttpResponse:
    if not permissions.teams_of(request.user):
        raise Forbidden("landing.not_a_team")
    until = clock.today() + ASKED_FOR
    form = WishForm(request.POST or None, user=request.user, initial={"open_until": until})
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            operations.want_landing,
            team_id=form.cleaned_data["team"],
            manager_id=form.cleaned_data["manager"],
            actor=request.user,
            values=form.values(),
        )
        if made:
            messages.success(request, _("已发布。各地应约以后，这里会把条件并排列出来。"))
            return redirect("landing:landing", made.slug)
    return render(request, "landing/new_landing.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def edit_landing(request: SignedIn, landing: str) -> HttpResponse:
    """What the team needs, said better, while no region has offered."""
    found = or_404(queries.landing_for(request.user, landing))
    if not permissions.can_choose(request.user, found):
        raise Forbidden("landing.not_yours")
    if found.state != State.WANTED and request.method == "GET":
        raise Conflict("landing.offered_already")
    form = WishForm(request.POST or None, user=request.user, landing=found)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            operations.edit_landing,
            landing_id=found.pk,
            actor=request.user,
            values=form.values(),
            based_on=form.cleaned_data["version"] or 0,
        )
        if made:
            messages.success(request, _("已改好，各地看到的是新的需要。"))
            return redirect("landing:landing", made.slug)
    context = {"form": form, "landing": found}
    return render(request, "landing/new_landing.html", context, status=422 if form.errors else 200)


@require_safe
@signed_in
def landing_page(request: SignedIn, landing: str) -> HttpResponse:
    found = or_404(queries.landing_for(request.user, landing))
    if fmt := request.GET.get("export"):
        return _comparison_file(request, found, fmt)
    return render(request, "landing/landing.html", page_context(request, found))


def again(request: SignedIn, landing: Landing, **forms: Any) -> HttpResponse:
    """The page with a form that was refused, as typed."""
    fresh = or_404(queries.landing_for(request.user, landing.slug))
    return render(request, "landing/landing.html", page_context(request, fresh, **forms), status=422)


def page_context(request: SignedIn, landing: Landing, **forms: Any) -> dict[str, Any]:
    """What the page shows to this reader; ``forms`` are those that were refused."""
    user = request.user
    offers = queries.offers_for(user, landing)
    shown = [offer for offer in offers if offer.state in (Offer.State.OPEN, Offer.State.CHOSEN)]
    chosen = queries.chosen_offer(landing)
    lines = comparing.lines_of(landing, shown)
    own = [offer for offer in offers if permissions.can_manage_offer(user, offer)]
    regions = permissions.regions_of(user, landing) if landing.state in Landing.OPEN else []
    open_own = {offer.organisation_id for offer in own if offer.state == Offer.State.OPEN}
    sides = permissions.sides_of(user, landing, chosen) if chosen else []
    papers = list(landing.evidence.prefetch_related("confirmations__by", "confirmations__organisation"))
    party = permissions.is_team(user, landing) or bool(sides) or bool(chosen and permissions.sees_offer(user, chosen))
    return {
        "landing": landing,
        "region_names": [region_name(code) for code in landing.regions],
        "offers": [_offer(user, landing, offer, forms) for offer in shown],
        "ended": [offer for offer in offers if offer not in shown],
        "lines": lines,
        "bars": comparing.bars(lines, shown) if shown else [],
        "is_team": permissions.is_team(user, landing),
        "chooses": permissions.can_choose(user, landing),
        "edits": permissions.can_edit_wish(user, landing),
        "chosen": chosen if chosen and permissions.sees_offer(user, chosen) else None,
        "contacts": permissions.sees_contacts(user, landing, chosen),
        "may_offer": [place for place in regions if place.pk not in open_own],
        "may_report": landing.state == State.CHOSEN and permissions.can_report(user, landing, chosen),
        "papers": papers if party else [],
        "paper": papers[-1] if party and papers and landing.state == State.LANDED else None,
        "sides": [(side, Confirmation.Side(side).label) for side in sides],
        "given": {one.side for one in papers[-1].confirmations.all()} if papers else set(),
        "steps": _steps(landing, offers, papers if party else []),
        "evidence_form": forms.get("evidence") or EvidenceForm(),
        "question_form": forms.get("question") or ReasonForm(prefix="question"),
        "withdraw_form": forms.get("withdraw") or ReasonForm(prefix="withdraw"),
        "may_withdraw": permissions.can_choose(user, landing) and landing.can_move_to(State.WITHDRAWN),
    }


def _offer(user: Any, landing: Landing, offer: Offer, forms: dict[str, Any]) -> dict[str, Any]:
    """An offer as its card shows it, with the shares for whoever has to do with them."""
    agreement = getattr(offer, "agreement", None)
    shares = list(agreement.shares.all()) if agreement else []
    mine = [share for share in shares if permissions.can_answer_share(user, share) and not share.accepted_at]
    version = agreement.version if agreement else 0
    return {
        "offer": offer,
        "cost_fen": comparing.three_years_fen(landing, offer),
        "agreement": agreement,
        "shares": shares,
        "mine": mine if offer.state == Offer.State.OPEN else [],
        "refers": permissions.can_refer(user, landing) and offer.state == Offer.State.OPEN,
        "manages": permissions.can_manage_offer(user, offer) and offer.state == Offer.State.OPEN,
        "agreed": bool(agreement and agreement.agreed_at),
        "form": forms.get(f"share_{offer.slug}") or AnswerForm(initial={"version": version}),
    }


def _steps(landing: Landing, offers: list[Offer], papers: list[Any]) -> list[dict[str, Any]]:
    """The thread of a landing: wanted, offered, chosen, landed, confirmed."""
    order = (State.WANTED, State.OFFERED, State.CHOSEN, State.LANDED, State.CONFIRMED)
    reached = order.index(State(landing.state)) if landing.state in order else (2 if landing.chosen_at else 1)
    given = papers[-1].confirmations.count() if papers else 0
    notes = [
        day(landing.created_at),
        ngettext("%(count)s 处", "%(count)s 处", len(offers)) % {"count": len(offers)} if offers else "",
        day(landing.chosen_at) if landing.chosen_at else "",
        day(landing.landed_at) if papers else "",
        _("%(count)s / 2 地已确认") % {"count": given} if papers else "",
    ]
    labels = [_("写明需要"), _("各地应约"), _("选定"), _("落地"), _("两地确认")]
    done = reached + 1  # a state is reached by what its step says
    return [
        {"label": label, "note": note, "state": "done" if n < done else "now" if n == done else "todo"}
        for n, (label, note) in enumerate(zip(labels, notes, strict=True))
    ]


def _comparison_file(request: SignedIn, landing: Landing, fmt: str) -> HttpResponse:
    """Offers side by side as a file: one row a need, for each offer what it says and whether that meets it."""
    offers = [one for one in queries.offers_for(request.user, landing) if one.state in ("open", "chosen")]
    verdicts = {"met": _("达到"), "fail": _("未达"), "unknown": _("待问")}
    columns = [_("需要"), _("要求")]
    for offer in offers:
        columns += [f"{offer.organisation.shown_name} · {offer.place}", _("是否达到")]
    rows = [
        [line.name, line.asked, *[part for cell in line.cells for part in (cell.shown, verdicts[cell.verdict])]]
        for line in comparing.lines_of(landing, offers)
    ]
    return export(rows, columns, _("应约对照"), fmt)


@require_POST
@signed_in
def withdraw_landing(request: SignedIn, landing: str) -> HttpResponse:
    found = or_404(queries.landing_for(request.user, landing))
    form = ReasonForm(request.POST, prefix="withdraw")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, operations.withdraw_landing, landing_id=found.pk, actor=request.user, reason=reason):
            messages.success(request, _("已撤回，各地的应约也随之结束。"))
            return redirect("landing:landing", found.slug)
    return again(request, found, withdraw=form)


@require_safe
@signed_in
def evidence_file(request: SignedIn, landing: str, landingpaper: int) -> FileResponse:
    """The paper as it was given, for the team and both regions."""
    found = or_404(queries.landing_for(request.user, landing))
    chosen = queries.chosen_offer(found)
    if not permissions.is_team(request.user, found) and not (chosen and permissions.sees_offer(request.user, chosen)):
        raise Forbidden("landing.not_reporter")
    kept = or_404(found.evidence.filter(pk=landingpaper).first())
    return FileResponse(kept.file.open("rb"), as_attachment=True, filename=kept.name)
