"""The list of introductions, and each one's page."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yinxian.kernel.export import export
from yinxian.kernel.http import or_404, signed_in
from yinxian.kernel.templatetags.yx import day
from yinxian.market.models import Need, Result

from ..forms.introductions import AlarmForm, FilterForm, InviteForm, MemberAnswerForm, ShareAnswerForm, WithdrawForm
from ..http import SignedIn
from ..models import Introduction
from ..permissions import introductions as permissions
from ..queries import introductions as queries
from ..queries.deals import visible_to as visible_deals
from ..queries.links import live_links
from ..terms import example, terms_of
from ..wording import terms_in_words

PAGE = 25
State = Introduction.State
WAITING = (State.DRAFT, State.SHARES_PENDING, State.OFFERED)


@require_safe
@signed_in
def introduction_list(request: SignedIn) -> HttpResponse:
    form = FilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = queries.listed(
        request.user,
        state=chosen.get("state", ""),
        words=chosen.get("q", ""),
        sort=chosen.get("sort") or "new",
    )
    if fmt := request.GET.get("export"):
        return export((_row(one) for one in found), _columns(), _("引荐"), fmt)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "shares": queries.waiting_shares(request.user),
        "answers": queries.waiting_answers(request.user),
        "may_introduce": permissions.can_introduce(request.user),
    }
    return render(request, "deals/introductions.html", context)


def _columns() -> list[str]:
    return [
        _("编号"),
        _("引荐事项"),
        _("需方"),
        _("供方"),
        _("技术经理人"),
        _("状态"),
        _("发起时间"),
        _("确认时间"),
        _("保护期至"),
    ]


def _row(one: Introduction) -> list[Any]:
    return [
        one.slug,
        one.subject,
        one.buyer.shown_name,
        one.supplier.shown_name,
        str(one.manager),
        one.get_state_display(),
        one.created_at,
        one.acknowledged_at,
        one.protected_until,
    ]


@require_safe
@signed_in
def introduction_page(request: SignedIn, introduction: str) -> HttpResponse:
    found = or_404(queries.introduction_for(request.user, introduction))
    return render(request, "deals/introduction.html", page_context(request, found))


def page_context(request: SignedIn, introduction: Introduction, **forms: Any) -> dict[str, Any]:
    """What the page shows; ``forms`` are those that were refused and keep what was typed."""
    user = request.user
    steers = permissions.can_steer(user, introduction)
    answers = {answer.side: answer for answer in introduction.acknowledgements.all()}
    shares = list(introduction.shares.select_related("user", "organisation"))
    links = live_links(introduction) if steers and introduction.state == State.OFFERED else {}
    rows: list[tuple[str, str, Any, Need | Result]] = [
        ("buyer", _("需方"), introduction.buyer, introduction.need),
        ("supplier", _("供方"), introduction.supplier, introduction.result),
    ]
    sides = [
        {
            "side": side,
            "label": label,
            "organisation": organisation,
            "listing": listing,
            "answer": answers.get(side),
            "link": links.get(side),
            "form": forms.get(f"invite_{side}") or InviteForm(prefix=side),
            "may_answer": introduction.state == State.OFFERED
            and side not in answers
            and permissions.can_speak_for(user, introduction, side),
        }
        for side, label, organisation, listing in rows
    ]
    mine = next((side for side in sides if side["may_answer"]), None)
    terms = terms_of(introduction)
    alarms = queries.alarms_for(user, introduction)
    return {
        "introduction": introduction,
        "steers": steers,
        "sides": sides,
        "shares": shares,
        "my_shares": [share for share in shares if permissions.can_answer_share(user, share)],
        "all_accepted": all(share.accepted_at for share in shares),
        "terms": terms_in_words(terms),
        "example": example(terms, [(share.holder, share.bp) for share in shares], 100_000_000),
        "deal": visible_deals(user).filter(introduction=introduction).exclude(state="terminated").first(),
        "contacts": queries.contacts_for(user, introduction),
        "silent": queries.without_contact(introduction) if steers and introduction.state in WAITING else [],
        "alarms": alarms,
        "alarm_form": forms.get("alarm") or AlarmForm(),
        "may_close_alarm": any(permissions.can_close_alarm(user, alarm) for alarm in alarms[:1]),
        "my_side": mine,
        "answer_form": forms.get("answer") or (MemberAnswerForm(initial={"side": mine["side"]}) if mine else None),
        "share_form": forms.get("share") or ShareAnswerForm(initial={"version": introduction.terms_version}),
        "withdraw_form": forms.get("withdraw") or WithdrawForm(),
        "may_withdraw": steers and introduction.can_move_to(State.WITHDRAWN),
        "steps": steps_of(introduction, shares, answers),
    }


def steps_of(introduction: Introduction, shares: list[Any], answers: dict[str, Any]) -> list[dict[str, Any]]:
    """The introduction's own thread: terms, shares, both answers, protection."""
    state = introduction.state
    reached = {State.DRAFT: 0, State.SHARES_PENDING: 1, State.OFFERED: 2, State.ACKNOWLEDGED: 4}.get(
        State(state), 2 if introduction.offered_at else 1
    )
    accepted = sum(1 for share in shares if share.accepted_at)
    agreed = sum(1 for answer in answers.values() if answer.agreed)
    until = introduction.protected_until
    notes = [
        _("第 %(version)s 版") % {"version": introduction.terms_version},
        _("%(accepted)s / %(all)s 份已同意") % {"accepted": accepted, "all": len(shares)},
        _("%(agreed)s / 2 方已确认") % {"agreed": agreed},
        _("保护期至 %(day)s") % {"day": day(until)} if until else "",
    ]
    labels = [_("拟条款"), _("团队同意分成"), _("双方都确认"), _("引荐成立")]
    return [
        {"label": label, "note": note, "state": "done" if n < reached else "now" if n == reached else "todo"}
        for n, (label, note) in enumerate(zip(labels, notes, strict=True))
    ]
