"""Studios: the list, the public page, and what owner and members do."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinxian.kernel.errors import Forbidden
from yinxian.kernel.export import export
from yinxian.kernel.fields import Field
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.network.members import is_manager
from yinxian.network.models import User

from ..forms.studios import CaseForm, InviteForm, MembershipForm, MessageForm, StudioFilterForm, StudioForm
from ..models import Studio, StudioCase
from ..operations import studios as operations
from ..permissions import is_in_studio
from ..queries import studios as queries

MOST_IN_FILE = 10_000


@require_GET
def studios(request: HttpRequest) -> HttpResponse:
    form = StudioFilterForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    rows = queries.studios(
        request.user,
        text=given.get("q", ""),
        region=given.get("region", ""),
        field=given.get("field", ""),
        sort=request.GET.get("sort", ""),
    )
    fields = dict(Field.choices)
    if fmt := request.GET.get("format", ""):
        columns = [_("编号"), _("名称"), _("英文名称"), _("地区"), _("技术领域"), _("案例数"), _("公开")]
        return export((_row(one, fields) for one in rows[:MOST_IN_FILE]), columns, _("工作室"), fmt)
    page = Paginator(rows, 24).get_page(request.GET.get("page"))
    shown = [(one, [fields[code] for code in one.tracks if code in fields]) for one in page]
    context = {"form": form, "page": page, "studios": shown, "may_found": is_manager(request.user)}
    return render(request, "alliances/studios.html", context)


def _row(one: Studio, fields: dict[str, Any]) -> list[Any]:
    tracks = [str(fields[code]) for code in one.tracks if code in fields]
    cases = getattr(one, "case_count", 0)
    return [one.slug, one.name, one.name_en, one.region_name, tracks, cases, one.published]


@require_GET
def studio(request: HttpRequest, studio: str) -> HttpResponse:
    return _page(request, or_404(queries.visible_studio(request.user, studio)))


def _page(request: HttpRequest, found: Studio, status: int = 200, **forms: Any) -> HttpResponse:
    inside, mine = is_in_studio(request.user, found), queries.invitation_of(request.user, found)
    named = list(queries.shown_members(found))
    fields = dict(Field.choices)
    context = {
        "studio": found,
        "tracks": [fields[code] for code in found.tracks if code in fields],
        "named": named,
        "cases": queries.cases_of(found),
        "own": found.owner_id == request.user.pk,
        "inside": inside,
        "mine": mine,
        "members": found.members.filter(left_at=None).select_related("user") if inside else [],
        "letters": found.messages.all()[:50] if inside else [],
        "json_ld": queries.json_ld(found, [one.user.shown_name for one in named]) if found.published else "",
        "message_form": MessageForm() if found.published and not inside else None,
        "invite_form": InviteForm(),
        "membership_form": MembershipForm(initial={"shown": mine.shown}) if mine else None,
        "case_form": CaseForm(user=cast(User, request.user), studio=found) if inside else None,
    }
    return render(request, "alliances/studio.html", context | forms, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def new_studio(request: HttpRequest) -> HttpResponse:
    if not is_manager(request.user):
        raise Forbidden("alliances.managers_found_studios")
    return _form(request, None)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_studio(request: HttpRequest, studio: str) -> HttpResponse:
    found = or_404(queries.visible_studio(request.user, studio))
    if found.owner_id != request.user.pk:
        raise Forbidden("alliances.not_studio_owner")
    return _form(request, found)


def _form(request: HttpRequest, found: Studio | None) -> HttpResponse:
    form = StudioForm(request.POST or None, initial=StudioForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            operations.save_studio,
            actor=cast(User, request.user),
            values=form.cleaned_data,
            studio_id=found.pk if found else None,
        )
        if made:
            messages.success(request, _("已保存。"))
            return redirect("alliances:studio", made.slug)
    context = {"form": form, "studio": found}
    return render(request, "alliances/studio_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def invite(request: HttpRequest, studio: str) -> HttpResponse:
    found, form = or_404(queries.visible_studio(request.user, studio)), InviteForm(request.POST)
    if found.owner_id != request.user.pk:
        raise Forbidden("alliances.not_studio_owner")
    if form.is_valid():
        user, role, actor = form.cleaned_data["manager"], form.cleaned_data["role"], request.user
        if attempt(form, operations.invite, studio_id=found.pk, actor=actor, user_id=user.pk, role=role):
            messages.success(request, _("已邀请，对方同意后就是成员。"))
            return redirect("alliances:studio", studio)
    return _page(request, found, 422, invite_form=form)


@signed_in
@require_POST
def answer(request: HttpRequest, studio: str) -> HttpResponse:
    """``act`` is join (with ``shown``) or leave."""
    found = or_404(queries.visible_studio(request.user, studio))
    join, shown = request.POST.get("act") == "join", bool(request.POST.get("shown"))
    operations.answer_invitation(studio_id=found.pk, actor=cast(User, request.user), join=join, shown=shown)
    messages.success(request, _("已按您的选择办好。"))
    return redirect("alliances:studio", studio) if join or found.published else redirect("alliances:studios")


@signed_in
@require_POST
def add_case(request: HttpRequest, studio: str) -> HttpResponse:
    found, user = or_404(queries.visible_studio(request.user, studio)), cast(User, request.user)
    if not is_in_studio(user, found):
        raise Forbidden("alliances.not_in_studio")
    form = CaseForm(request.POST, user=user, studio=found)
    if form.is_valid():
        deal = form.cleaned_data["deal"]
        if attempt(form, operations.add_case, studio_id=found.pk, actor=user, deal_id=deal.pk):
            messages.success(request, _("已加到主页；只写登记上有的，不写双方是谁。"))
            return redirect("alliances:studio", studio)
    return _page(request, found, 422, case_form=form)


@signed_in
@require_POST
def drop_case(request: HttpRequest, case: int) -> HttpResponse:
    found = get_object_or_404(StudioCase.objects.select_related("studio"), pk=case)
    operations.drop_case(case_id=found.pk, actor=cast(User, request.user))
    messages.success(request, _("已从主页撤下。"))
    return redirect("alliances:studio", found.studio.slug)


@require_POST
def contact(request: HttpRequest, studio: str) -> HttpResponse:
    """From anyone. What a program has filled in goes nowhere, and it is not told so."""
    found, form = or_404(queries.visible_studio(request.user, studio)), MessageForm(request.POST)
    if form.is_valid():
        given = dict(form.cleaned_data)
        actor = request.user if request.user.is_authenticated else None
        if given.pop("website") or attempt(form, operations.leave_message, studio_id=found.pk, actor=actor, **given):
            messages.success(request, _("已转给工作室，他们会按您留的方式联系您。"))
            return redirect("alliances:studio", studio)
    return _page(request, found, 422, message_form=form)
