"""An association's ladder, a level and how one stands before it, and editing what it asks."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import attempt, signed_in
from yinxian.network.models import Organisation, User

from .. import permissions
from ..forms.credentials import ApplyForm
from ..forms.levels import LevelForm
from ..models import Application, Level
from ..operations import levels as operations
from ..operations.applications import apply_for_level
from ..queries.applications import Check, check_for
from ..queries.levels import current_version, levels_of
from .words import asked_in_words, check_in_words


def association_at(slug: str) -> Organisation:
    return get_object_or_404(Organisation, slug=slug, kind=Organisation.Kind.ASSOCIATION)


def _level(slug: str) -> Level:
    return get_object_or_404(Level.objects.select_related("association"), slug=slug)


@require_GET
def ladder(request: HttpRequest, association: str) -> HttpResponse:
    found = association_at(association)
    levels = list(levels_of(found).prefetch_related("versions"))
    steps = [
        {"level": level, "version": (version := level.versions.all()[0]), "asked": asked_in_words(version.requirements)}
        for level in levels
    ]
    context = {"association": found, "steps": steps, "edits": permissions.can_edit_levels(request.user, found)}
    return render(request, "credentials/ladder.html", context)


@signed_in
@require_POST
def standard(request: HttpRequest, association: str) -> HttpResponse:
    found = association_at(association)
    operations.take_standard_levels(association_id=found.pk, actor=cast(User, request.user))
    messages.success(request, _("三级已经建好。学时和业绩还空着，请按本会的规定填。"))
    return redirect("credentials:ladder", association)


@signed_in
@require_http_methods(["GET", "POST"])
def new_level(request: HttpRequest, association: str) -> HttpResponse:
    found, actor = association_at(association), cast(User, request.user)
    if not permissions.can_edit_levels(actor, found):
        raise Forbidden("credentials.not_yours_to_edit")
    form = LevelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, operations.create_level, association_id=found.pk, actor=actor, values=form.values())
        if made:
            messages.success(request, _("级别已建好。"))
            return redirect("credentials:level", made.slug)
    context = {"association": found, "form": form}
    return render(request, "credentials/level_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_level(request: HttpRequest, level: str) -> HttpResponse:
    found, actor = _level(level), cast(User, request.user)
    if not permissions.can_edit_levels(actor, found.association):
        raise Forbidden("credentials.not_yours_to_edit")
    form = LevelForm(request.POST or None, level=found, version=current_version(found))
    if request.method == "POST" and form.is_valid():
        based_on = form.cleaned_data["based_on"] or 0
        edit = operations.edit_level
        if attempt(form, edit, level_id=found.pk, actor=actor, values=form.values(), based_on=based_on):
            messages.success(request, _("新的要求从现在起适用；已经提交的申请仍按原来的版本。"))
            return redirect("credentials:level", level)
    context = {"association": found.association, "level": found, "form": form}
    return render(request, "credentials/level_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def retire_level(request: HttpRequest, level: str) -> HttpResponse:
    found = _level(level)
    operations.retire_level(level_id=found.pk, actor=cast(User, request.user))
    messages.success(request, _("不再受理新的申请；已经颁发的不受影响。"))
    return redirect("credentials:ladder", found.association.slug)


@require_GET
def level(request: HttpRequest, level: str) -> HttpResponse:
    return _level_page(request, _level(level), ApplyForm())


@signed_in
@require_POST
def apply(request: HttpRequest, level: str) -> HttpResponse:
    found, form = _level(level), ApplyForm(request.POST)
    if form.is_valid():
        made = attempt(
            form,
            apply_for_level,
            level_id=found.pk,
            actor=cast(User, request.user),
            statement=form.cleaned_data["statement"],
        )
        if made:
            messages.success(request, _("申请已送到协会，评定后会通知您。"))
            return redirect("credentials:application", made.slug)
    return _level_page(request, found, form, status=422)


def _level_page(request: HttpRequest, found: Level, form: ApplyForm, status: int = 200) -> HttpResponse:
    check: Check | None = None
    open_application: Application | None = None
    if request.user.is_authenticated:
        user = request.user
        check = check_for(user, found)
        open_application = Application.objects.filter(user=user, level=found, state=Application.State.SUBMITTED).first()
    version = check.version if check else current_version(found)
    context: dict[str, Any] = {
        "level": found,
        "version": version,
        "versions": found.versions.select_related("created_by")[:20],
        "asked": asked_in_words(version.requirements),
        "renewal": asked_in_words(version.renewal),
        "check": check,
        "lines": check_in_words(check) if check else [],
        "missing": len(check.missing) if check else 0,
        "open_application": open_application,
        "form": form,
        "edits": permissions.can_edit_levels(request.user, found.association),
    }
    return render(request, "credentials/level.html", context, status=status)
