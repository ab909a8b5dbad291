"""What an association asks, its branches, its members; the application."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinxian.kernel.errors import Forbidden
from yinxian.kernel.export import MOST, export
from yinxian.kernel.http import attempt, signed_in
from yinxian.kernel.uploads import check
from yinxian.network.models import Organisation, User

from .. import permissions
from ..forms.members import BranchForm, JoinForm, ListForm, MemberFilterForm, RulesForm
from ..models import Branch, Member
from ..operations import associations as operations
from ..operations.imports import import_members
from ..operations.members import apply_for_membership
from ..queries import members as queries


def association_at(slug: str) -> Organisation:
    return get_object_or_404(Organisation, slug=slug, kind=Organisation.Kind.ASSOCIATION)


def _kept(request: HttpRequest, slug: str) -> Organisation:
    found = association_at(slug)
    if not permissions.can_set_rules(request.user, found):
        raise Forbidden("alliances.not_yours_to_set")
    return found


@require_GET
def branches(request: HttpRequest, association: str) -> HttpResponse:
    """Who may join, what it costs, and the branches: for anyone."""
    found = association_at(association)
    context = {
        "association": found,
        "rules": queries.rules_of(found),
        "branches": queries.branches_of(found),
        "keeps": permissions.can_set_rules(request.user, found),
        "lists": permissions.can_record_fees(request.user, found),
    }
    return render(request, "alliances/association.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, association: str) -> HttpResponse:
    found = _kept(request, association)
    form = RulesForm(request.POST or None, initial=RulesForm.initial_of(queries.rules_of(found)))
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            operations.set_rules,
            association_id=found.pk,
            actor=cast(User, request.user),
            values=form.values(),
            based_on=form.cleaned_data["based_on"] or 0,
        )
        if made:
            messages.success(request, _("已存为第 %(number)s 版，新的申请按它来。") % {"number": made.number})
            return redirect("alliances:association", association)
    return render(
        request, "alliances/rules.html", {"association": found, "form": form}, status=422 if form.errors else 200
    )


@signed_in
@require_http_methods(["GET", "POST"])
def new_branch(request: HttpRequest, association: str) -> HttpResponse:
    return _branch_page(request, _kept(request, association), None)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_branch(request: HttpRequest, branch: str) -> HttpResponse:
    found = get_object_or_404(Branch.objects.select_related("association", "parent"), slug=branch)
    return _branch_page(request, _kept(request, found.association.slug), found)


def _branch_page(request: HttpRequest, association: Organisation, branch: Branch | None) -> HttpResponse:
    form = BranchForm(request.POST or None, association=association, branch=branch)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            operations.save_branch,
            association_id=association.pk,
            actor=cast(User, request.user),
            values=form.values(),
            branch_id=branch.pk if branch else None,
        )
        if made:
            messages.success(request, _("分会已保存。"))
            return redirect("alliances:association", association.slug)
    context = {"association": association, "branch": branch, "form": form}
    return render(request, "alliances/branch.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def close_branch(request: HttpRequest, branch: str) -> HttpResponse:
    found = get_object_or_404(Branch.objects.select_related("association"), slug=branch)
    operations.close_branch(branch_id=found.pk, actor=cast(User, request.user))
    messages.success(request, _("分会已关。"))
    return redirect("alliances:association", found.association.slug)


@signed_in
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, association: str) -> HttpResponse:
    found, user = association_at(association), cast(User, request.user)
    rules_now = queries.rules_of(found)
    form = JoinForm(request.POST or None, association=found, user=user)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, apply_for_membership, association_id=found.pk, actor=user, **form.values())
        if made:
            messages.success(request, _("申请已送到协会，审核后会通知您。"))
            return redirect("alliances:member", made.slug)
    context = {"association": found, "rules": rules_now, "form": form}
    return render(request, "alliances/join.html", context, status=422 if form.errors else 200)


@signed_in
@require_GET
def members(request: HttpRequest, association: str) -> HttpResponse:
    """The list of members, for those who keep it; ``format`` gives it as a file that the import reads back."""
    found = association_at(association)
    if not permissions.can_record_fees(request.user, found):
        raise Forbidden("alliances.not_yours_to_decide")
    form = MemberFilterForm(request.GET, association=found)
    given = form.cleaned_data if form.is_valid() else {}
    sort = request.GET.get("sort", "")
    rows = queries.members_of_association(
        found,
        text=given.get("q", ""),
        state=given.get("state", ""),
        kind=given.get("kind", ""),
        branch=given.get("branch", ""),
        sort=sort,
    )
    if fmt := request.GET.get("format", ""):
        columns = [_("会员号"), _("名称"), _("类别"), _("手机号"), _("分会"), _("状态"), _("会籍起"), _("会籍止")]
        return export((_row(one) for one in rows[:MOST].iterator()), columns, _("会员名单"), fmt)
    counted = queries.counted_by_state(found)
    context = {
        "association": found,
        "form": form,
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "sort": sort if sort in queries.SORTS else "name",
        "states": [(value, label, counted[value]) for value, label in Member.State.choices if value in counted],
        "keeps": permissions.can_keep_members(request.user, found),
    }
    return render(request, "alliances/members.html", context)


def _row(one: Member) -> list[object]:
    known = one.user if one.user_id else None
    return [
        one.number,
        one.name if one.user_id is None and one.organisation_id is None else one.shown_name,
        one.get_kind_display(),
        one.phone or (known.phone if known else ""),
        one.branch.name if one.branch else "",
        one.get_state_display(),
        one.valid_from,
        one.valid_until,
    ]


@signed_in
@require_http_methods(["GET", "POST"])
def member_import(request: HttpRequest, association: str) -> HttpResponse:
    found = association_at(association)
    if not permissions.can_keep_members(request.user, found):
        raise Forbidden("alliances.not_yours_to_decide")
    form, taken = ListForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        checked = attempt(form, check, file)
        if checked:
            taken = attempt(
                form,
                import_members,
                association_id=found.pk,
                actor=cast(User, request.user),
                data=file.read(),
                file_name=checked.name,
            )
    if taken and not taken.problems:
        said = _("新增 %(added)s 位；%(known)s 位名单上已有，没有改动。")
        messages.success(request, said % {"added": taken.added, "known": taken.known})
        return redirect("alliances:members", association)
    status = 422 if form.errors or taken else 200
    context = {"association": found, "form": form, "taken": taken}
    return render(request, "alliances/member_import.html", context, status=status)
