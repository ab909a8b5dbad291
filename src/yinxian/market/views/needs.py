"""Pages of one need, except its briefs and evidence."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinxian.kernel.errors import Forbidden, Invalid
from yinxian.kernel.http import attempt, or_404, signed_in

from ..forms.listings import ManagerForm, NeedForm, NewNeedForm, PartyForm, ReviewForm
from ..intake.siblings import siblings
from ..models import Need
from ..operations import needs as operations
from ..operations.grants import name_party
from ..operations.needs import BY_HAND, TRANSLATED_AGAIN, edit_need
from ..operations.taking_in import TakenIn, take_in
from ..queries.details import grants_on, managers_to_choose, may_write_for, need_for
from .pages import done_or_told, json_ld, me, qr, teaser_of

BACK = "market:need"
STEPS = (
    (("submitted", "verifying"), Need.State.VERIFYING),
    (("translating", "rediagnosis"), Need.State.TRANSLATING),
    (("confirmed", "hold", "rejected"), Need.State.CONFIRMED),
    (("published", "expired"), Need.State.PUBLISHED),
    (("matching", "tracking"), Need.State.MATCHING),
    (("solved", "closed"), Need.State.SOLVED),
)


@require_GET
def need(request: HttpRequest, need: str) -> HttpResponse:
    return _page(request, or_404(need_for(request.user, need)))


def _thread(state: str) -> list[dict[str, str]]:
    """Where the need stands on its way, for the lying thread."""
    place = next(index for index, (states, _label) in enumerate(STEPS) if state in states)
    names = dict(Need.State.choices)
    return [
        {
            "label": str(names[state] if index == place else label.label),
            "state": "done" if index < place or state == "solved" else "now" if index == place else "todo",
        }
        for index, (_states, label) in enumerate(STEPS)
    ]


def _page(request: HttpRequest, detail: Any, status: int = 200, **forms: Any) -> HttpResponse:
    teaser, listing = teaser_of(detail), detail.listing
    moves = [state for state in listing.NEXT[listing.state] if state in BY_HAND] if detail.can_edit else []
    names = dict(Need.State.choices)
    context = {
        "one": detail.shown,
        "detail": detail,
        "teaser": teaser,
        "json_ld": json_ld(teaser) if teaser else "",
        "steps": _thread(listing.state) if detail.shown.named else [],
        "moves": [{"value": state, "label": names[state]} for state in moves],
        "grants": grants_on(listing) if detail.can_sign_off else [],
        "review_form": forms.get("review_form") or (ReviewForm() if detail.can_review else None),
        "party_form": forms.get("party_form") or PartyForm(),
        "manager_form": _manager_form(detail, None) if detail.can_sign_off else None,
    }
    return render(request, "market/need.html", context, status=status)


def _manager_form(detail: Any, given: Any) -> ManagerForm:
    manager = detail.listing.manager
    return ManagerForm(given, managers=managers_to_choose(), initial={"manager": manager.slug if manager else None})


@require_GET
def need_qr(request: HttpRequest, need: str) -> HttpResponse:
    return qr("need", or_404(need_for(request.user, need)).shown.slug)


@signed_in
@require_http_methods(["GET", "POST"])
def new_need(request: HttpRequest) -> HttpResponse:
    owners = may_write_for(me(request))
    if not owners:
        raise Forbidden("market.nobody_to_write_for")
    acting = getattr(request, "acting", None)
    initial = {"owner": acting.slug if acting else None}
    form = NewNeedForm(request.POST or None, request.FILES or None, owners=owners, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, _take_in, request, form.cleaned_data)
        if made:
            messages.success(request, _("原话已收下，需求书第一稿也写好了。看看哪里还要问。"))
            if several := len(siblings(made.need.raw_words)):
                said = _("原话里写了 %(count)s 条需求，需求书按一条来写。要分开，请逐条录入，或者放进表格用“导入”。")
                messages.warning(request, said % {"count": several})
            if made.cut:
                messages.warning(request, _("文件很长，只读了前 20 万字；原文件已完整保留。更多的请另存为一条需求。"))
            return redirect("market:brief", made.need.slug)
    status = 422 if form.errors else 200
    return render(request, "market/need_new.html", {"form": form}, status=status)


def _take_in(request: HttpRequest, given: dict[str, Any]) -> TakenIn:
    values = {name: given[name] for name in ("contact_name", "contact_phone")}
    return take_in(
        owner_id=given["owner"].pk,
        actor=me(request),
        typed=given["raw_words"],
        file=given.get("raw_file"),
        title=given["title"],
        values=values,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def edit_need_page(request: HttpRequest, need: str) -> HttpResponse:
    detail = or_404(need_for(request.user, need))
    if not detail.can_edit:
        raise Forbidden("market.not_yours")
    listing = detail.listing
    form = NeedForm(request.POST or None, initial=NeedForm.initial_of(listing))
    if request.method == "POST" and form.is_valid():
        values, seen = form.keep_finer(listing, form.values()), form.cleaned_data["seen"]
        if attempt(form, edit_need, need_id=listing.pk, actor=me(request), values=values, seen=seen):
            messages.success(request, _("已保存。"))
            return redirect(BACK, listing.slug)
    context = {"form": form, "one": detail.shown, "again": listing.state in TRANSLATED_AGAIN}
    return render(request, "market/need_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def move_need(request: HttpRequest, need: str) -> HttpResponse:
    pk = or_404(need_for(request.user, need)).listing.pk
    act = partial(operations.move_need, need_id=pk, actor=me(request), state=request.POST.get("state", ""))
    return done_or_told(request, act, _("已改好需求的状态。"), BACK, need)


@signed_in
@require_POST
def renew_need(request: HttpRequest, need: str) -> HttpResponse:
    pk = or_404(need_for(request.user, need)).listing.pk
    act = partial(operations.renew_need, need_id=pk, actor=me(request))
    return done_or_told(request, act, _("已续期一年。"), BACK, need)


@signed_in
@require_POST
def assign_manager(request: HttpRequest, need: str) -> HttpResponse:
    detail = or_404(need_for(request.user, need))
    form = _manager_form(detail, request.POST)
    if not form.is_valid():
        raise Invalid("market.not_a_manager", field="manager")
    manager = form.cleaned_data["manager"]
    act = partial(
        operations.assign_manager,
        need_id=detail.listing.pk,
        actor=me(request),
        manager_id=manager.pk if manager else None,
    )
    return done_or_told(request, act, _("已更换负责经理人。"), BACK, need)


@signed_in
@require_POST
def review_need(request: HttpRequest, need: str) -> HttpResponse:
    detail = or_404(need_for(request.user, need))
    form = ReviewForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        if attempt(form, operations.review_need, need_id=detail.listing.pk, actor=me(request), **given):
            messages.success(request, _("已记下您的决定。"))
            return redirect("market:review_queue")
    return _page(request, detail, 422, review_form=form)


@signed_in
@require_POST
def name_need_party(request: HttpRequest, need: str) -> HttpResponse:
    detail = or_404(need_for(request.user, need))
    form = PartyForm(request.POST)
    pk, party = detail.listing.pk, form.data.get("party", "")
    if form.is_valid() and attempt(form, name_party, need_id=pk, party=party, actor=me(request)) is not None:
        messages.success(request, _("已指定，对方现在能看到全部内容和联系方式。"))
        return redirect(BACK, need)
    return _page(request, detail, 422, party_form=form)
