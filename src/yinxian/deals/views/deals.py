"""The list, the board, a deal's page, its story as a file."""

from __future__ import annotations

import json
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yinxian.journal.pages import remembered
from yinxian.kernel import clock
from yinxian.kernel.export import export, yuan
from yinxian.kernel.http import or_404, signed_in
from yinxian.kernel.money import show_percent

from ..forms.deals import FilterForm, JotForm
from ..http import SignedIn
from ..models import Deal, Side
from ..permissions import deals as permissions
from ..permissions.introductions import can_introduce
from ..permissions.milestones import can_fix_split
from ..queries import deals as queries
from ..queries.milestones import plan_view
from ..queries.rewards import reward_for
from ..queries.steps import next_step
from ..queries.thread import thread
from ..queries.timeline import evidence, facts_for, timeline
from ..queries.trials import trial_of

PAGE = 25
LATEST = 12


@require_safe
@remembered
@signed_in
def deals(request: SignedIn) -> HttpResponse:
    form = FilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    sort = chosen.get("sort") or "-changed"
    found = queries.listed(request.user, state=chosen.get("state", ""), words=chosen.get("q", ""), sort=sort)
    if fmt := request.GET.get("export"):
        return export((_row(deal) for deal in found), _columns(), _("项目"), fmt)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "sort": sort,
        "today": clock.today(),
        "may_open": can_introduce(request.user),
    }
    return render(request, "deals/deals.html", context)


def _columns() -> list[str]:
    return [
        _("编号"),
        _("项目"),
        _("需方"),
        _("供方"),
        _("技术经理人"),
        _("状态"),
        _("金额（元）"),
        _("签约日期"),
        _("登记编号"),
        _("下一步"),
        _("下一步日期"),
    ]


def _row(deal: Deal) -> list[Any]:
    return [
        deal.number,
        deal.title,
        deal.buyer.shown_name,
        deal.supplier.shown_name,
        str(deal.manager),
        deal.get_state_display(),
        yuan(deal.amount_fen),
        deal.signed_on,
        deal.registration_no,
        deal.next_action,
        deal.next_on,
    ]


@require_safe
@remembered
@signed_in
def board(request: SignedIn) -> HttpResponse:
    columns = queries.board(request.user)
    context = {
        "columns": columns,
        "any": any(column.deals for column in columns),
        "today": clock.today(),
        "may_open": can_introduce(request.user),
    }
    return render(request, "deals/deal_board.html", context)


@require_safe
@signed_in
def outlines(request: SignedIn) -> HttpResponse:
    """What an association sees of its members' deals: state, kind, field, amount band; nothing else."""
    found = queries.outlines(request.user)
    if fmt := request.GET.get("export"):
        columns = [_("状态"), _("类别"), _("技术领域"), _("金额区间（万元）")]
        return export(([row.state, row.kind, row.field, row.band] for row in found), columns, _("会员项目概况"), fmt)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "deals/deal_outlines.html", {"page": page})


@require_safe
@remembered
@signed_in
def deal(request: SignedIn, deal: str) -> HttpResponse:
    found = or_404(queries.find(request.user, deal))
    return render(request, "deals/deal.html", page_of(request, found))


def page_of(request: SignedIn, found: Deal, **refused: Any) -> dict[str, Any]:
    """Everything that a deal's page shows to this reader; ``refused`` are forms that keep what was typed."""
    user = request.user
    plan = plan_view(user, found)
    facts, trial = facts_for(found, user, plan.milestones), trial_of(found)
    knots = timeline(found, user, facts=facts)
    whole = "all" in request.GET
    shares = list(found.introduction.shares.select_related("user", "organisation")) if found.introduction else []
    may_set_next = not found.ended and Side.MANAGER.value in facts.sides
    return {
        "deal": found,
        "steps": thread(facts),
        "plan": plan,
        "split": plan.split,
        "knots": knots if whole else knots[:LATEST],
        "hidden": 0 if whole else max(0, len(knots) - LATEST),
        "shares": [f"{share.holder} {show_percent(share.bp).replace('.00%', '%')}" for share in shares],
        "main_contract": facts.contracts.get(found.contract_id or 0),
        "team": [member for member in facts.members.values() if member.left_at is None],
        "files": list(facts.files.values()),
        "brokerage": [
            contract
            for contract in facts.contracts.values()
            if contract.kind in contract.BESIDE and contract.state != contract.State.CANCELLED
        ],
        "trial": trial,
        "next": next_step(user, found, plan, trial),
        "today": clock.today(),
        "after_signing": found.state in Deal.AFTER_SIGNING,
        "may_set_next": may_set_next,
        **_reward(user, found),
        "may_steer": permissions.can_steer(user, found),
        "may_move": not found.ended and permissions.can_dispute(user, found),
        "may_register": permissions.can_register(user, found)
        and found.state in (Deal.State.SIGNED, Deal.State.PERFORMING)
        and not found.registration_no,
        "may_invite": any(permissions.can_change_team(user, found, side) for side in Side.values),
        "may_draft": permissions.can_draft_contract(user, found) and not found.ended and bool(found.introduction_id),
        "jot": JotForm(may_set_next=may_set_next),
        **refused,
    }


def _reward(user: Any, found: Deal) -> dict[str, Any]:
    """Before signing: what the split will be fixed from, for those who may change it."""
    may_store = found.state in Deal.BEFORE_SIGNING and can_fix_split(user, found)
    return {"may_store": may_store, "reward": reward_for(found) if may_store else None}


@require_safe
@signed_in
def deal_evidence(request: SignedIn, deal: str, fmt: str) -> HttpResponse:
    """The story as a file, with each entry's hash and its proof in the sealed journal."""
    found = or_404(queries.find(request.user, deal))
    told = evidence(found, request.user)
    if fmt == "json":
        body = json.dumps(told, ensure_ascii=False, indent=1)
        name = f'attachment; filename="deal-{found.number}.json"'
        return HttpResponse(body, content_type="application/json", headers={"Content-Disposition": name})
    rows = (
        [
            event["at"],
            event["says"],
            event["more"],
            event["entry"]["uid"],
            event["leaf"],
            event["inclusion"]["seal"]["root"] if event["inclusion"] else "",
        ]
        for event in told["events"]
    )
    columns = [_("时间"), _("经过"), _("内容"), _("记录编号"), _("记录指纹"), _("封存根")]
    return export(rows, columns, _("项目经过 %(number)s") % {"number": found.number}, fmt)


@require_safe
@signed_in
def deal_file(request: SignedIn, deal: str, dealfile: str) -> FileResponse:
    """A file as it was handed in; always a download, never shown as a page of ours."""
    found = or_404(queries.find(request.user, deal))
    sides = permissions.sides_of(request.user, found)
    kept = or_404(queries.files_for(found, sides).filter(slug=dealfile).first())
    return FileResponse(kept.file.open("rb"), as_attachment=True, filename=kept.name)
