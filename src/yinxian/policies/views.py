"""The policy library, one policy with its calculator, the calculator of a deal, an administrator's edition."""

from __future__ import annotations

from itertools import groupby
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yinxian.kernel import clock
from yinxian.kernel.errors import Forbidden
from yinxian.kernel.export import export
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.network.models import User

from . import queries
from .book import Policy
from .calc import bases_of, compute
from .forms import BasesForm, CalculatorForm, EditionForm, OwnPolicyForm, SearchForm
from .operations import add_policy, revise
from .permissions import edits_for

PAGE = 25
WORDS = (
    *("name", "name_en", "subject", "region", "who", "valid_from", "valid_to", "mark"),
    *("source", "source_en", "article", "article_en", "text", "text_en"),
)
WIDE = ("who", "text", "text_en")


@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    book = queries.book_of(queries.association_of(request.user), asked.get("on"))
    found = queries.search(book.values(), **asked)
    if fmt := request.GET.get("export"):
        columns = [
            _("名称"),
            _("事项"),
            _("地区"),
            _("对谁"),
            _("施行"),
            _("失效"),
            _("出处"),
            _("核实情况"),
            _("内容"),
        ]
        return export(map(_cells, found), columns, _("政策库"), fmt)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "today": asked.get("on") or clock.today(), "edits": edits_for(request.user)}
    return render(request, "policies/policies.html", context)


def _cells(policy: Policy) -> list[Any]:
    return [
        policy.shown_name,
        policy.subject_label,
        policy.shown_place or (_("本协会的单位") if policy.own else _("全国")),
        policy.people,
        policy.valid_from,
        policy.valid_to,
        policy.shown_source,
        policy.mark_label,
        policy.shown_text,
    ]


@require_safe
def policy_page(request: HttpRequest, policy: str) -> HttpResponse:
    found = or_404(queries.find(request.user, policy))
    asked = any(base in request.GET for base in bases_of(found))
    form = BasesForm(request.GET if asked else None, policy=found)
    outcome = compute(found, form.cleaned_data) if asked and form.is_valid() else None
    if not bases_of(found):
        outcome = compute(found, {})
    context = {
        "policy": found,
        "form": form,
        "outcome": outcome,
        "today": clock.today(),
        "in_force": found.in_force(clock.today()),
        "edits": edits_for(request.user),
        "editions": queries.editions_of(found.association or queries.association_of(request.user), policy),
    }
    return render(request, "policies/policy.html", context, status=422 if asked and form.errors else 200)


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """Everything that holds for one deal: reward, taxes, usual commission, subsidies, each with its steps."""
    asked = bool(request.GET.get("amount"))
    form = CalculatorForm(request.GET if asked else None, initial={"on": clock.today()})
    groups: list[tuple[str, list[Any]]] = []
    if asked and form.is_valid():
        given, data = form.given(), form.cleaned_data
        on = data["on"] or clock.today()
        book = queries.book_of(queries.association_of(request.user), on).values()
        found = queries.outcomes(book, given=given, region=data["region"] or "", on=on, who=data["who"])
        groups = [(subject, list(those)) for subject, those in groupby(found, key=lambda one: one.policy.subject_label)]
    context = {"form": form, "groups": groups, "asked": asked}
    return render(request, "policies/calculator.html", context, status=422 if asked and form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def revise_policy(request: HttpRequest, policy: str) -> HttpResponse:
    home = edits_for(request.user)
    if home is None:
        raise Forbidden("policies.not_an_administrator")
    found = or_404(queries.book_of(home.pk).get(policy))
    form = EditionForm(request.POST if request.method == "POST" else None, policy=found)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            revise,
            key=policy,
            actor=cast(User, request.user),
            changes=form.changes(),
            calc=form.calc(),
            based_on=form.cleaned_data["based_on"],
            note=form.cleaned_data["note"],
            corrects=form.cleaned_data["corrects"],
        )
        if made:
            messages.success(request, _("新版已用于本协会；以前按旧版算过、固定过的不变。"))
            return redirect("policies:policy", policy)
    context = {"policy": found, "form": form, "association": home}
    return render(request, "policies/revise.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def add_policy_page(request: HttpRequest) -> HttpResponse:
    """An administrator adds a rule of the association's own."""
    home = edits_for(request.user)
    if home is None:
        raise Forbidden("policies.not_an_administrator")
    form = OwnPolicyForm(request.POST if request.method == "POST" else None, initial={"mark": "M"})
    if request.method == "POST" and form.is_valid():
        given = {"words": form.words(), "calc": form.calc(), "note": form.cleaned_data["note"]}
        made = attempt(form, add_policy, actor=cast(User, request.user), **given)
        if made:
            messages.success(request, _("规则已加入本协会的政策库，从施行日期起用于本协会的单位。"))
            return redirect("policies:policy", made.key)
    context = {"form": form, "association": home, "first": WORDS, "wide": WIDE}
    return render(request, "policies/add.html", context, status=422 if form.errors else 200)
