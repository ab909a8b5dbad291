"""The steps of an introduction that a form or a button takes."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.kernel.qr import qr_image

from ..forms.introductions import AlarmForm, InviteForm, MemberAnswerForm, ShareAnswerForm, WithdrawForm
from ..http import SignedIn
from ..models import Introduction
from ..operations import acknowledgements, alarms, introductions, shares
from ..queries import introductions as queries
from .introductions import page_context


def _mine(request: SignedIn, slug: str) -> Introduction:
    return or_404(queries.introduction_for(request.user, slug))


def _again(request: SignedIn, introduction: Introduction, **forms: Form) -> HttpResponse:
    """The page with the refused form, as typed."""
    fresh = or_404(queries.introduction_for(request.user, introduction.slug))
    return render(request, "deals/introduction.html", page_context(request, fresh, **forms), status=422)


@require_POST
@signed_in
def propose(request: SignedIn, introduction: str) -> HttpResponse:
    found = introductions.propose_shares(introduction_id=_mine(request, introduction).pk, actor=request.user)
    messages.success(request, _("已征求团队同意。每个人会在自己的页面看到条款和自己那一份。"))
    return redirect("deals:introduction", found.slug)


@require_POST
@signed_in
def offer(request: SignedIn, introduction: str) -> HttpResponse:
    found = introductions.offer_introduction(introduction_id=_mine(request, introduction).pk, actor=request.user)
    messages.success(request, _("已发给双方。他们登录即可答复；没有账号的，请在下面给他们生成链接。"))
    return redirect("deals:introduction", found.slug)


@require_POST
@signed_in
def withdraw(request: SignedIn, introduction: str) -> HttpResponse:
    found = _mine(request, introduction)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        note = form.cleaned_data["note"]
        introductions.withdraw_introduction(introduction_id=found.pk, actor=request.user, note=note)
        messages.success(request, _("已撤回，发出的链接不再有效。"))
        return redirect("deals:introduction", found.slug)
    return _again(request, found, withdraw=form)


@require_POST
@signed_in
def invite(request: SignedIn, introduction: str, side: str) -> HttpResponse:
    """Make the link and show it, this once: only its hash is kept."""
    found = _mine(request, introduction)
    form = InviteForm(request.POST, prefix=side)
    if form.is_valid():
        token = attempt(
            form,
            acknowledgements.invite_side,
            introduction_id=found.pk,
            actor=request.user,
            side=side,
            recipient=form.cleaned_data["recipient"],
        )
        if token:
            url = settings.YINXIAN_URL + reverse("deals:invitation", args=[token])
            context = {"introduction": found, "recipient": form.cleaned_data["recipient"], "url": url}
            return render(request, "deals/introduction_link.html", context | {"qr": qr_image(url), "side": side})
    return _again(request, found, **{f"invite_{side}": form})


@require_POST
@signed_in
def answer(request: SignedIn, introduction: str) -> HttpResponse:
    """A member of one side answers, signed in."""
    found = _mine(request, introduction)
    form = MemberAnswerForm(request.POST)
    if form.is_valid():
        done = attempt(
            form,
            acknowledgements.acknowledge,
            introduction_id=found.pk,
            side=form.cleaned_data["side"],
            agreed="agree" in request.POST,
            post=form.cleaned_data["post"],
            actor=request.user,
        )
        if done:
            messages.success(request, _("您的答复已记录。"))
            return redirect("deals:introduction", found.slug)
    return _again(request, found, answer=form)


@require_POST
@signed_in
def answer_share(request: SignedIn, introduction: str, share: int) -> HttpResponse:
    found = _mine(request, introduction)
    or_404(found.shares.filter(pk=share).first())
    form = ShareAnswerForm(request.POST)
    if form.is_valid():
        done = attempt(
            form,
            shares.answer_share,
            share_id=share,
            actor=request.user,
            accept="accept" in request.POST,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
        )
        if done:
            messages.success(request, _("您的答复已记录，经理人会看到。"))
            return redirect("deals:introduction", found.slug)
    return _again(request, found, share=form)


@require_POST
@signed_in
def close_alarm(request: SignedIn, bypassalarm: str) -> HttpResponse:
    alarm = or_404(queries.alarm_for(request.user, bypassalarm))
    form = AlarmForm(request.POST)
    if form.is_valid():
        done = attempt(
            form,
            alarms.close_alarm,
            alarm_id=alarm.pk,
            actor=request.user,
            settled="settle" in request.POST,
            note=form.cleaned_data["note"],
        )
        if done:
            messages.success(request, _("已记下处理结果。"))
            return redirect("deals:introduction", alarm.introduction.slug)
    return _again(request, alarm.introduction, alarm=form)
