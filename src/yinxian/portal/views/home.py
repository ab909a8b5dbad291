"""Home: the public's, or one's own workbench."""

from __future__ import annotations

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yinxian.journal.pages import remembered
from yinxian.kernel import clock
from yinxian.kernel.http import signed_in
from yinxian.network.models import Organisation, User

from ..queries.matches import needs_to_match, results_to_match
from ..queries.public import figures, latest
from ..queries.todo import Person, things_to_do
from ..queries.way import way
from ..queries.workbench import due_today, workbench

PAGE = 25


def _acting(request: HttpRequest) -> Organisation | None:
    """The organisation itself, not the lazy object that stands for it."""
    acting = getattr(request, "acting", None)
    return acting if acting and acting.pk else None


@require_GET
@remembered
def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        context = {"latest": latest(), "figures": figures(), "way": way()}
        return render(request, "portal/welcome.html", context)
    shown = workbench(request.user, _acting(request), clock.now())
    request.things_today = shown["due"]  # type: ignore[attr-defined]  # for the menu of this page
    return render(request, "portal/home.html", shown)


@require_GET
@remembered
@signed_in
def todo(request: HttpRequest) -> HttpResponse:
    """All of it, not only the first eight."""
    person = Person(cast(User, request.user), _acting(request), clock.today())
    todos = things_to_do(person)
    request.things_today = due_today(todos, person.today)  # type: ignore[attr-defined]  # as above
    page = Paginator(todos, PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/todo.html", {"page": page})


@signed_in
@require_GET
def matches(request: HttpRequest) -> HttpResponse:
    """My needs, each with the way to its matches; my results likewise."""
    kind = "results" if request.GET.get("kind") == "results" else "needs"
    found = {"needs": needs_to_match(request.user), "results": results_to_match(request.user)}
    pages = {name: Paginator(rows, PAGE) for name, rows in found.items()}
    totals = {name: paginator.count for name, paginator in pages.items()}
    if "kind" not in request.GET and totals["results"] and not totals["needs"]:
        kind = "results"
    page = pages[kind].get_page(request.GET.get("page"))
    return render(request, "portal/matches.html", {"kind": kind, "page": page, "totals": totals})
