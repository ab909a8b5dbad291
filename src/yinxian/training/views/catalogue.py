"""The catalogue: which courses there are, and each with its terms. Public."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yinxian.credentials.models import Module
from yinxian.kernel.export import export
from yinxian.kernel.http import or_404

from .. import permissions
from ..forms.catalogue import CatalogueForm
from ..models import Course
from ..queries import courses as queries

MOST_IN_FILE = 10_000


def modules_of(course: Course) -> list[dict[str, object]]:
    """A course's modules as the templates draw them."""
    return [
        {"label": Module(one["kind"]).label, "hours": one["minutes"] // 60, "about": one["about"]}
        for one in course.modules
    ]


@require_GET
def courses(request: HttpRequest) -> HttpResponse:
    """What one can learn here, in the order of the ladder."""
    form = CatalogueForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    sort = request.GET.get("sort", "")
    rows = queries.courses(
        words=given.get("q", ""),
        track=given.get("track", ""),
        mode=given.get("mode", ""),
        association=given.get("association", ""),
        sort=sort,
    )
    if fmt := request.GET.get("format", ""):
        columns = [_("课程名称"), _("协会"), _("赛道"), _("第几步"), _("方式"), _("学时"), _("招生中")]
        return export((_row(one) for one in rows[:MOST_IN_FILE]), columns, _("课程"), fmt)
    context = {
        "form": form,
        "page": Paginator(rows, 30).get_page(request.GET.get("page")),
        "runs": queries.runs(request.user),
    }
    return render(request, "training/courses.html", context)


def _row(one: Course) -> list[object]:
    enrols: bool = getattr(one, "enrols", False)
    return [
        one.shown_name,
        one.association.shown_name,
        one.get_track_display() if one.track else _("通用"),
        one.step,
        one.get_mode_display(),
        one.minutes // 60,
        enrols,
    ]


@require_GET
def course(request: HttpRequest, course: str) -> HttpResponse:
    found = or_404(queries.course_for(course))
    edits = permissions.can_edit(request.user, found)
    context = {
        "course": found,
        "modules": modules_of(found),
        "terms": queries.terms_of(request.user, found, inside=edits)[:50],
        "edits": edits,
    }
    return render(request, "training/course.html", context)
