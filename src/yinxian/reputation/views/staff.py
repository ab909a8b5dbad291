"""Who of a university's transfer office shares the 5 % of the reward, by points of a period: try it, then store it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinxian.deals.permissions.milestones import can_store_reward
from yinxian.deals.queries.rewards import reward_of
from yinxian.kernel.errors import Conflict, Forbidden
from yinxian.kernel.export import export, yuan
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.kernel.money import show_percent
from yinxian.network.models import Organisation, User
from yinxian.network.queries.directory import visible_organisation

from ..forms.points import StaffForm
from ..operations.staff import fix_staff
from ..queries.staff import Office, office, people_of

TRIED_FEN = 10_000_000


def _shares(found: Office, fmt: str) -> HttpResponse:
    rows = [[str(one.user), one.points, show_percent(one.bp), yuan(one.example_fen)] for one in found.shares]
    return export(rows, [_("姓名"), _("积分"), _("份额"), _("试算（元）")], _("转移人员份额"), fmt)


def _stored(form: StaffForm, supplier: Organisation, actor: User, chosen: list[int]) -> bool:
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    rule = attempt(form, fix_staff, supplier_id=supplier.pk, actor=actor, people=chosen, since=since, until=until)
    return rule is not None


@signed_in
@require_http_methods(["GET", "POST"])
def staff(request: HttpRequest, supplier: str) -> HttpResponse:
    """With a GET it is tried, with a POST stored."""
    found, actor = or_404(visible_organisation(request.user, supplier)), cast(User, request.user)
    if not can_store_reward(actor, found.pk):
        raise Forbidden("deals.may_not_store_reward")
    if found.kind != Organisation.Kind.SUPPLIER:
        raise Conflict("deals.reward_not_a_supplier")
    members, posted = people_of(found), request.method == "POST"
    given = request.POST if posted else request.GET if "since" in request.GET else None
    form, tried = StaffForm(given, members=members), None
    if given is not None and form.is_valid():
        values = form.cleaned_data
        chosen = [user.pk for user in values["people"]]
        stored = posted and _stored(form, found, actor, chosen)
        if stored:
            messages.success(request, _("转移人员的份额已存进奖励规则；以后签约的项目按它分，已经固定的不变。"))
            return redirect("reputation:staff", supplier)
        if not form.errors:
            fen = values["reward"] or TRIED_FEN
            tried = attempt(form, office, found, chosen, values["since"], values["until"], fen)
    if tried and (fmt := request.GET.get("export")):
        return _shares(tried, fmt)
    context = {
        "supplier": found,
        "form": form,
        "tried": tried,
        "rule": reward_of(organisation_id=found.pk),
    }
    return render(request, "reputation/staff.html", context, status=422 if given is not None and form.errors else 200)
