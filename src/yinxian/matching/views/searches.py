"""Saved searches: one's own list, what one found, save, stop."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yinxian.kernel.export import export
from yinxian.kernel.http import attempt, or_404, path_asked, signed_in

from .. import operations, queries
from ..forms import SearchForm
from ..models import SavedSearch
from ..permissions import can_save_search

PAGE = 20


def _own_or_404(request: HttpRequest, slug: str) -> SavedSearch:
    return or_404(queries.searches_of(request.user).filter(slug=slug).first())


@signed_in
def searches(request: HttpRequest) -> HttpResponse:
    """``kind`` result or need; ``state`` running or stopped; ``sort``; ``export`` csv or xlsx."""
    by = queries.Narrowed.read(request.GET)
    found = queries.narrowed_searches(request.user, by)
    if fmt := request.GET.get("export"):
        columns = [_("编号"), _("名称"), _("找什么"), _("要找的事"), _("找到过"), _("上次找"), _("已停")]
        return export(map(_row, found.iterator()), columns, _("存下的找法"), fmt)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "may_save": can_save_search(request.user),
        "by": by,
        "kinds": SavedSearch.Kind.choices,
        "states": [("running", _("在找")), ("stopped", _("已停"))],
        "sorts": [("running", _("新存的在前")), ("found", _("找到最多")), ("looked", _("刚找过")), ("name", _("名称"))],
    }
    return render(request, "matching/searches.html", context)


def _row(search: SavedSearch) -> list[Any]:
    by_need = search.need.title if search.need and not search.words else search.words
    found = getattr(search, "found", 0)
    kind = search.get_kind_display()
    return [search.slug, search.name, kind, by_need, found, search.looked_at, search.stopped_at]


@signed_in
def search(request: HttpRequest, search: str) -> HttpResponse:
    """What it found: ``sort`` new or score; ``export`` csv or xlsx."""
    found = _own_or_404(request, search)
    sort = request.GET.get("sort", "")
    sort = sort if sort in queries.FIND_SORTS else "new"
    finds = queries.finds_of(found, request.user, sort)
    if fmt := request.GET.get("export"):
        rows = ([one.listing.slug, one.title, one.score, one.found_at] for one in finds)
        return export(rows, [_("编号"), _("名称"), _("契合"), _("什么时候")], found.name, fmt)
    page = Paginator(finds, PAGE).get_page(request.GET.get("page"))
    sorts = [("new", _("新找到的在前")), ("score", _("最契合"))]
    known = queries.finds_of(found, request.user, "score", known=True)[:PAGE]
    context = {"search": found, "page": page, "sort": sort, "sorts": sorts, "known": known}
    return render(request, "matching/search.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = attempt(
            form,
            operations.save_search,
            actor=request.user,  # type: ignore[arg-type]  # signed in
            kind=data["kind"],
            name=data["name"],
            words=data["words"],
            need_slug=data["need"],
            filters=form.facets(),
        )
        if made is not None:
            messages.success(request, _("存下了：有新的合适的，第二天一早告诉您。"))
            return redirect("matching:search", search=made.slug)
    return render(request, "matching/new_search.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_POST
def stop(request: HttpRequest, search: str) -> HttpResponse:
    found = _own_or_404(request, search)
    operations.stop_search(search_id=found.pk, actor=request.user)  # type: ignore[arg-type]  # signed in
    messages.success(request, _("停了：不再为“%(name)s”告诉您。找到过的还在。") % {"name": found.name})
    return HttpResponseRedirect(path_asked(request) or "/searches/")
