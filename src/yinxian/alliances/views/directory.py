"""The directory: for anyone what each person shows, for the network all of it; one's own card."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinxian.kernel.errors import Forbidden
from yinxian.kernel.export import export
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.market.permissions import reviewed_associations
from yinxian.network.models import ManagerProfile, Organisation, User
from yinxian.network.permissions import can_manage

from ..forms.cards import CardForm, LicenceForm
from ..models import Card, Licence
from ..operations import cards as operations
from ..permissions import can_keep_members
from ..queries import directory as queries
from ..queries.shelf import NETWORK, PUBLIC
from .associations import association_at


def _number(request: HttpRequest) -> int:
    given = request.GET.get("page", "1")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 7 else 1


@require_GET
def directory(request: HttpRequest) -> HttpResponse:
    """Search, facets, sort and pages; a fragment for htmx."""
    answer = queries.directory(request.user, request.GET, page=_number(request))
    context = {
        "answer": answer,
        "sorts": queries.SORT_LABELS.items(),
        "q": request.GET.get("q", "")[:60],
        "network": queries.side_of(request.user) == NETWORK,
        "kept": Organisation.objects.filter(pk__in=reviewed_associations(request.user)).order_by("name"),
    }
    fragment = request.headers.get("HX-Target") == "found"
    return render(request, "alliances/_directory.html" if fragment else "alliances/directory.html", context)


@signed_in
@require_GET
def directory_file(request: HttpRequest, association: str, form: str) -> HttpResponse:
    """An association's own managers as a file, by the same filters."""
    found = association_at(association)
    if not can_keep_members(request.user, found):
        raise Forbidden("alliances.not_yours_to_decide")
    answer = queries.directory(request.user, request.GET, size=queries.MOST_IN_FILE, association_id=found.pk)
    columns = [
        _("姓名"),
        _("职业"),
        _("所在单位"),
        _("技术领域"),
        _("服务地区"),
        _("语言"),
        _("级别"),
        _("在办"),
        _("还能接"),
    ]
    rows = (
        [
            one.name,
            one.card.get_profession_display(),
            one.organisation,
            [track["name"] for track in one.tracks],
            one.regions,
            one.languages,
            one.level,
            one.card.open_deals,
            one.free,
        ]
        for one in answer.cards
    )
    return export(rows, columns, _("名录"), form)


@require_GET
def card(request: HttpRequest, card: str) -> HttpResponse:
    one = or_404(queries.visible_card(request.user, card))
    anyone = one.card.audience == Card.Audience.PUBLIC
    public = queries.shown(one.card, PUBLIC)
    reviewing = reviewed_associations(request.user)
    context = {
        "one": one,
        "own": queries.is_own(request.user, one.card),
        "public": public if anyone else None,
        "shown_parts": [label for part, label in Card.Part.choices if part in one.card.shows],
        "json_ld": queries.json_ld(public) if anyone else "",
        "checks": bool(reviewing) and one.card.user_id != request.user.pk,
    }
    return render(request, "alliances/card.html", context)


@require_GET
def manager_card(request: HttpRequest, manager: str) -> HttpResponse:
    """The card of a manager, by the number of the profile: for who may not read the profile itself."""
    found = get_object_or_404(Card, user__manager_profile__slug=manager)
    return redirect("alliances:card", or_404(queries.visible_card(request.user, found.slug)).card.slug)


@signed_in
@require_http_methods(["GET", "POST"])
def my_card(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    mine = Card.objects.filter(user=user).first()
    manager = ManagerProfile.objects.filter(user=user).exists()
    return _card_page(request, mine, CardForm(request.POST or None, card=mine, manager=manager), {})


@signed_in
@require_http_methods(["GET", "POST"])
def body_card(request: HttpRequest, organisation: str) -> HttpResponse:
    """The card of an alumni body, kept by its administrators."""
    place = get_object_or_404(Organisation, slug=organisation)
    if not can_manage(request.user, place):
        raise Forbidden("alliances.not_your_card")
    mine = Card.objects.filter(organisation=place).first()
    form = CardForm(request.POST or None, card=mine, manager=False, body=True)
    return _card_page(request, mine, form, {"organisation": place})


def _card_page(request: HttpRequest, mine: Card | None, form: CardForm, context: dict[str, Any]) -> HttpResponse:
    place = context.get("organisation")
    if request.method == "POST" and form.is_valid():
        actor, whose = cast(User, request.user), place.pk if place else None
        made = attempt(form, operations.save_card, actor=actor, values=form.values(), organisation_id=whose)
        if made:
            messages.success(request, _("已保存，现在起按您的选择显示。"))
            return redirect("alliances:card", made.slug)
    licences = mine.licences.all() if mine else []
    context = {"form": form, "mine": mine, "licences": licences, "licence_form": LicenceForm()} | context
    return render(request, "alliances/my_card.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def add_licence(request: HttpRequest, card: str) -> HttpResponse:
    mine, form = get_object_or_404(Card, slug=card), LicenceForm(request.POST)
    if not queries.is_own(request.user, mine):
        raise Forbidden("alliances.not_your_card")
    actor = cast(User, request.user)
    made: Licence | None = None
    if form.is_valid():
        made = attempt(form, operations.add_licence, card_id=mine.pk, actor=actor, values=form.cleaned_data)
    if made:
        messages.success(request, _("执业证书已记下；协会核对原件后会标明。"))
    else:
        messages.error(request, _("没有记下：名称、证号和发证机关都要写，日期要是真的。"))
    return redirect("alliances:my_card") if mine.user_id else redirect("alliances:card", card)


@signed_in
@require_POST
def licence(request: HttpRequest, licence: str) -> HttpResponse:
    """``act`` is drop (the holder's) or check (an association's reviewer has seen the original)."""
    found = get_object_or_404(Licence.objects.select_related("card"), slug=licence)
    or_404(queries.visible_card(request.user, found.card.slug))
    actor = cast(User, request.user)
    if request.POST.get("act") == "drop":
        operations.drop_licence(licence_id=found.pk, actor=actor)
        messages.success(request, _("已删去。"))
        return redirect("alliances:my_card")
    reviewing = sorted(reviewed_associations(actor))
    if not reviewing:
        raise Forbidden("alliances.not_yours_to_check")
    operations.check_licence(licence_id=found.pk, actor=actor, association_id=reviewing[0])
    messages.success(request, _("已标明：原件已核对。"))
    return redirect("alliances:card", found.card.slug)
