"""What people do with a deal: each a POST, each one operation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yinxian.contracts.models import Contract
from yinxian.kernel import clock
from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.market.queries.levels import visible_needs, visible_results
from yinxian.network.models import User

from ..forms.deals import DraftForm, FileForm, JotForm, MeetingForm, MemberForm, MoveForm, RegisterForm
from ..http import SignedIn
from ..models import Deal, Introduction, Side, TeamMember
from ..operations import contracts, records
from ..operations import deals as operations
from ..permissions import deals as permissions
from ..queries.deals import find
from ..queries.introductions import introduction_for

State = Deal.State
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _found(request: SignedIn, slug: str) -> Deal:
    return or_404(find(request.user, slug))


def _page(request: SignedIn, found: Deal, form: Any, title: str, label: str) -> HttpResponse:
    """A page with one form of a deal; refused forms come back with what was typed."""
    context = {"deal": found, "form": form, "title": title, "label": label}
    return render(request, "deals/deal_form.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def lead(request: SignedIn, need: str, result: str) -> HttpResponse:
    """A manager keeps a pair in mind; the two owners learn nothing of it."""
    wanted = or_404(visible_needs(request.user).filter(slug=need).first())
    offered = or_404(visible_results(request.user).filter(slug=result).first())
    made = operations.open_lead(need_id=wanted.pk, result_id=offered.pk, actor=request.user)
    messages.success(request, _("已记为线索，只有您看得到。"))
    return redirect("deals:deal", made.slug)


@require_POST
@signed_in
def open_deal(request: SignedIn, introduction: str) -> HttpResponse:
    found: Introduction = or_404(introduction_for(request.user, introduction))
    made = operations.open_deal(found.pk, request.user)
    return redirect("deals:deal", made.slug)


@get_or_post
@signed_in
def jot(request: SignedIn, deal: str) -> HttpResponse:
    found = _found(request, deal)
    form = JotForm(
        request.POST or None, request.FILES or None, may_set_next=permissions.can_set_next(request.user, found)
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(
            form,
            records.jot,
            deal_id=found.pk,
            actor=request.user,
            words=given["text"],
            audience=given["audience"],
            upload=given["file"],
            action=given.get("action", ""),
            on=given.get("on"),
        )
        if done:
            messages.success(request, _("记下了。"))
            return redirect("deals:deal", found.slug)
    return _page(request, found, form, _("记一笔"), _("记下"))


@get_or_post
@signed_in
def meeting(request: SignedIn, deal: str) -> HttpResponse:
    found = _found(request, deal)
    form = MeetingForm(request.POST or None, initial={"at": clock.now()})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, records.add_meeting, deal_id=found.pk, actor=request.user, **form.cleaned_data)
        if done:
            messages.success(request, _("会面已记入经过。"))
            return redirect("deals:deal", found.slug)
    return _page(request, found, form, _("记一次会面"), _("保存"))


@get_or_post
@signed_in
def add_file(request: SignedIn, deal: str) -> HttpResponse:
    found = _found(request, deal)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(
            form,
            records.add_file,
            deal_id=found.pk,
            actor=request.user,
            upload=given["file"],
            audience=given["audience"],
        )
        if done:
            messages.success(request, _("文件已收下，指纹已记入经过。"))
            return redirect("deals:deal", found.slug)
    return _page(request, found, form, _("上传文件"), _("上传"))


@get_or_post
@signed_in
def add_member(request: SignedIn, deal: str) -> HttpResponse:
    found = _found(request, deal)
    sides = [side for side in Side.values if permissions.can_change_team(request.user, found, side)]
    if not sides:
        raise Forbidden("deals.may_not_change_team")
    form = MemberForm(request.POST or None, sides=sides)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        phone = given.pop("phone").strip()
        user = User.objects.filter(phone=phone).first() if phone else None
        given["user_id"] = (user.pk if user else -1) if phone else None
        if attempt(form, records.add_member, deal_id=found.pk, actor=request.user, **given):
            messages.success(request, _("已加入团队。"))
            return redirect("deals:deal", found.slug)
    return _page(request, found, form, _("邀请加入团队"), _("加入"))


@require_POST
@signed_in
def remove_member(request: SignedIn, deal: str, teammember: int) -> HttpResponse:
    found = _found(request, deal)
    member = get_object_or_404(TeamMember, deal=found, pk=teammember)
    records.remove_member(deal_id=found.pk, member_id=member.pk, actor=request.user)
    messages.success(request, _("已移出团队，写过的内容都还在。"))
    return redirect("deals:deal", found.slug)


def targets(user: User, deal: Deal) -> list[str]:
    """The states into which this person may move the deal by hand."""
    if deal.state == State.DISPUTED:
        back = [deal.state_before, State.TERMINATED.value]
        return back if permissions.can_steer(user, deal) else []
    agreed = deal.contract is not None and deal.contract.state == Contract.State.AGREED
    by_another_way = (State.INTRODUCED, State.REGISTERED) + (() if agreed else (State.SIGNED,))
    wanted = [State(to) for to in Deal.NEXT[State(deal.state)] if to not in by_another_way]
    steers, disputes = permissions.can_steer(user, deal), permissions.can_dispute(user, deal)
    return [to.value for to in wanted if steers or (disputes and to == State.DISPUTED)]


@get_or_post
@signed_in
def move(request: SignedIn, deal: str) -> HttpResponse:
    found = _found(request, deal)
    possible = targets(request.user, found)
    if not possible:
        raise Forbidden("deals.may_not_move")
    form = MoveForm(request.POST or None, targets=possible, initial={"was": found.state, "to": (possible or [""])[0]})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, operations.move_deal, deal_id=found.pk, actor=request.user, **form.cleaned_data)
        if done:
            messages.success(request, _("项目转入“%(state)s”。") % {"state": done.get_state_display()})
            return redirect("deals:deal", found.slug)
    return _page(request, found, form, _("推进项目"), _("确定"))


@get_or_post
@signed_in
def register(request: SignedIn, deal: str) -> HttpResponse:
    found = _found(request, deal)
    if not permissions.can_register(request.user, found):
        raise Forbidden("deals.may_not_register")
    form = RegisterForm(request.POST or None, initial={"registered_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, operations.register_deal, deal_id=found.pk, actor=request.user, **form.cleaned_data)
        if done:
            messages.success(request, _("登记编号已记下。"))
            return redirect("deals:deal", found.slug)
    return _page(request, found, form, _("填写合同登记"), _("保存"))


@get_or_post
@signed_in
def draft_contract(request: SignedIn, deal: str) -> HttpResponse:
    """Choose a kind; everything that the deal knows is filled in, and the contract's own form asks for the rest."""
    found = _found(request, deal)
    if not permissions.can_draft_contract(request.user, found):
        raise Forbidden("deals.may_not_draft")
    taken = found.state in Deal.AFTER_SIGNING or (found.contract is not None and found.contract.state != "cancelled")
    payer = found.introduction.payer if found.introduction else ""
    form = DraftForm(request.POST or None, payer=payer, brokerage_only=taken)
    if request.method == "POST" and form.is_valid():
        kind, _sep, sub_kind = form.cleaned_data["kind"].partition(":")
        made = attempt(
            form,
            contracts.draft_deal_contract,
            deal_id=found.pk,
            kind=kind,
            sub_kind=sub_kind,
            client=form.cleaned_data["client"] or "supplier",
            actor=request.user,
        )
        if made:
            messages.success(request, _("已按项目填好知道的内容，请补齐其余。"))
            return redirect("contracts:edit_contract", made.slug)
    return _page(request, found, form, _("起草合同"), _("起草"))
