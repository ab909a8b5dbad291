"""A certificate: its page for anyone, its files for its holder, its state for the association; the register."""

from __future__ import annotations

import json
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from yinxian.kernel import clock
from yinxian.kernel.export import export
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.kernel.qr import qr_image
from yinxian.network.models import User

from .. import permissions
from ..addresses import credential_url
from ..carriers import CARRIERS, carried
from ..forms.credentials import RegisterForm, ShownForm, StateForm
from ..models import Credential
from ..operations import credentials as operations
from ..queries.register import SORTS, credential_for, register, shown_to
from .levels import association_at
from .words import asked_in_words

MOST_IN_FILE = 50_000
SIGNED = ("application/vc", "application/ld+json", "application/json")


@require_safe
@vary_on_headers("Accept", "Cookie", "Accept-Language")
def credential(request: HttpRequest, credential: str) -> HttpResponse:
    """The page; the signed document for a program that asks for one (and only while the holder shows it in full)."""
    found = or_404(credential_for(credential))
    shown = shown_to(request.user, found)
    if request.headers.get("Accept", "").split(",")[0].split(";")[0].strip() in SIGNED:
        if not (shown["page"] and shown["name"]):
            raise Http404
        return HttpResponse(json.dumps(found.document, ensure_ascii=False), content_type="application/vc")
    return _page(request, found)


def _page(
    request: HttpRequest,
    found: Credential,
    *,
    state_form: StateForm | None = None,
    shown_form: ShownForm | None = None,
    status: int = 200,
) -> HttpResponse:
    own = found.user == request.user
    awards = permissions.can_award(request.user, found.issuer.association)
    context = {
        "credential": found,
        "shown": shown_to(request.user, found),
        "own": own,
        "awards": awards,
        "expired": found.expired_at(clock.now()),
        "asked": [line for line in asked_in_words(found.version.requirements) if line["decided"]],
        "url": credential_url(found.slug),
        "qr": qr_image(credential_url(found.slug)),
        "now": clock.now(),
        "carriers": CARRIERS,
        "state_form": state_form or (StateForm(credential=found) if awards and found.NEXT.get(found.state) else None),
        "shown_form": shown_form or (ShownForm(instance=found) if own else None),
        "renewals": found.renewed_by.only("slug", "valid_from")[:5],
    }
    return render(request, "credentials/credential.html", context, status=status)


@signed_in
@require_safe
def credential_file(request: HttpRequest, credential: str, carrier: str) -> HttpResponse:
    """The certificate to keep: the holder's, and the association's for them."""
    found = or_404(credential_for(credential))
    if not shown_to(request.user, found)["inside"] or carrier not in CARRIERS:
        raise Http404
    made = carried(found, carrier)
    response = HttpResponse(made, content_type=CARRIERS[carrier])
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.{carrier}"'
    return response


@require_safe
def credential_picture(request: HttpRequest, credential: str) -> HttpResponse:
    """The badge for the page and for chats, while the page shows the name; it carries no credential."""
    found = or_404(credential_for(credential))
    shown = shown_to(request.user, found)
    if not (shown["page"] and shown["name"]):
        raise Http404
    response = HttpResponse(carried(found, "png", bare=True), content_type="image/png")
    response["Cache-Control"] = "private, max-age=300"
    return response


@signed_in
@require_POST
def choose(request: HttpRequest, credential: str) -> HttpResponse:
    found = or_404(credential_for(credential))
    form = ShownForm(request.POST, instance=found)
    if form.is_valid():
        operations.choose_shown(credential_id=found.pk, actor=cast(User, request.user), shown=form.cleaned_data)
        messages.success(request, _("已保存，现在起按您的选择显示。"))
    return redirect("credentials:credential", credential)


@signed_in
@require_POST
def change_state(request: HttpRequest, credential: str) -> HttpResponse:
    found = or_404(credential_for(credential))
    form = StateForm(request.POST, credential=found)
    if not permissions.can_award(request.user, found.issuer.association):
        raise Http404
    if form.is_valid():
        made = attempt(
            form,
            operations.change_state,
            credential_id=found.pk,
            actor=cast(User, request.user),
            state=form.cleaned_data["state"],
            reason=form.cleaned_data["reason"],
        )
        if made:
            messages.success(request, _("已改好，状态名单已经重新签发。"))
            return redirect("credentials:credential", credential)
    return _page(request, found, state_form=form, status=422)


@require_GET
def association_register(request: HttpRequest, association: str) -> HttpResponse:
    """Who holds what: everything for the association, for others those who chose to be listed."""
    found = association_at(association)
    form = RegisterForm(request.GET, association=found)
    given = form.cleaned_data if form.is_valid() else {}
    sort = request.GET.get("sort", "")
    rows = register(
        request.user,
        found,
        text=given.get("q", ""),
        level=given.get("level", ""),
        state=given.get("state", ""),
        sort=sort,
    )
    if fmt := request.GET.get("format", ""):
        columns = [_("姓名"), _("级别"), _("编号"), _("授予"), _("有效至"), _("状态")]
        return export((_row(one) for one in rows[:MOST_IN_FILE].iterator()), columns, _("持证名录"), fmt)
    context = {
        "association": found,
        "form": form,
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "now": clock.now(),
        "sort": sort if sort in SORTS else "-issued",
        "awards": permissions.can_award(request.user, found),
    }
    return render(request, "credentials/register.html", context)


def _row(one: Credential) -> list[object]:
    state = one.get_state_display()
    if one.state == Credential.State.ACTIVE and one.expired_at(clock.now()):
        state = _("已过期")
    return [one.user.shown_name, one.level.shown_name, one.slug, one.valid_from, one.valid_until, state]
