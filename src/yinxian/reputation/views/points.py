"""One's points, one fact of them, and what a reviewer sees of everybody's."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yinxian.deals.queries.deals import visible_to
from yinxian.journal.models import Entry
from yinxian.journal.queries.entries import inclusion
from yinxian.kernel.export import MOST, export
from yinxian.kernel.http import signed_in
from yinxian.network.models import Organisation, User

from .. import permissions
from ..forms.points import FilterForm
from ..models import Appeal, Point
from ..queries.points import by_month, left, narrowed, points_of, register_of, rows_of, total_of
from ..queries.schemes import homes
from ..rules import UNITS
from .pictures import months

PAGE = 25


def _columns(*, names: bool) -> list[str]:
    first = [_("日期"), *([_("姓名")] if names else [])]
    return [*first, _("什么事"), _("得分"), _("没有给"), _("为什么"), _("现在值"), _("规则版本"), _("日志")]


def association_at(slug: str) -> Organisation:
    return get_object_or_404(Organisation, slug=slug, kind=Organisation.Kind.ASSOCIATION)


def _shown(page: Any) -> list[tuple[Point, int]]:
    """Rows of a page with what each is still worth."""
    return [(point, left(point)) for point in page]


@signed_in
@require_GET
def points(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = FilterForm(request.GET)
    found = narrowed(points_of(user), **form.chosen())
    if fmt := request.GET.get("export"):
        return export(rows_of(found[:MOST], names=False), _columns(names=False), _("我的积分"), fmt)
    page = Paginator(found.select_related("scheme__association", "entry", "deal", "appeal"), PAGE)
    shown = page.get_page(request.GET.get("page"))
    home = homes([user.pk]).get(user.pk)
    context = {
        "page": shown,
        "rows": _shown(shown),
        "form": form,
        "total": total_of(user),
        "picture": months(by_month(user)),
        "association": Organisation.objects.filter(pk=home).first() if home else None,
        "narrowed": any(form.chosen().values()),
    }
    return render(request, "reputation/points.html", context)


@signed_in
@require_GET
def register(request: HttpRequest, association: str) -> HttpResponse:
    """Every point and refusal of an association: for those who edit its scheme."""
    found = association_at(association)
    if not permissions.can_read_register(request.user, found):
        raise Http404
    form = FilterForm(request.GET)
    rows = narrowed(register_of(found), **form.chosen())
    if request.GET.get("held") == "1":
        rows = rows.filter(held__gt=0)
    if fmt := request.GET.get("export"):
        return export(rows_of(rows[:MOST], names=True), _columns(names=True), _("积分台账"), fmt)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "association": found,
        "page": page,
        "rows": _shown(page),
        "form": form,
        "held": request.GET.get("held") == "1",
    }
    return render(request, "reputation/register.html", context)


@signed_in
@require_GET
def fact(request: HttpRequest, fact: uuid.UUID) -> HttpResponse:
    """A fact: what it gave to whom, how that was worked out, and where it stands in the journal."""
    user = cast(User, request.user)
    entry = get_object_or_404(Entry, uid=fact)
    known = Point.objects.filter(entry=entry).select_related(
        "user", "scheme__association", "deal", "corrects__entry", "appeal"
    )
    rows = [point for point in known.order_by("event", "pk") if permissions.can_read_point(user, point)]
    if not rows:
        raise Http404
    if first := rows[0].corrects:
        return redirect("reputation:fact", first.entry.uid)
    deal = rows[0].deal
    corrections = Point.objects.filter(corrects__in=[point.pk for point in rows]).select_related(
        "entry", "corrects", "scheme"
    )
    more: dict[int, list[Point]] = {}
    for point in corrections:
        more.setdefault(point.corrects_id or 0, []).append(point)
    context = {
        "entry": entry,
        "rows": [
            {
                "point": point,
                "left": left(point) + sum(left(one) for one in more.get(point.pk, [])),
                "unit": UNITS.get(point.event, ""),
                "own": point.user_id == user.pk,
                "appeal": Appeal.objects.filter(point=point).first() if point.user_id == user.pk else None,
                "corrections": more.get(point.pk, []),
                "undone": any(one.undoes for one in more.get(point.pk, [])),
            }
            for point in rows
        ],
        "proof": inclusion(entry),
        "deal": deal if deal is not None and visible_to(user).filter(pk=deal.pk).exists() else None,
        "place": getattr(entry, "place", None),
    }
    return render(request, "reputation/fact.html", context)
