"""What people do with a contract: each a POST, each one operation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yinxian.kernel.errors import Invalid
from yinxian.kernel.http import attempt, or_404, signed_in

from .. import operations
from ..forms import ContractForm, IndicatorRows, PaymentRows, ScanForm, rows_of
from ..models import Contract, Scan
from ..permissions import can_edit
from ..queries.contracts import find, missing, template_of
from .contracts import page_of


def _found(request: HttpRequest, slug: str) -> Contract:
    return or_404(find(request.user, slug))


def _whole_number(text: str | None) -> int:
    """A revision from a form; one that nobody can have seen where it is not a number."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit_contract(request: HttpRequest, contract: str) -> HttpResponse:
    """One form for everything the template asks. What is missing is listed; what was typed is kept."""
    found = _found(request, contract)
    actor: Any = request.user
    if not can_edit(actor, found):
        return redirect("contracts:contract", found.slug)
    template = template_of(found)
    given = request.POST or None
    form = ContractForm(given, contract=found, template=template)
    tables: dict[str, Any] = {"indicators": IndicatorRows, "payments": PaymentRows}
    formsets = {
        kind: tables[kind](given, prefix=kind, initial=found.data.get(kind, []))
        for kind in template.tables
        if kind in tables
    }
    if request.method == "POST":
        good = [form.is_valid(), *[formset.is_valid() for formset in formsets.values()]]
        if all(good):
            done = attempt(
                form,
                operations.fill_contract,
                contract_id=found.pk,
                actor=actor,
                revision=form.cleaned_data["revision"],
                title=form.cleaned_data["title"],
                sub_kind=form.cleaned_data["sub_kind"],
                data={"values": form.values(), **{kind: rows_of(rows) for kind, rows in formsets.items()}},
                amount_fen=form.cleaned_data.get("amount"),
                language=form.cleaned_data["language"],
            )
            if done:
                lacking = len(missing(done))
                text = _("已保存。还缺 %(count)s 项。") % {"count": lacking} if lacking else _("已保存，内容齐了。")
                messages.success(request, text)
                return redirect("contracts:contract", done.slug)
    context = {"contract": found, "form": form, "formsets": formsets, "missing": missing(found)}
    return render(request, "contracts/edit_contract.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def offer_contract(request: HttpRequest, contract: str) -> HttpResponse:
    found = _found(request, contract)
    actor: Any = request.user
    try:
        operations.offer_contract(contract_id=found.pk, actor=actor)
    except Invalid as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("contracts:edit_contract", found.slug)
    messages.success(request, _("已交双方确认。"))
    return redirect("contracts:contract", found.slug)


@require_POST
@signed_in
def withdraw_contract(request: HttpRequest, contract: str) -> HttpResponse:
    actor: Any = request.user
    done = operations.withdraw_contract(contract_id=_found(request, contract).pk, actor=actor)
    messages.success(request, _("已收回修改，先前的确认不再有效。"))
    return redirect("contracts:contract", done.slug)


@require_POST
@signed_in
def cancel_contract(request: HttpRequest, contract: str) -> HttpResponse:
    actor: Any = request.user
    done = operations.cancel_contract(contract_id=_found(request, contract).pk, actor=actor)
    messages.success(request, _("合同已作废。"))
    return redirect("contracts:contract", done.slug)


@require_POST
@signed_in
def approve_contract(request: HttpRequest, contract: str) -> HttpResponse:
    found = _found(request, contract)
    actor: Any = request.user
    revision = _whole_number(request.POST.get("revision"))
    done = operations.approve_contract(contract_id=found.pk, actor=actor, revision=revision)
    agreed = done.state == Contract.State.AGREED
    messages.success(request, _("双方都已确认，合同成立。") if agreed else _("已记下贵方的确认，等对方确认。"))
    return redirect("contracts:contract", found.slug)


@require_POST
@signed_in
def upload_scan(request: HttpRequest, contract: str) -> HttpResponse:
    found = _found(request, contract)
    actor: Any = request.user
    form = ScanForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        done = attempt(form, operations.upload_scan, contract_id=found.pk, actor=actor, upload=upload)
        if done:
            text = _("已收下扫描件，共 %(pages)s 页。请双方核对印章后确认。") % {"pages": done.pages}
            messages.success(request, text)
            return redirect("contracts:contract", found.slug)
    return render(request, "contracts/contract.html", page_of(request, found, form), status=422)


@require_POST
@signed_in
def confirm_scan(request: HttpRequest, contract: str, scan: str) -> HttpResponse:
    found = _found(request, contract)
    actor: Any = request.user
    kept = get_object_or_404(Scan, contract=found, slug=scan)
    done = operations.confirm_scan(contract_id=found.pk, scan_id=kept.pk, actor=actor)
    agreed = done.state == Contract.State.AGREED
    messages.success(request, _("双方都已确认，合同成立。") if agreed else _("已记下贵方的确认，等对方确认。"))
    return redirect("contracts:contract", found.slug)
