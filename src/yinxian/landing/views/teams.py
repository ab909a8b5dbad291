"""A team proposed for a need, and the invitations to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yinxian.deals.http import SignedIn
from yinxian.kernel.errors import Forbidden, Refusal
from yinxian.kernel.http import or_404, signed_in
from yinxian.market.models import Need
from yinxian.market.queries.levels import visible_needs
from yinxian.market.queries.shown import shown

from .. import permissions
from ..forms.teams import InvitationForm, TeamForm
from ..models import Invitation
from ..operations import teams as operations
from ..queries import teams as queries

PAGE = 25


def need_for(request: SignedIn, slug: str) -> Need:
    """A need whose team the reader may put together; 404 for one that they do not see."""
    found = or_404(visible_needs(request.user).select_related("owner").filter(slug=slug).first())
    if not permissions.can_build_team(request.user, found.manager_id, found.owner_id):
        raise Forbidden("landing.not_team_builder")
    return found


@require_http_methods(["GET", "POST"])
@signed_in
def team(request: SignedIn, need: str) -> HttpResponse:
    """Who is proposed and why, who is not and why not; one press asks those who are ticked."""
    found = need_for(request, need)
    suppliers = queries.suppliers_of(found, request.user)
    given = request.POST if request.method == "POST" else request.GET
    usual = {
        "supplier": suppliers[0].slug if suppliers else "",
        "professions": queries.asked_professions(found),
        "set": "1",
    }
    form = TeamForm(given if given.get("set") else usual, suppliers=suppliers)
    asked = form.cleaned_data if form.is_valid() else usual
    supplier = next((place for place in suppliers if place.slug == asked["supplier"]), None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.invite_team(
                need_id=found.pk,
                actor=request.user,
                people=request.POST.getlist("people")[:50],
                supplier_id=supplier.pk if supplier else None,
                professions=asked["professions"],
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            done = _("邀请已发给 %(count)s 人，他们答复以后会通知您。") % {"count": len(made)}
            messages.success(request, done if made else _("这几位都已经请过了。"))
            return redirect("landing:team", found.slug)
    standing = {one.user_id: one for one in queries.team_of(found) if one.state in operations.STANDING}
    proposal = queries.propose_team(found, request.user, supplier=supplier, professions=asked["professions"])
    context = {
        "need": found,
        "shown_need": shown(found),
        "form": form,
        "proposal": proposal,
        "rows": [{"choice": choice, "asked": standing.get(choice.user.pk)} for choice in proposal.choices],
        "team": queries.team_of(found),
    }
    return render(request, "landing/team.html", context, status=422 if form.errors else 200)


@require_safe
@signed_in
def invitations(request: SignedIn) -> HttpResponse:
    """What one was asked, and whom one has asked."""
    return render(request, "landing/invitations.html", _context(request))


def _context(request: SignedIn, **forms: Any) -> dict[str, Any]:
    page = Paginator(queries.invitations_of(request.user), PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "sent": queries.asked_by(request.user)[:50],
        "form": forms.get("form") or InvitationForm(),
    }


@require_POST
@signed_in
def answer_invitation(request: SignedIn, invitation: str) -> HttpResponse:
    found: Invitation = or_404(queries.invitation_for(request.user, invitation))
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return render(request, "landing/invitations.html", _context(request, form=form), status=422)
    if "withdraw" in request.POST:
        operations.withdraw_invitation(invitation_id=found.pk, actor=request.user)
        messages.success(request, _("邀请已撤回。"))
    else:
        accept = "accept" in request.POST
        operations.answer_invitation(
            invitation_id=found.pk, actor=request.user, accept=accept, reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("您已加入。") if accept else _("已谢绝，对方会收到通知。"))
    return redirect("landing:invitations")
