"""Draft an introduction and change its terms, with the fee worked out on an example."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.market.queries.levels import visible_needs, visible_results

from ..forms.introductions import EXAMPLE_FEN, ExampleForm, TermsPage
from ..http import SignedIn
from ..models import Introduction
from ..operations import introductions as operations
from ..permissions import introductions as permissions
from ..queries import introductions as queries


@require_http_methods(["GET", "POST"])
@signed_in
def introduce(request: SignedIn, need: str, result: str) -> HttpResponse:
    """From a shortlisted candidate: who is introduced to whom, on what terms, who earns what."""
    wanted = or_404(visible_needs(request.user).filter(slug=need).first())
    offered = or_404(visible_results(request.user).filter(slug=result).first())
    if not permissions.can_introduce(request.user):
        raise Forbidden("deals.introduce_as_manager")
    page = TermsPage(request.user, request.POST if request.method == "POST" else None, subject=wanted.title[:200])
    if request.method == "POST" and "preview" not in request.POST and page.is_valid():
        made = attempt(
            page.form,
            operations.draft_introduction,
            need_id=wanted.pk,
            result_id=offered.pk,
            actor=request.user,
            **page.given(),
        )
        if made:
            messages.success(request, _("已存为草稿。请送团队同意分成；每个人都同意之后才能发给双方。"))
            return redirect("deals:introduction", made.slug)
    earlier = queries.earlier_record(
        buyer_id=wanted.owner_id,
        supplier_id=offered.owner_id,
        need_id=wanted.pk,
        result_id=offered.pk,
        subject=wanted.title,
        manager_id=request.user.pk,
        today=clock.today(),
    )
    moment = earlier.acknowledged_at if earlier else None
    return _terms_page(request, page, need=wanted, result=offered, earlier_on=moment)


@require_http_methods(["GET", "POST"])
@signed_in
def introduction_terms(request: SignedIn, introduction: str) -> HttpResponse:
    found = or_404(queries.introduction_for(request.user, introduction))
    if not permissions.can_steer(request.user, found):
        raise Forbidden("deals.introduction_not_yours")
    if found.state not in (Introduction.State.DRAFT, Introduction.State.SHARES_PENDING):
        raise Conflict("deals.introduction_terms_fixed")
    page = TermsPage(request.user, request.POST if request.method == "POST" else None, introduction=found)
    if request.method == "POST" and "preview" not in request.POST and page.is_valid():
        given = page.given()
        done = attempt(page.form, operations.change_terms, introduction_id=found.pk, actor=request.user, **given)
        if done:
            messages.success(
                request, _("条款已改为第 %(version)s 版，分成需重新征求同意。") % {"version": done.terms_version}
            )
            return redirect("deals:introduction", done.slug)
    return _terms_page(
        request, page, need=found.need, result=found.result, introduction=found, earlier_on=found.earlier_on
    )


def _terms_page(request: SignedIn, page: TermsPage, **context: object) -> HttpResponse:
    """The whole page, or for htmx only the example."""
    asked = ExampleForm(request.POST or None, initial={"amount": "1,000,000.00"})
    amount = (asked.cleaned_data.get("amount") if asked.is_bound and asked.is_valid() else None) or EXAMPLE_FEN
    context |= {"page": page, "form": page.form, "example": page.example(amount), "example_form": asked}
    template = (
        "deals/_introduction_example.html" if "HX-Request" in request.headers else "deals/introduction_terms.html"
    )
    return render(request, template, context)
