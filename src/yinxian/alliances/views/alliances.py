"""Alliances: the list, one alliance, its agreement; what its members do there."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinxian.kernel import clock
from yinxian.kernel.errors import Forbidden
from yinxian.kernel.export import export
from yinxian.kernel.http import attempt, json_safe, or_404, signed_in
from yinxian.kernel.money import show_percent
from yinxian.network.models import Organisation, User
from yinxian.network.permissions import can_manage

from .. import permissions
from ..agreement_pdf import pdf
from ..forms.alliances import AgreementForm, AllianceForm, InviteAllyForm, ReasonForm, ReferralForm, ShareForm
from ..models import Alliance, Ally, Shared
from ..operations import alliances as operations
from ..operations.referrals import offer_referral
from ..queries import alliances as queries

MOST_IN_FILE = 10_000
SHOWN_REFERRALS = 20


def _me(request: HttpRequest) -> User:
    return cast(User, request.user)


@require_GET
def alliances(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "")[:60]
    rows = queries.alliances(text, request.GET.get("sort", ""))
    if fmt := request.GET.get("format", ""):
        columns = [_("编号"), _("名称"), _("英文名称"), _("发起单位"), _("成员单位"), _("成立")]
        return export((_row(one) for one in rows[:MOST_IN_FILE]), columns, _("联盟"), fmt)
    context = {
        "page": Paginator(rows, 25).get_page(request.GET.get("page")),
        "own": queries.own_alliances(request.user) if request.user.is_authenticated else [],
        "q": text,
        "may_found": bool(queries.may_found(request.user)),
    }
    return render(request, "alliances/alliances.html", context)


def _row(one: Alliance) -> list[Any]:
    day = one.created_at.astimezone(clock.SHANGHAI).date()
    return [one.slug, one.name, one.name_en, one.founder.shown_name, getattr(one, "count", 0), day]


@signed_in
@require_http_methods(["GET", "POST"])
def new_alliance(request: HttpRequest) -> HttpResponse:
    if not queries.may_found(request.user):
        raise Forbidden("alliances.not_yours_to_found")
    form = AllianceForm(request.POST or None, user=_me(request))
    if request.method == "POST" and form.is_valid():
        founder = form.founders[form.cleaned_data["founder"]]
        made = attempt(
            form, operations.found_alliance, organisation_id=founder.pk, actor=_me(request), values=form.values()
        )
        if made:
            messages.success(request, _("联盟已建，您已代表发起单位签署。现在请其他单位加入。"))
            return redirect("alliances:alliance", made.slug)
    return render(request, "alliances/alliance_form.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def alliance(request: HttpRequest, alliance: str) -> HttpResponse:
    return _page(request, or_404(queries.visible_alliance(request.user, alliance)))


def _page(request: HttpRequest, found: Alliance, status: int = 200, **forms: Any) -> HttpResponse:
    user, inside = request.user, permissions.can_see_alliance(request.user, found)
    places = queries.places(found)
    mine = permissions.ally_ids(user, found)
    keeps = permissions.can_keep_alliance(user, found)
    latest = queries.latest_agreement(found)
    rows = [
        {"place": one, "signs": can_manage(user, one.ally.organisation) if inside else False}
        for one in places
        if inside or one.ally.state == Ally.State.JOINED
    ]
    context = {
        "alliance": found,
        "agreement": latest,
        "usual_share": show_percent(latest.share_bp),
        "rows": rows,
        "inside": inside,
        "keeps": keeps,
        "works": bool(mine),
        "joint": queries.joint_list(found, user) if mine else [],
        "referrals": queries.referrals_of(found, user)[:SHOWN_REFERRALS] if mine else [],
        "invite_form": InviteAllyForm(alliance=found) if keeps else None,
        "share_form": ShareForm(user=_me(request)) if mine else None,
        "referral_form": ReferralForm(user=_me(request), alliance=found) if mine and len(places) > 1 else None,
        "reason_form": ReasonForm(),
    }
    return render(request, "alliances/alliance.html", context | forms, status=status)


def _inside(request: HttpRequest, slug: str) -> Alliance:
    found = or_404(queries.visible_alliance(request.user, slug))
    if not permissions.can_see_alliance(request.user, found):
        raise Forbidden("alliances.not_in_alliance")
    return found


@signed_in
@require_GET
def agreement(request: HttpRequest, alliance: str, number: int) -> HttpResponse:
    """One version as PDF, for the people of the members and of who is asked to sign."""
    found = get_object_or_404(_inside(request, alliance).agreements, number=number)
    response = HttpResponse(pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{alliance}-v{number}.pdf"'
    return response


@signed_in
@require_http_methods(["GET", "POST"])
def new_agreement(request: HttpRequest, alliance: str) -> HttpResponse:
    found = _inside(request, alliance)
    if not permissions.can_keep_alliance(request.user, found):
        raise Forbidden("alliances.not_alliance_keeper")
    latest = queries.latest_agreement(found)
    share = show_percent(latest.share_bp).rstrip("%")
    initial = {"text": latest.text, "share": share, "based_on": latest.number}
    form = AgreementForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            operations.new_agreement,
            alliance_id=found.pk,
            actor=_me(request),
            values=form.values(),
            based_on=form.cleaned_data["based_on"] or 0,
        )
        if made:
            messages.success(request, _("新版已写好，成员会收到通知，逐个重新签署。"))
            return redirect("alliances:alliance", alliance)
    context = {"form": form, "alliance": found}
    return render(request, "alliances/alliance_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def invite(request: HttpRequest, alliance: str) -> HttpResponse:
    found = _inside(request, alliance)
    if not permissions.can_keep_alliance(request.user, found):
        raise Forbidden("alliances.not_alliance_keeper")
    form = InviteAllyForm(request.POST, alliance=found)
    if form.is_valid():
        asked = form.cleaned_data["organisation"]
        if attempt(form, operations.invite_ally, alliance_id=found.pk, actor=_me(request), organisation_id=asked.pk):
            messages.success(request, _("已请它加入，签署后就是成员。"))
            return redirect("alliances:alliance", alliance)
    return _page(request, found, 422, invite_form=form)


@signed_in
@require_POST
def sign(request: HttpRequest, alliance: str) -> HttpResponse:
    """``act`` is sign (with the version that was read) or leave; ``organisation`` in whose name."""
    found = _inside(request, alliance)
    place = get_object_or_404(Organisation, slug=json_safe(request.POST.get("organisation", "")))
    if request.POST.get("act") == "sign":
        given = request.POST.get("version", "")
        version = int(given) if given.isascii() and given.isdigit() and len(given) < 7 else 0
        operations.sign_agreement(alliance_id=found.pk, actor=_me(request), organisation_id=place.pk, version=version)
        messages.success(request, _("已签署，日志里有这一笔。"))
        return redirect("alliances:alliance", alliance)
    form = ReasonForm(request.POST)
    if (
        form.is_valid()
        and attempt(
            form,
            operations.decline_or_leave,
            alliance_id=found.pk,
            actor=_me(request),
            organisation_id=place.pk,
            reason=form.cleaned_data["reason"],
        )
        is not None
    ):
        messages.success(request, _("已办好，联盟里不再有这个单位。"))
        return redirect("alliances:alliances")
    return _page(request, found, 422, reason_form=form)


@signed_in
@require_POST
def share(request: HttpRequest, alliance: str) -> HttpResponse:
    found = _inside(request, alliance)
    form = ShareForm(request.POST, user=_me(request))
    if form.is_valid():
        listing = form.cleaned_data["listing"]
        if attempt(form, operations.share_listing, alliance_id=found.pk, actor=_me(request), listing=listing):
            messages.success(request, _("已放进联合名单；每个人看到多少仍按它的公开程度。"))
            return redirect("alliances:alliance", alliance)
    return _page(request, found, 422, share_form=form)


@signed_in
@require_POST
def unshare(request: HttpRequest, sharedlisting: int) -> HttpResponse:
    found = get_object_or_404(Shared.objects.select_related("alliance"), pk=sharedlisting)
    operations.unshare(shared_id=found.pk, actor=_me(request))
    messages.success(request, _("已从联合名单里拿下。"))
    return redirect("alliances:alliance", found.alliance.slug)


@signed_in
@require_POST
def refer(request: HttpRequest, alliance: str) -> HttpResponse:
    found = _inside(request, alliance)
    form = ReferralForm(request.POST, user=_me(request), alliance=found)
    if form.is_valid():
        made = attempt(form, offer_referral, alliance_id=found.pk, actor=_me(request), **form.values())
        if made:
            messages.success(request, _("已转介，对方接下就是同意这个分成。"))
            return redirect("alliances:referral", made.slug)
    return _page(request, found, 422, referral_form=form)
