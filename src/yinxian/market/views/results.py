"""Pages of one result."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.network.members import is_manager

from ..codes import PriceKind
from ..forms.listings import NewResultForm, PartyForm, ResultForm, ReviewForm
from ..forms.rows import IndicatorForm, IndicatorRows, IpRows, named_rows, rows_of
from ..operations import results as operations
from ..operations.grants import name_party
from ..operations.results import REVIEWED_AGAIN, create_result, edit_result
from ..queries.details import grants_on, may_write_for, result_for
from .pages import done_or_told, json_ld, me, qr, teaser_of

BACK = "market:result"


@require_GET
def result(request: HttpRequest, result: str) -> HttpResponse:
    detail = or_404(result_for(request.user, result))
    return _page(request, detail)


def _page(request: HttpRequest, detail: Any, status: int = 200, **forms: Any) -> HttpResponse:
    teaser = teaser_of(detail)
    context = {
        "one": detail.shown,
        "detail": detail,
        "teaser": teaser,
        "json_ld": json_ld(teaser) if teaser else "",
        "ip": named_rows(detail.shown.values.get("ip_rows", [])),
        "price_kind": dict(PriceKind.choices).get(detail.shown.values.get("price_kind", ""), ""),
        "grants": grants_on(detail.listing) if detail.can_sign_off else [],
        "review_form": forms.get("review_form") or (ReviewForm() if detail.can_review else None),
        "party_form": forms.get("party_form") or PartyForm(),
    }
    return render(request, "market/result.html", context, status=status)


@require_GET
def result_qr(request: HttpRequest, result: str) -> HttpResponse:
    detail = or_404(result_for(request.user, result))
    return qr("result", detail.shown.slug)


@signed_in
@require_http_methods(["GET", "POST"])
def new_result(request: HttpRequest) -> HttpResponse:
    owners = may_write_for(me(request))
    if not owners:
        raise Forbidden("market.nobody_to_write_for")
    acting = getattr(request, "acting", None)
    form = NewResultForm(request.POST or None, owners=owners, initial={"owner": acting.slug if acting else None})
    indicators, ip = _rows(request, None)
    if request.method == "POST" and all([form.is_valid(), indicators.is_valid(), ip.is_valid()]):
        values = form.values() | {"indicators": rows_of(indicators), "ip_rows": rows_of(ip)}
        mine = me(request).pk if is_manager(request.user) else None
        owner = form.cleaned_data["owner"].pk
        made = attempt(form, create_result, owner_id=owner, actor=me(request), values=values, manager_id=mine)
        if made:
            messages.success(request, _("草稿已保存。看一遍，没有问题就提交审核。"))
            return redirect(BACK, made.slug)
    return _form(request, form, indicators, ip, None)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_result_page(request: HttpRequest, result: str) -> HttpResponse:
    detail = or_404(result_for(request.user, result))
    if not detail.can_edit:
        raise Forbidden("market.not_yours")
    listing = detail.listing
    form = ResultForm(request.POST or None, initial=ResultForm.initial_of(listing))
    indicators, ip = _rows(request, listing)
    if request.method == "POST" and all([form.is_valid(), indicators.is_valid(), ip.is_valid()]):
        values = form.keep_finer(listing, form.values())
        values |= {"indicators": rows_of(indicators), "ip_rows": rows_of(ip)}
        seen = form.cleaned_data["seen"]
        if attempt(form, edit_result, result_id=listing.pk, actor=me(request), values=values, seen=seen):
            messages.success(request, _("已保存。"))
            return redirect(BACK, listing.slug)
    return _form(request, form, indicators, ip, detail)


def _rows(request: HttpRequest, listing: Any) -> tuple[Any, Any]:
    indicators = [IndicatorForm.initial_of(row) for row in listing.indicators] if listing else []
    ip = listing.ip_rows if listing else []
    given = request.POST if request.method == "POST" and "ind-TOTAL_FORMS" in request.POST else None
    return IndicatorRows(given, prefix="ind", initial=indicators), IpRows(given, prefix="ip", initial=ip)


def _form(request: HttpRequest, form: Any, indicators: Any, ip: Any, detail: Any) -> HttpResponse:
    wrong = form.errors or (indicators.is_bound and not (indicators.is_valid() and ip.is_valid()))
    context = {
        "form": form,
        "indicators": indicators,
        "ip": ip,
        "one": detail.shown if detail else None,
        "again": bool(detail) and detail.listing.state in REVIEWED_AGAIN,
    }
    return render(request, "market/result_form.html", context, status=422 if wrong else 200)


@signed_in
@require_POST
def submit_result(request: HttpRequest, result: str) -> HttpResponse:
    pk = or_404(result_for(request.user, result)).listing.pk
    act = partial(operations.submit_result, result_id=pk, actor=me(request))
    return done_or_told(request, act, _("已提交，协会审核后发布。"), BACK, result)


@signed_in
@require_POST
def withdraw_result(request: HttpRequest, result: str) -> HttpResponse:
    pk = or_404(result_for(request.user, result)).listing.pk
    act = partial(operations.withdraw_result, result_id=pk, actor=me(request))
    return done_or_told(request, act, _("已下架，内容还在，随时可以再提交。"), BACK, result)


@signed_in
@require_POST
def renew_result(request: HttpRequest, result: str) -> HttpResponse:
    pk = or_404(result_for(request.user, result)).listing.pk
    act = partial(operations.renew_result, result_id=pk, actor=me(request))
    return done_or_told(request, act, _("已续期一年。"), BACK, result)


@signed_in
@require_POST
def review_result(request: HttpRequest, result: str) -> HttpResponse:
    detail = or_404(result_for(request.user, result))
    form = ReviewForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        if attempt(form, operations.review_result, result_id=detail.listing.pk, actor=me(request), **given):
            messages.success(request, _("已记下您的决定。"))
            return redirect("market:review_queue")
    return _page(request, detail, 422, review_form=form)


@signed_in
@require_POST
def name_result_party(request: HttpRequest, result: str) -> HttpResponse:
    detail = or_404(result_for(request.user, result))
    form = PartyForm(request.POST)
    pk, party = detail.listing.pk, form.data.get("party", "")
    if form.is_valid() and attempt(form, name_party, result_id=pk, party=party, actor=me(request)) is not None:
        messages.success(request, _("已指定，对方现在能看到全部内容和联系方式。"))
        return redirect(BACK, result)
    return _page(request, detail, 422, party_form=form)
