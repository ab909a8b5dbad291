"""Technology managers: each one's profile, as the network reads it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from yinxian.kernel.fields import Field
from yinxian.kernel.regions import region_name

from ..forms import LANGUAGES
from ..members import is_in_network, memberships_of
from ..models import ManagerProfile


def shown(profile: ManagerProfile) -> dict[str, object]:
    """A profile with its codes in words."""
    fields, languages = dict(Field.choices), dict(LANGUAGES)
    return {
        "profile": profile,
        "tracks": [{"name": fields.get(code, ""), "evidence": text} for code, text in profile.shown_tracks.items()],
        "regions": [region_name(code) for code in profile.regions],
        "languages": [languages.get(code, code) for code in profile.languages],
    }


@require_GET
def managers(request: HttpRequest) -> HttpResponse:
    """The directory is one for all professions; this address leads to the managers in it."""
    query = request.GET.copy()
    query["profession"] = "manager"
    return redirect(f"{reverse('alliances:directory')}?{query.urlencode()}")


@require_GET
def manager(request: HttpRequest, manager: str) -> HttpResponse:
    """The whole profile, for the network and the manager; anyone else gets what the manager's card shows."""
    profile = get_object_or_404(ManagerProfile.objects.select_related("user", "association"), slug=manager)
    own = profile.user == request.user
    if not own and not is_in_network(request.user):
        return redirect("alliances:manager_card", manager)
    context = shown(profile) | {"memberships": memberships_of(profile.user), "own": own}
    return render(request, "network/manager.html", context)
