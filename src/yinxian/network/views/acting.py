"""Switching for whom one acts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from yinxian.kernel.http import signed_in

from ..middleware import SESSION_KEY
from ..queries.members import organisations_of


@signed_in
@require_POST
def act_for(request: HttpRequest) -> HttpResponse:
    """``organisation`` is the slug of one of the person's own, anything else means: as oneself."""
    wanted = request.POST.get("organisation", "")
    mine = {organisation.slug: organisation.pk for organisation in organisations_of(request.user)}
    request.session[SESSION_KEY] = mine.get(wanted, "self")
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else "/")
