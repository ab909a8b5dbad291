"""The people of a term, their fees, and the list of a meeting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinxian.kernel import clock
from yinxian.kernel.errors import Refusal
from yinxian.kernel.export import export, yuan
from yinxian.kernel.http import attempt, signed_in
from yinxian.kernel.money import show_yuan

from .. import permissions
from ..asked import actor, rolled_session_at, rolled_term_at
from ..forms.courses import FeeForm, ReasonForm
from ..models import Enrolment, Term
from ..operations import attendance, enrolments
from ..queries import rolls as queries
from ..queries.courses import sessions_of

MOST_IN_FILE = 5000


@signed_in
@require_GET
def people(request: HttpRequest, term: str) -> HttpResponse:
    """Who has a seat, who waits, how much each attended."""
    return _people(request, rolled_term_at(request, term))


def _people(
    request: HttpRequest, found: Term, *, wrong: Enrolment | None = None, form: Any = None, status: int = 200
) -> HttpResponse:
    state, sort = request.GET.get("state", ""), request.GET.get("sort", "")
    rows = queries.people_of(found, state=state, sort=sort)
    if fmt := request.GET.get("format", ""):
        lines = queries.sheet(found, list(rows[:MOST_IN_FILE]))
        edits = permissions.can_edit(request.user, found.course)
        columns = [
            _("编号"),
            _("姓名"),
            _("手机号"),
            _("状态"),
            _("报名时间"),
            _("出勤（分钟）"),
            _("出勤（%）"),
            _("已交学费（元）"),
            _("到账日期"),
            _("凭证"),
        ]
        return export((_row(line, edits) for line in lines), columns, _("学员名单"), fmt)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {
        "term": found,
        "page": page,
        "lines": queries.sheet(found, list(page.object_list)),
        "sessions": sessions_of(found),
        "states": Enrolment.State.choices,
        "state": state,
        "edits": permissions.can_edit(request.user, found.course),
        "wrong": wrong,
        "form": form,
        "now": clock.now(),
    }
    return render(request, "training/people.html", context, status=status)


def _row(line: queries.Line, edits: bool) -> list[object]:
    """Numbers of phones are for the association; a teacher gets the rest."""
    one = line.enrolment
    return [
        one.slug,
        one.user.get_full_name(),
        one.user.phone if edits else "",
        one.get_state_display(),
        one.asked_at,
        line.minutes,
        line.percent,
        yuan(one.paid_fen),
        one.paid_on,
        one.paid_note,
    ]


def _own(request: HttpRequest, slug: str) -> Enrolment:
    found = get_object_or_404(Enrolment.objects.select_related("term__course__association", "user"), slug=slug)
    if not permissions.can_edit(request.user, found.term.course):
        raise Http404
    return found


@signed_in
@require_http_methods(["GET", "POST"])
def fee(request: HttpRequest, enrolment: str) -> HttpResponse:
    """What a learner paid, as the association's books say."""
    found = _own(request, enrolment)
    first = {"paid": show_yuan(found.paid_fen or found.term.fee_fen), "paid_on": found.paid_on, "note": found.paid_note}
    form = FeeForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = attempt(
            form,
            enrolments.record_fee,
            enrolment_id=found.pk,
            actor=actor(request),
            paid_fen=given["paid"],
            paid_on=given["paid_on"],
            note=given["note"],
        )
        if made:
            messages.success(request, _("学费已记下。"))
            return redirect("training:people", found.term.slug)
    context = {"enrolment": found, "term": found.term, "form": form, "remove_form": ReasonForm()}
    return render(request, "training/fee.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def remove(request: HttpRequest, enrolment: str) -> HttpResponse:
    """The association takes a seat back; the longest waiting gets it."""
    found, form = _own(request, enrolment), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    if reason and attempt(form, enrolments.give_up, enrolment_id=found.pk, actor=actor(request), reason=reason):
        messages.success(request, _("已取消他的报名，并通知本人。"))
        return redirect("training:people", found.term.slug)
    context = {"enrolment": found, "term": found.term, "form": FeeForm(), "remove_form": form}
    return render(request, "training/fee.html", context, status=422)


@signed_in
@require_http_methods(["GET", "POST"])
def roll(request: HttpRequest, session: str) -> HttpResponse:
    """The list of a meeting: who was there; a correction needs a reason."""
    found = rolled_session_at(request, session)
    said, reason = "", request.POST.get("reason", "")[:300]
    if request.method == "POST":
        present = request.POST.getlist("present")
        try:
            changed = attendance.mark_list(session_id=found.pk, actor=actor(request), present=present, reason=reason)
        except Refusal as refusal:
            said = refusal.sentence
        else:
            messages.success(request, _("名单已保存，%(n)s 人有变动。") % {"n": changed})
            return redirect("training:roll", session)
    rows = queries.roll(found)
    ticked = set(request.POST.getlist("present")) if request.method == "POST" else None
    context = {
        "session": found,
        "term": found.term,
        "rows": [
            {
                "row": row,
                "on": row.enrolment.slug in ticked if ticked is not None else bool(row.mark and row.mark.present),
            }
            for row in rows
        ],
        "present": sum(bool(row.mark and row.mark.present) for row in rows),
        "begun": found.starts_at <= clock.now(),
        "said": said,
        "reason": reason,
    }
    return render(request, "training/roll.html", context, status=422 if said else 200)
