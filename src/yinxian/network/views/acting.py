"""Switching for whom one acts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from yinxian.kernel.http import path_asked, signed_in

from ..members import organisations_of
from ..middleware import SESSION_KEY


@signed_in
@require_POST
def act_for(request: HttpRequest) -> HttpResponse:
    """``organisation`` is the slug of one of the person's own, anything else means: as oneself."""
    wanted = request.POST.get("organisation", "")
    mine = {organisation.slug: organisation.pk for organisation in organisations_of(request.user)}
    request.session[SESSION_KEY] = mine.get(wanted, "self")
    return HttpResponseRedirect(path_asked(request) or "/")
