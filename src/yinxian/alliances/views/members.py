"""One membership: its own page for the member and the association; what one may do there."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yinxian.kernel import clock
from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.market.permissions import reviewed_associations
from yinxian.network.models import Organisation, User

from .. import permissions
from ..forms.members import AnswerForm, FeeForm, LeaveForm, MemberForm
from ..models import Member
from ..operations import members as operations
from ..operations.fees import record_fee
from ..queries import members as queries
from ..queries.obligations import obligations_of


@signed_in
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """My memberships, those I administer, those on a taken-over list that are mine, and where I could apply."""
    user = cast(User, request.user)
    own = list(queries.own_members(user)[:50])
    there = {one.association_id for one in own if one.state in Member.OPEN and one.user_id}
    context = {
        "members": own,
        "claimable": queries.claimable(user)[:10],
        "associations": [one for one in queries.open_associations()[:50] if one.pk not in there],
        "kept": Organisation.objects.filter(pk__in=reviewed_associations(user)).order_by("name"),
    }
    return render(request, "alliances/mine.html", context)


@signed_in
@require_GET
def member(request: HttpRequest, associationmember: str) -> HttpResponse:
    return _page(request, or_404(queries.visible_member(request.user, associationmember)))


def _page(request: HttpRequest, found: Member, status: int = 200, **forms: Any) -> HttpResponse:
    user, association = request.user, found.association
    keeps, own = permissions.can_keep_members(user, association), permissions.is_own(user, found)
    records = permissions.can_record_fees(user, association)
    current = found.state in (Member.State.ACTIVE, Member.State.LAPSED)
    obligations = obligations_of(found) if current and (own or keeps) else []
    questions = found.rules.questions if found.rules else []
    context = {
        "member": found,
        "own": own,
        "keeps": keeps,
        "decides": keeps and not own and found.state == Member.State.APPLIED,
        "answers": [(one["label"], found.answers.get(one["key"], "")) for one in questions],
        "fees": found.fees.select_related("recorded_by"),
        "obligations": obligations,
        "current": current,
        "left": found.days_left(clock.today()) if current else None,
        "answer_form": AnswerForm(),
        "fee_form": FeeForm(member=found) if records and current else None,
        "edit_form": MemberForm(member=found) if keeps and current else None,
        "leave_form": LeaveForm() if current and (own or keeps) and not obligations else None,
    }
    return render(request, "alliances/member.html", context | forms, status=status)


@signed_in
@require_POST
def decide(request: HttpRequest, associationmember: str) -> HttpResponse:
    found, form = or_404(queries.visible_member(request.user, associationmember)), AnswerForm(request.POST)
    if not permissions.can_keep_members(request.user, found.association):
        raise Forbidden("alliances.not_yours_to_decide")
    accept = request.POST.get("answer") == "accept"
    if request.POST.get("answer") not in ("accept", "refuse"):
        messages.error(request, _("请选择通过或不通过。没有改动。"))
        return redirect("alliances:member", associationmember)
    if form.is_valid():
        made = attempt(
            form,
            operations.decide_application,
            member_id=found.pk,
            actor=cast(User, request.user),
            accept=accept,
            reason=form.cleaned_data["reason"],
        )
        if made:
            messages.success(request, _("已通过，会员号也给了。") if accept else _("已答复申请人。"))
            return redirect("alliances:member", associationmember)
    return _page(request, found, 422, answer_form=form)


@signed_in
@require_POST
def fee(request: HttpRequest, associationmember: str) -> HttpResponse:
    found = or_404(queries.visible_member(request.user, associationmember))
    if not permissions.can_record_fees(request.user, found.association):
        raise Forbidden("alliances.not_yours_to_record")
    form = FeeForm(request.POST, member=found)
    if form.is_valid():
        given = dict(form.cleaned_data)
        amount = given.pop("amount") or 0
        actor = cast(User, request.user)
        if attempt(form, record_fee, member_id=found.pk, actor=actor, amount_fen=amount, **given):
            messages.success(request, _("会费已登记，会籍已顺延。"))
            return redirect("alliances:member", associationmember)
    return _page(request, found, 422, fee_form=form)


@signed_in
@require_POST
def edit(request: HttpRequest, associationmember: str) -> HttpResponse:
    found = or_404(queries.visible_member(request.user, associationmember))
    if not permissions.can_keep_members(request.user, found.association):
        raise Forbidden("alliances.not_yours_to_decide")
    form = MemberForm(request.POST, member=found)
    if form.is_valid():
        actor = cast(User, request.user)
        if attempt(form, operations.edit_member, member_id=found.pk, actor=actor, values=form.values()):
            messages.success(request, _("已保存。"))
            return redirect("alliances:member", associationmember)
    return _page(request, found, 422, edit_form=form)


@signed_in
@require_POST
def leave(request: HttpRequest, associationmember: str) -> HttpResponse:
    found, form = or_404(queries.visible_member(request.user, associationmember)), LeaveForm(request.POST)
    if form.is_valid():
        reason, actor = form.cleaned_data["reason"], cast(User, request.user)
        if attempt(form, operations.leave, member_id=found.pk, actor=actor, reason=reason):
            messages.success(request, _("会籍已结束，以前的记录都还在。"))
            return redirect("alliances:member", associationmember)
    return _page(request, found, 422, leave_form=form)


@signed_in
@require_POST
def withdraw(request: HttpRequest, associationmember: str) -> HttpResponse:
    found = or_404(queries.visible_member(request.user, associationmember))
    operations.withdraw_application(member_id=found.pk, actor=cast(User, request.user))
    messages.success(request, _("申请已撤回。"))
    return redirect("alliances:mine")


@signed_in
@require_POST
def claim(request: HttpRequest, associationmember: str) -> HttpResponse:
    """One's own row on a list that was taken over: found by the verified number, so it is not visible before."""
    found = get_object_or_404(queries.claimable(cast(User, request.user)), slug=associationmember)
    operations.claim_membership(member_id=found.pk, actor=cast(User, request.user))
    messages.success(request, _("已认领，会籍归您名下。"))
    return redirect("alliances:member", associationmember)
