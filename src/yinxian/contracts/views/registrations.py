"""The registration of a contract, and the statistics of those that an association's members have registered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yinxian.kernel import clock
from yinxian.kernel.errors import Forbidden
from yinxian.kernel.export import export, yuan
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.kernel.regions import PROVINCES
from yinxian.market.codes import Field

from .. import operations, permissions
from ..documents.registration import as_json, pdf, rows
from ..forms.registrations import DecideForm, RegistrationForm, SubmitForm
from ..models import Contract, Registration
from ..queries.contracts import find
from ..queries.registrations import Statistics, Tally, known, of_association, problems, registration_of, statistics
from ..registration.rules import deadline
from .files import as_file

WAN_FEN = 1_000_000  # fen in 10,000 yuan


def _found(request: HttpRequest, slug: str) -> Contract:
    found = or_404(find(request.user, slug))
    if found.kind not in permissions.REGISTERED_KINDS or found.state != Contract.State.AGREED:
        return or_404(None)
    return found


def _tried(form: Any, operation: Any, **given: Any) -> bool:
    return attempt(form, operation, **given) is not None


def _page(request: HttpRequest, found: Contract, status: int = 200, **forms: Any) -> HttpResponse:
    user: Any = request.user
    kept = registration_of(found)
    shown = kept or Registration(contract=found, data=known(found), made_by=user)
    mine = permissions.can_register(user, found)
    rule = deadline(found.agreed_on) if found.agreed_on else None
    open_ = mine and shown.state in Registration.OPEN
    context = {
        "contract": found,
        "registration": kept,
        "state": shown.get_state_display(),
        "rows": rows(shown),
        "problems": problems(shown) if shown.state in Registration.OPEN else [],
        "rule": rule,
        "deadline": rule.on(found.agreed_on) if rule and found.agreed_on else None,
        "today": clock.today(),
        "form": forms.get("form") or (RegistrationForm(initial=RegistrationForm.initial_of(shown)) if open_ else None),
        "submit": forms.get("submit") or (SubmitForm(initial={"registry": shown.registry}) if open_ and kept else None),
        "decide": forms.get("decide")
        or (DecideForm(registration=shown, initial={"on": clock.today()}) if mine and kept and not open_ else None),
    }
    return render(request, "contracts/registration.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def registration(request: HttpRequest, contract: str) -> HttpResponse:
    """The form, what is still open, what the registry said."""
    found = _found(request, contract)
    if request.method != "POST":
        return _page(request, found)
    actor: Any = request.user
    form = RegistrationForm(request.POST)
    done = form.is_valid() and _tried(
        form, operations.prepare_registration, contract_id=found.pk, actor=actor, data=form.content()
    )
    if done:
        messages.success(request, _("登记表已保存。"))
        return redirect("contracts:registration", found.slug)
    return _page(request, found, 422, form=form)


@require_POST
@signed_in
def submit_registration(request: HttpRequest, contract: str) -> HttpResponse:
    found = _found(request, contract)
    actor: Any = request.user
    form = SubmitForm(request.POST)
    done = form.is_valid() and _tried(
        form,
        operations.submit_registration,
        contract_id=found.pk,
        actor=actor,
        registry=form.cleaned_data["registry"],
    )
    if done:
        messages.success(request, _("已记下提交。登记机构有了结果，请来记下。"))
        return redirect("contracts:registration", found.slug)
    return _page(request, found, 422, submit=form)


@require_POST
@signed_in
def decide_registration(request: HttpRequest, contract: str) -> HttpResponse:
    found = _found(request, contract)
    actor: Any = request.user
    form = DecideForm(request.POST, registration=or_404(registration_of(found)))
    done = form.is_valid() and _tried(
        form,
        operations.decide_registration,
        contract_id=found.pk,
        actor=actor,
        **form.cleaned_data,
    )
    if done:
        messages.success(request, _("已记下登记机构的结果。"))
        return redirect("contracts:registration", found.slug)
    return _page(request, found, 422, decide=form)


@require_safe
@signed_in
def registration_file(request: HttpRequest, contract: str, form: str) -> HttpResponse:
    """The package as PDF, XLSX or JSON."""
    found = _found(request, contract)
    user: Any = request.user
    kept = registration_of(found) or Registration(contract=found, data=known(found), made_by=user)
    name = f"{found.number} {_('登记表')}"
    if form == "pdf":
        return as_file(pdf(kept), "application/pdf", f"{name}.pdf")
    if form == "json":
        return JsonResponse(as_json(kept), json_dumps_params={"ensure_ascii": False, "indent": 1})
    return export(rows(kept), [_("项目"), _("内容")], name, form)


@require_safe
@signed_in
def registrations(request: HttpRequest) -> HttpResponse:
    """What the association's members have registered, in the registry's terms."""
    user: Any = request.user
    if not permissions.counts_for(user):
        raise Forbidden("contracts.may_not_count")
    asked = request.GET.get("year", "")
    this = clock.today().year
    year = int(asked) if asked.isascii() and asked.isdigit() and 1985 <= int(asked[:4]) <= this else this
    found = statistics(of_association(user), min(year, this))
    tables = _tables(found)
    if "export" in request.GET:
        listed = [(title, *row) for _key, title, table in tables for row in table]
        columns = [_("分类"), _("项"), _("合同数"), _("成交总额（元）"), _("技术交易额（元）")]
        return export(listed, columns, _("技术合同登记统计"), request.GET["export"])
    tally = found.by.get("month")
    months = [f"{month:02}" for month in range(1, 13)]
    chart = {
        "kind": "bar",
        "title": _("每月技术合同成交总额"),
        "unit": _("万元"),
        "labels": [row[0] for row in tables[-1][2]],
        "series": [
            {"name": str(found.year), "values": [tally.total[month] // WAN_FEN if tally else 0 for month in months]}
        ],
    }
    growth = {name: found.growth(name) for name in ("count", "total", "technology")}
    context = {
        "statistics": found,
        "tables": tables,
        "chart": chart,
        "years": range(this, this - 6, -1),
        "growth": growth,
    }
    return render(request, "contracts/registrations.html", context)


def _tables(found: Statistics) -> list[tuple[str, str, list[tuple[str, int, Any, Any]]]]:
    months = {f"{month:02}": _("%(month)s月") % {"month": month} for month in range(1, 13)}
    return [
        ("kind", _("合同类别"), _rows_of(found, "kind", dict(Contract.Kind.choices))),
        ("field", _("技术领域"), _rows_of(found, "field", dict(Field.choices))),
        ("region", _("卖方地区"), _rows_of(found, "region", PROVINCES)),
        ("month", _("月份"), _rows_of(found, "month", months, all_of=True)),
    ]


def _rows_of(
    found: Statistics, key: str, names: Mapping[str, Any], *, all_of: bool = False
) -> list[tuple[str, int, Any, Any]]:
    """Largest first, or every term in its own order."""
    tally = found.by.get(key, Tally())
    terms = list(names) if all_of else [term for term, _fen in tally.total.most_common()]
    return [
        (
            str(names.get(term, term or _("未填"))),
            tally.count[term],
            yuan(tally.total[term]),
            yuan(tally.technology[term]),
        )
        for term in terms
    ]
