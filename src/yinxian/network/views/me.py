"""One's own pages."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yinxian.kernel.http import attempt, signed_in

from ..forms import PersonForm, ProfileForm, TokenForm
from ..members import memberships_of
from ..models import ManagerProfile, User
from ..operations.people import make_token, revoke_token, save_person, save_profile


@signed_in
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    initial = {"name": user.name, "name_en": user.name_en, "email": user.email or "", "language": user.language}
    form = PersonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = attempt(form, save_person, actor=user, values=form.cleaned_data)
        if saved:
            messages.success(request, _("已保存。"))
            return redirect("network:profile")
    context = {
        "form": form,
        "token_form": TokenForm(prefix="token"),
        "tokens": user.tokens.order_by("-pk"),
        "memberships": memberships_of(user),
        "manager": ManagerProfile.objects.filter(user=user).first(),
    }
    return render(request, "network/profile.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def manager_profile(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    found = ManagerProfile.objects.filter(user=user).first()
    form = ProfileForm(request.POST or None, initial=ProfileForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        saved = attempt(form, save_profile, actor=user, values=form.cleaned_data | {"tracks": form.tracks()})
        if saved:
            messages.success(request, _("已保存，协作网络里的人现在就能看到。"))
            return redirect("network:manager", saved.slug)
    return render(request, "network/manager_form.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_POST
def new_token(request: HttpRequest) -> HttpResponse:
    """The secret is shown on the answer of this request and never again."""
    form = TokenForm(request.POST, prefix="token")
    if not form.is_valid():
        messages.error(request, _("请写明这个令牌的用途。没有新建。"))
        return redirect("network:profile")
    token, secret = make_token(actor=cast(User, request.user), name=form.cleaned_data["name"])
    return render(request, "network/token.html", {"token": token, "secret": secret})


@signed_in
@require_POST
def drop_token(request: HttpRequest, token: str) -> HttpResponse:
    revoke_token(token_slug=token, actor=cast(User, request.user))
    messages.success(request, _("令牌已作废，用它的程序不能再进来。"))
    return redirect("network:profile")
