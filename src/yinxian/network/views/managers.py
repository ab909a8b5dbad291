"""The directory of technology managers, open to anyone."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from yinxian.kernel.fields import Field
from yinxian.kernel.regions import region_name

from ..forms import LANGUAGES, DirectoryForm
from ..members import memberships_of
from ..models import ManagerProfile
from ..queries import directory


def shown(profile: ManagerProfile) -> dict[str, object]:
    """A profile with its codes in words."""
    fields, languages = dict(Field.choices), dict(LANGUAGES)
    return {
        "profile": profile,
        "tracks": [{"name": fields.get(t["field"], ""), "evidence": t.get("evidence", "")} for t in profile.tracks],
        "regions": [region_name(code) for code in profile.regions],
        "languages": [languages.get(code, code) for code in profile.languages],
    }


@require_GET
def managers(request: HttpRequest) -> HttpResponse:
    form = DirectoryForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    found = directory.managers(
        text=given.get("q", ""),
        kind=given.get("kind", ""),
        field=given.get("field", ""),
        region=given.get("region", ""),
        free=given.get("free", False),
    )
    page = Paginator(found, 24).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "managers": [shown(profile) for profile in page]}
    return render(request, "network/managers.html", context)


@require_GET
def manager(request: HttpRequest, manager: str) -> HttpResponse:
    profile = get_object_or_404(ManagerProfile.objects.select_related("user", "association"), slug=manager)
    context = shown(profile) | {"memberships": memberships_of(profile.user), "own": profile.user == request.user}
    return render(request, "network/manager.html", context)
