"""Organisations: the directory, one's own, members, admission."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import attempt, or_404, signed_in

from .. import permissions
from ..forms import AdmissionForm, MemberForm, OrganisationForm
from ..models import Membership, Organisation, User
from ..operations import organisations as operations
from ..queries import directory


def _seen(request: HttpRequest, slug: str) -> Organisation:
    return or_404(directory.visible_organisation(request.user, slug))


@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    found = directory.organisations(
        text=request.GET.get("q", "")[:60], kind=kind if kind in Organisation.Kind.values else ""
    )
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    return render(
        request, "network/organisations.html", {"page": page, "kinds": Organisation.Kind.choices, "kind": kind}
    )


@require_GET
def organisation(request: HttpRequest, organisation: str) -> HttpResponse:
    found = _seen(request, organisation)
    manages = permissions.can_manage(request.user, found)
    reviews = permissions.can_admit(request.user, found)
    context = {
        "organisation": found,
        "manages": manages,
        "members": directory.members_shown(found) if manages else [],
        "member_form": MemberForm(),
        "roles": Membership.Role.choices,
        "admission_form": AdmissionForm() if manages and not found.in_network else None,
        "applicants": found.applicants.order_by("name") if reviews else [],
    }
    return render(request, "network/organisation.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def new_organisation(request: HttpRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, operations.create_organisation, actor=cast(User, request.user), values=form.cleaned_data)
        if made:
            return redirect("network:organisation", made.slug)
    return render(request, "network/organisation_form.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_organisation(request: HttpRequest, organisation: str) -> HttpResponse:
    found = _seen(request, organisation)
    if not permissions.can_manage(request.user, found):
        raise Forbidden("network.not_admin")
    form = OrganisationForm(request.POST or None, instance=found)
    form.fields["kind"].disabled = True
    if request.method == "POST" and form.is_valid():
        edit = operations.edit_organisation
        if attempt(form, edit, organisation_id=found.pk, actor=cast(User, request.user), values=form.cleaned_data):
            messages.success(request, _("已保存。"))
            return redirect("network:organisation", organisation)
    context = {"form": form, "organisation": found}
    return render(request, "network/organisation_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def add_member(request: HttpRequest, organisation: str) -> HttpResponse:
    found, form, actor = _seen(request, organisation), MemberForm(request.POST), cast(User, request.user)
    if form.is_valid():
        added = attempt(form, operations.add_member, organisation_id=found.pk, actor=actor, **form.cleaned_data)
        if added:
            messages.success(request, _("已加入。对方用这个手机号和验证码就能登录。"))
            return redirect("network:organisation", organisation)
    if not permissions.can_manage(request.user, found):
        raise Forbidden("network.not_admin")
    context = {"organisation": found, "manages": True, "members": directory.members_shown(found), "member_form": form}
    return render(request, "network/organisation.html", context | {"roles": Membership.Role.choices}, status=422)


@signed_in
@require_POST
def change_member(request: HttpRequest, membership: int) -> HttpResponse:
    """``role`` is the new role; without one the membership ends."""
    found = get_object_or_404(Membership.objects.select_related("organisation"), pk=membership, ended_at=None)
    _seen(request, found.organisation.slug)
    role = request.POST.get("role")
    if role is not None and role not in Membership.Role.values:
        role = found.role
    operations.change_member(membership_id=found.pk, actor=cast(User, request.user), role=role)
    messages.success(request, _("已改好。"))
    return redirect("network:organisation", found.organisation.slug)


@signed_in
@require_POST
def apply(request: HttpRequest, organisation: str) -> HttpResponse:
    found, form = _seen(request, organisation), AdmissionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("没有这个协会。没有改动。"))
        return redirect("network:organisation", organisation)
    association = form.cleaned_data["association"]
    operations.apply_for_admission(
        organisation_id=found.pk, association_id=association.pk, actor=cast(User, request.user)
    )
    messages.success(request, _("申请已送到协会，审核后会通知您。"))
    return redirect("network:organisation", organisation)


@signed_in
@require_POST
def decide(request: HttpRequest, organisation: str) -> HttpResponse:
    """The association's answer: ``answer`` is admit or decline."""
    found = _seen(request, organisation)
    association = found.applied_to
    if not permissions.can_admit(request.user, association):
        raise Forbidden("network.not_reviewer")
    if request.POST.get("answer") not in ("admit", "decline"):
        messages.error(request, _("请选择接纳或婉拒。没有改动。"))
        return redirect("network:organisation", association.slug if association else organisation)
    admit = request.POST["answer"] == "admit"
    operations.decide_admission(organisation_id=found.pk, actor=cast(User, request.user), admit=admit)
    messages.success(request, _("已接纳。") if admit else _("已婉拒。"))
    return redirect("network:organisation", association.slug if association else organisation)
