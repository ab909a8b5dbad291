"""Shortlist, refuse, take back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yinxian.kernel.http import attempt, path_asked, signed_in
from yinxian.market.models import Need, Result

from .. import operations
from ..forms import RefuseForm
from ._common import need_context, need_to_decide, result_or_404


def _back(request: HttpRequest, need: Need, result: Result) -> HttpResponse:
    """To the page that the form names, else to the list, at the card that was decided."""
    at_the_card = f"{reverse('matching:match', args=[need.slug])}#m-{result.slug}"
    return HttpResponseRedirect(path_asked(request) or at_the_card)


@signed_in
@require_POST
def shortlist(request: HttpRequest, need: str, result: str) -> HttpResponse:
    found_need, found_result = need_to_decide(request, need), result_or_404(request, result)
    operations.shortlist(need_id=found_need.pk, result_id=found_result.pk, actor=request.user)  # type: ignore[arg-type]  # signed in
    messages.success(request, _("已入围：%(title)s") % {"title": found_result.shown_title})
    return _back(request, found_need, found_result)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, need: str, result: str) -> HttpResponse:
    found_need, found_result = need_to_decide(request, need), result_or_404(request, result)
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            operations.refuse,
            need_id=found_need.pk,
            result_id=found_result.pk,
            actor=request.user,  # type: ignore[arg-type]  # signed in
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
        )
        if done is not None:
            messages.success(request, _("记下了：%(reason)s。") % {"reason": done.get_refusal_display()})
            return _back(request, found_need, found_result)
    context = need_context(request, found_need) | {"form": form, "result": found_result}
    return render(request, "matching/refuse.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def undo(request: HttpRequest, need: str, result: str) -> HttpResponse:
    found_need, found_result = need_to_decide(request, need), result_or_404(request, result)
    operations.undo(need_id=found_need.pk, result_id=found_result.pk, actor=request.user)  # type: ignore[arg-type]  # signed in
    messages.success(request, _("已撤回决定：%(title)s") % {"title": found_result.shown_title})
    return _back(request, found_need, found_result)
