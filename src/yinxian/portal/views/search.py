"""The one search box."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ..queries.searching import Search


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    found = Search(request.user, request.GET.get("q", ""), request.GET.get("kind", ""))
    page = found.page(request.GET.get("page"))
    return render(request, "portal/search.html", {"search": found, "tabs_found": found.tabs(), "page": page})
