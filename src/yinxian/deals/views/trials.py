"""A deal's trial: its terms, and each step of it as one POST."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yinxian.kernel import clock
from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import attempt, or_404, signed_in

from ..forms.trials import ExtendForm, GiveBackForm, PlainForm, TrialForm
from ..http import SignedIn
from ..models import Deal
from ..operations import trials as operations
from ..operations.milestones.common import OPEN
from ..permissions import milestones as permissions
from ..queries import deals
from ..queries import trials as queries


@require_http_methods(["GET", "POST"])
@signed_in
def trial(request: SignedIn, deal: str) -> HttpResponse:
    """What was agreed of the trial and where it stands; the manager puts it on record."""
    found = or_404(deals.find(request.user, deal))
    posted = request.method == "POST"
    if posted and not permissions.can_plan(request.user, found):
        raise Forbidden("deals.not_the_manager")
    form = TrialForm(request.POST if posted else None, initial=queries.first_terms(found))
    if posted and form.is_valid():
        terms = operations.Terms(**form.cleaned_data)
        if attempt(form, operations.agree_trial, deal_id=found.pk, terms=terms, actor=request.user):
            messages.success(request, _("试用的约定已记下，决定日之前会提醒双方。"))
            return redirect("deals:trial", deal=found.slug)
    return _shown(request, found, form, status=422 if posted else 200)


def _shown(request: SignedIn, deal: Deal, form: django_forms.Form, status: int = 200) -> HttpResponse:
    """The page; ``form`` is the one that was sent, with what was typed."""
    found = queries.trial_of(deal)
    open_ = deal.state in OPEN
    running = found is not None and found.running and open_
    manager = permissions.can_plan(request.user, deal)
    days = {"ends_on": found.ends_on, "decide_by": found.decide_by} if found else {}
    forms = {
        "terms": form if isinstance(form, TrialForm) else TrialForm(initial=queries.first_terms(deal)),
        "extension": form if isinstance(form, ExtendForm) else ExtendForm(initial=days),
        "giving": form if isinstance(form, GiveBackForm) else GiveBackForm(),
        "plain": form if isinstance(form, PlainForm) else PlainForm(),
    }
    begun = found is not None and found.starts_on <= clock.today()
    context = {
        "deal": deal,
        "trial": found,
        "forms": forms,
        "may_agree": manager and open_ and (found is None or (running and not begun)),
        "may_extend": manager and running,
        "may_decide": running and begun and permissions.can_release(request.user, deal),
        "may_confirm": open_
        and found is not None
        and found.state == "given_back"
        and permissions.can_submit(request.user, deal),
    }
    return render(request, "deals/trial.html", context, status=status)


def _act(
    request: SignedIn,
    slug: str,
    may: tuple[Callable[[Any, Deal], bool], str],
    form: django_forms.Form,
    operation: Callable[..., Any],
    said: str,
) -> HttpResponse:
    """Who may not act is turned away before the form is read; a refusal keeps what was typed."""
    found = or_404(deals.find(request.user, slug))
    if not may[0](request.user, found):
        raise Forbidden(may[1])
    if form.is_valid() and attempt(form, operation, deal_id=found.pk, actor=request.user, **form.cleaned_data):
        messages.success(request, said)
        return redirect("deals:trial", deal=found.slug)
    return _shown(request, or_404(deals.find(request.user, slug)), form, status=422)


@require_POST
@signed_in
def extend(request: SignedIn, deal: str) -> HttpResponse:
    may = (permissions.can_plan, "deals.not_the_manager")
    said = _("试用已延长，双方都会收到通知。")
    return _act(request, deal, may, ExtendForm(request.POST), operations.extend_trial, said)


@require_POST
@signed_in
def convert(request: SignedIn, deal: str) -> HttpResponse:
    may = (permissions.can_release, "deals.trial_by_the_buyer")
    said = _("已转为付费许可，首款的应付日期已定。")
    return _act(request, deal, may, PlainForm(request.POST), operations.convert_trial, said)


@require_POST
@signed_in
def give_back(request: SignedIn, deal: str) -> HttpResponse:
    may = (permissions.can_release, "deals.trial_by_the_buyer")
    said = _("已告知供方不转化；归还之后由供方确认，项目随即结束。")
    return _act(request, deal, may, GiveBackForm(request.POST), operations.give_back, said)


@require_POST
@signed_in
def returned(request: SignedIn, deal: str) -> HttpResponse:
    may = (permissions.can_submit, "deals.trial_by_the_supplier")
    return _act(request, deal, may, PlainForm(request.POST), operations.confirm_returned, _("已确认归还，项目结束。"))
