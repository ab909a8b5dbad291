"""Relations that one has declared."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yinxian.kernel.http import attempt, signed_in
from yinxian.network.models import User

from ..forms.points import RelationForm
from ..models import Relation
from ..operations.relations import declare_relation, end_relation


@signed_in
@require_http_methods(["GET", "POST"])
def relations(request: HttpRequest) -> HttpResponse:
    actor = cast(User, request.user)
    form = RelationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = attempt(
            form,
            declare_relation,
            actor=actor,
            organisation_id=given["organisation"].pk,
            kind=given["kind"],
            note=given["note"],
        )
        if made:
            messages.success(request, _("已申报。从现在起，这家单位是一方的事不给您计分。"))
            return redirect("reputation:relations")
    rows = Relation.objects.filter(user=actor).select_related("organisation")
    context = {"form": form, "relations": rows}
    return render(request, "reputation/relations.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def end(request: HttpRequest, relation: int) -> HttpResponse:
    actor = cast(User, request.user)
    found = get_object_or_404(Relation, pk=relation, user=actor)
    end_relation(relation_id=found.pk, actor=actor)
    messages.success(request, _("已了结。以前的不变。"))
    return redirect("reputation:relations")
