"""An association's table and scheme: what holds, a draft, its trial on the last year, from which day on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinxian.kernel import clock
from yinxian.kernel.export import export
from yinxian.kernel.http import attempt, signed_in
from yinxian.kernel.money import show_percent
from yinxian.network.members import is_in_network
from yinxian.network.models import Organisation, User

from .. import permissions
from ..forms.schemes import PER, SchemeForm, StartForm
from ..models import Appeal, Event, Scheme
from ..operations.schemes import draft_scheme, start_scheme
from ..queries.points import board
from ..queries.recount import Simulation, simulate
from ..queries.schemes import latest_scheme, scheme_at, versions_of
from ..rules import DEFAULT_RULES, UNITS
from .pictures import trials
from .points import association_at


def rules_in_words(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a table; a rule that goes by another names it."""
    return [
        {**rule, "label": Event(rule["event"]).label, "per_words": PER[UNITS[rule["event"]]]}
        | ({"like": Event(rule["as"]).label, "share": show_percent(rule["as_bp"])} if rule.get("as") else {})
        for rule in rules
    ]


def _association(request: HttpRequest, slug: str) -> Organisation:
    """An association whose table the reader may see: anyone in the network."""
    if not is_in_network(request.user):
        raise Http404
    return association_at(slug)


@signed_in
@require_GET
def table(request: HttpRequest, organisation: str) -> HttpResponse:
    association = _association(request, organisation)
    found = board(association)
    if fmt := request.GET.get("export"):
        rows = ([row["user__name"], row["facts"], row["points"]] for row in found)
        return export(rows, [_("姓名"), _("确认的事"), _("积分")], _("积分排行"), fmt)
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    scheme, now = scheme_at(association, clock.now()), clock.now()
    edits = permissions.can_edit_scheme(request.user, association)
    context = {
        "association": association,
        "page": page,
        "rules": rules_in_words(scheme.rules if scheme else DEFAULT_RULES),
        "scheme": scheme,
        "planned": Scheme.objects.filter(association=association, starts_at__gt=now).order_by("starts_at").first(),
        "edits": edits,
        "waiting": Appeal.objects.filter(association=association, state=Appeal.State.ASKED).count() if edits else 0,
    }
    return render(request, "reputation/table.html", context)


def _edited(request: HttpRequest, slug: str) -> Organisation:
    association = _association(request, slug)
    if not permissions.can_edit_scheme(request.user, association):
        raise Http404
    return association


@signed_in
@require_http_methods(["GET", "POST"])
def scheme(request: HttpRequest, organisation: str) -> HttpResponse:
    """A draft made from the last version."""
    association = _edited(request, organisation)
    latest = latest_scheme(association) or Scheme(association=association, version=1, rules=DEFAULT_RULES)
    form = SchemeForm(request.POST or None, scheme=latest)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = attempt(
            form,
            draft_scheme,
            association_id=association.pk,
            actor=cast(User, request.user),
            rules=form.rules(),
            yearly_bp=given["yearly"],
            year_cap=given["year_cap"],
            note=given["note"],
            based_on=given["based_on"],
        )
        if made:
            messages.success(request, _("草稿已存好，还没有生效。先看看去年会怎样，再定生效的日子。"))
            return redirect("reputation:version", organisation, made.version)
    context = {"association": association, "form": form, "versions": versions_of(association), "now": clock.now()}
    return render(request, "reputation/scheme.html", context, status=422 if form.errors else 200)


def _version(association: Organisation, version: int) -> Scheme:
    found = Scheme.objects.select_related("association", "created_by", "started_by")
    return get_object_or_404(found, association=association, version=version)


@signed_in
@require_GET
def version(request: HttpRequest, organisation: str, version: int) -> HttpResponse:
    association = _edited(request, organisation)
    return _page(request, _version(association, version), StartForm())


def _page(request: HttpRequest, found: Scheme, form: StartForm, status: int = 200) -> HttpResponse:
    tried = simulate(found)
    if fmt := request.GET.get("export"):
        return export(_rows(tried), _columns(), _("积分试算 v%(version)s") % {"version": found.version}, fmt)
    holds = tried.holds
    context: Mapping[str, Any] = {
        "association": found.association,
        "scheme": found,
        "rules": rules_in_words(found.rules),
        "tried": tried,
        "picture": trials(tried),
        "now": clock.now(),
        "holds": holds,
        "form": form if found.starts_at is None and (holds is None or holds.version < found.version) else None,
    }
    return render(request, "reputation/version.html", context, status=status)


def _columns() -> list[str]:
    return [_("姓名"), _("确认的事"), _("现行规则"), _("这一版"), _("相差"), _("现行不给的"), _("这一版不给的")]


def _rows(tried: Simulation) -> list[list[Any]]:
    return [
        [str(one.user), one.facts, one.now, one.then, one.change, one.now_held, one.then_held] for one in tried.trials
    ]


@signed_in
@require_POST
def start(request: HttpRequest, organisation: str, version: int) -> HttpResponse:
    association = _edited(request, organisation)
    found, form = _version(association, version), StartForm(request.POST)
    if form.is_valid():
        day = form.cleaned_data["on"]
        if attempt(form, start_scheme, scheme_id=found.pk, actor=cast(User, request.user), on=day):
            messages.success(request, _("生效的日子已定好；以前的积分不变。"))
            return redirect("reputation:table", organisation)
    found = _version(association, version)
    return _page(request, found, form, status=422)
