"""One's own notices."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinxian.kernel.http import or_404, signed_in
from yinxian.network.models import User

from ..models import Group
from ..operations.reading import choose, mark_all_read, mark_read
from ..queries.notices import Told, notice_for, notices_of, told
from ..queries.preferences import choices_of

PAGE = 25


@signed_in
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    unread = "unread" in request.GET
    group = request.GET.get("group", "")
    found = notices_of(request.user, unread=unread, group=group if group in Group.values else "")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows: list[Told] = told(page.object_list)
    groups = [{"value": value, "label": label, "on": value == group} for value, label in Group.choices]
    return render(
        request, "notifications/notices.html", {"page": page, "rows": rows, "only_unread": unread, "groups": groups}
    )


@signed_in
@require_POST
def open_notice(request: HttpRequest, notice: str) -> HttpResponse:
    """Mark it read and go on to what it is about."""
    found = or_404(notice_for(request.user, notice))
    mark_read(notice_id=found.pk, actor=cast(User, request.user))
    return redirect(found.url or "notifications:notices")


@signed_in
@require_POST
def read(request: HttpRequest, notice: str) -> HttpResponse:
    found = or_404(notice_for(request.user, notice))
    mark_read(notice_id=found.pk, actor=cast(User, request.user))
    return redirect("notifications:notices")


@signed_in
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    count = mark_all_read(actor=cast(User, request.user))
    if count:
        messages.success(request, ngettext("%(n)s 条已标为已读。", "%(n)s 条已标为已读。", count) % {"n": count})
    return redirect("notifications:notices")


@signed_in
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    if request.method == "POST":
        wanted = {
            value: (f"{value}_in_product" in request.POST, f"{value}_by_mail" in request.POST) for value in Group.values
        }
        choose(actor=user, choices=wanted)
        messages.success(request, _("已保存，从下一条通知起照此办理。"))
        return redirect("notifications:preferences")
    return render(request, "notifications/preferences.html", {"choices": choices_of(user), "email": user.email})
