"""One's points, the association's table, and the scheme behind both."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinxian.kernel.http import attempt, signed_in
from yinxian.network.members import is_in_network
from yinxian.network.models import Organisation, User

from .. import permissions
from ..forms import SchemeForm
from ..models import Event, Scheme
from ..operations.schemes import new_version
from ..queries.points import board, by_month, points_of, total_of
from ..queries.schemes import latest_scheme
from ..rules import DEFAULT_RULES


@signed_in
@require_GET
def points(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    page = Paginator(points_of(user), 25).get_page(request.GET.get("page"))
    profile = getattr(user, "manager_profile", None)
    context = {
        "page": page,
        "total": total_of(user),
        "months": by_month(user),
        "association": profile.association if profile else None,
    }
    return render(request, "reputation/points.html", context)


def _association(request: HttpRequest, slug: str) -> Organisation:
    """An association whose table the reader may see: anyone in the network."""
    if not is_in_network(request.user):
        raise Http404
    return get_object_or_404(Organisation, slug=slug, kind=Organisation.Kind.ASSOCIATION)


@signed_in
@require_GET
def table(request: HttpRequest, organisation: str) -> HttpResponse:
    association = _association(request, organisation)
    page = Paginator(board(association), 25).get_page(request.GET.get("page"))
    scheme = latest_scheme(association)
    context = {
        "association": association,
        "page": page,
        "rules": [rule | {"label": Event(rule["event"]).label} for rule in (scheme.rules if scheme else DEFAULT_RULES)],
        "scheme": scheme,
        "edits": permissions.can_edit_scheme(request.user, association),
    }
    return render(request, "reputation/table.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def scheme(request: HttpRequest, organisation: str) -> HttpResponse:
    association = _association(request, organisation)
    if not permissions.can_edit_scheme(request.user, association):
        raise Http404
    latest = latest_scheme(association) or Scheme(association=association, version=1, rules=DEFAULT_RULES)
    form = SchemeForm(request.POST or None, scheme=latest)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            new_version,
            association_id=association.pk,
            actor=cast(User, request.user),
            rules=form.rules(),
            note=form.cleaned_data["note"],
            based_on=form.cleaned_data["based_on"],
        )
        if made:
            messages.success(request, _("新规则从现在起生效，以前的积分不变。"))
            return redirect("reputation:table", organisation)
    versions = Scheme.objects.filter(association=association).select_related("created_by")
    context = {"association": association, "form": form, "versions": versions}
    return render(request, "reputation/scheme.html", context, status=422 if form.errors else 200)
