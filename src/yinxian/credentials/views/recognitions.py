"""What an association recognises of others, and whoever comes with such a certificate."""

from __future__ import annotations

import json
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from yinxian.kernel import clock
from yinxian.kernel.errors import Forbidden, Invalid
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.network.models import User

from .. import permissions
from ..forms.credentials import DecisionForm, PresentForm, ReasonForm, RecognitionForm
from ..models import Recognition
from ..operations import recognitions as operations
from ..queries.levels import levels_of
from ..queries.presentations import visible_presentation
from ..queries.recognition import prefilled, recognitions_of
from ..verifying import verify
from .credentials import SIGNED
from .levels import association_at


@require_GET
def recognitions(request: HttpRequest, association: str) -> HttpResponse:
    found, today = association_at(association), clock.today()
    rows = [{"one": one, "holds": one.holds_on(today)} for one in recognitions_of(found)[:200]]
    context = {
        "association": found,
        "present": [row for row in rows if row["holds"]],
        "past": [row for row in rows if not row["holds"]],
        "signs": permissions.can_recognise(request.user, found),
    }
    return render(request, "credentials/recognitions.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def new_recognition(request: HttpRequest, association: str) -> HttpResponse:
    found, actor = association_at(association), cast(User, request.user)
    if not permissions.can_recognise(actor, found):
        raise Forbidden("credentials.not_yours_to_recognise")
    given = request.POST if request.method == "POST" else None
    form = RecognitionForm(given, association=found, initial=prefilled(request.GET))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        made = attempt(
            form,
            operations.recognise,
            association_id=found.pk,
            actor=actor,
            equals_id=int(values["equals"]),
            values=values,
        )
        if made:
            messages.success(request, _("认可书已经签出。从现在起，核验时会按它回答。"))
            return redirect("credentials:recognition", made.slug)
    context = {"association": found, "form": form, "levels": levels_of(found).exists()}
    return render(request, "credentials/recognition_form.html", context, status=422 if form.errors else 200)


@require_safe
@vary_on_headers("Accept", "Cookie", "Accept-Language")
def recognition(request: HttpRequest, recognition: str) -> HttpResponse:
    """The page; the signed endorsement for a program that asks for it."""
    found = _found(recognition)
    if request.headers.get("Accept", "").split(",")[0].split(";")[0].strip() in SIGNED:
        return HttpResponse(json.dumps(found.document, ensure_ascii=False), content_type="application/vc")
    return _page(request, found, ReasonForm())


def _found(slug: str) -> Recognition:
    known = Recognition.objects.select_related("association", "equals", "created_by", "ended_by")
    return get_object_or_404(known, slug=slug)


def _page(request: HttpRequest, found: Recognition, form: ReasonForm, status: int = 200) -> HttpResponse:
    versions = Recognition.objects.filter(
        association=found.association, issuer_did=found.issuer_did, their_level=found.their_level
    ).exclude(pk=found.pk)
    context = {
        "recognition": found,
        "holds": found.holds_on(clock.today()),
        "versions": versions.select_related("equals")[:20],
        "signs": permissions.can_recognise(request.user, found.association),
        "comment": found.document["credentialSubject"]["endorsementComment"],
        "form": form,
    }
    return render(request, "credentials/recognition.html", context, status=status)


@signed_in
@require_POST
def end_recognition(request: HttpRequest, recognition: str) -> HttpResponse:
    found, form = _found(recognition), ReasonForm(request.POST)
    if not permissions.can_recognise(request.user, found.association):
        raise Forbidden("credentials.not_yours_to_recognise")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        end = operations.end_recognition
        if attempt(form, end, recognition_id=found.pk, actor=cast(User, request.user), reason=reason):
            messages.success(request, _("已终止。以前按它作出的决定不变。"))
            return redirect("credentials:recognition", recognition)
    return _page(request, found, form, status=422)


@signed_in
@require_http_methods(["GET", "POST"])
def present(request: HttpRequest) -> HttpResponse:
    """Bring a certificate of another association, to have it count here."""
    form = PresentForm(request.POST or None, request.FILES or None)
    judgement = None
    if request.method == "POST" and form.is_valid():
        seen = attempt(
            form,
            verify,
            form.cleaned_data["file"].read(),
            association=form.cleaned_data.get("association"),
            elsewhere=True,
        )
        judgement = seen.judgement if seen else None
        if seen and judgement is None:
            form.add_error("file", Invalid("credentials.not_a_certificate").sentence)
        if judgement:
            made = attempt(form, operations.present, actor=cast(User, request.user), judgement=judgement)
            if made:
                messages.success(request, _("已送到协会，确认后会通知您。"))
                return redirect("credentials:presentation", made.slug)
    context = {"form": form, "judgement": judgement}
    return render(request, "credentials/present.html", context, status=422 if form.errors else 200)


@signed_in
@require_GET
def presentation(request: HttpRequest, presentation: str) -> HttpResponse:
    return _presentation_page(request, presentation, DecisionForm())


def _presentation_page(request: HttpRequest, slug: str, form: DecisionForm, status: int = 200) -> HttpResponse:
    found = or_404(visible_presentation(request.user, slug))
    association = found.recognition.association
    context = {
        "presentation": found,
        "recognition": found.recognition,
        "decides": permissions.can_award(request.user, association) and found.user != request.user,
        "form": form,
    }
    return render(request, "credentials/presentation.html", context, status=status)


@signed_in
@require_POST
def decide_presentation(request: HttpRequest, presentation: str) -> HttpResponse:
    found, form = or_404(visible_presentation(request.user, presentation)), DecisionForm(request.POST)
    accept = request.POST.get("answer") == "award"
    if request.POST.get("answer") not in ("award", "refuse"):
        messages.error(request, _("请选择认可或不认可。没有改动。"))
        return redirect("credentials:presentation", presentation)
    if form.is_valid():
        made = attempt(
            form,
            operations.decide_presentation,
            presentation_id=found.pk,
            actor=cast(User, request.user),
            accept=accept,
            reason=form.cleaned_data["reason"],
        )
        if made:
            messages.success(request, _("已认可。") if accept else _("已答复对方。"))
            return redirect("credentials:presentation", presentation)
    return _presentation_page(request, presentation, form, status=422)
