"""The code on the projector, and the phone that scanned it."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinxian.kernel import clock
from yinxian.kernel.http import signed_in
from yinxian.kernel.qr import qr_image

from .. import presence
from ..asked import actor, rolled_session_at, session_at
from ..calendars import site
from ..models import Session
from ..operations.attendance import check_in
from ..queries.learning import enrolment_in
from ..queries.rolls import present_count

SEEN = "training_seen"  # in the browser's session on the server: which code it scanned, and when


def _shown(found: Session) -> dict[str, object]:
    now = clock.now()
    code = presence.code_for(found.slug, now)
    address = site(reverse("training:scan", args=[found.slug, code]))
    return {
        "session": found,
        "qr": qr_image(address),
        "left": presence.seconds_left(now),
        "present": present_count(found),
        "seats": found.term.enrolments.filter(state="seated").count(),
    }


@signed_in
@require_GET
def projector(request: HttpRequest, session: str) -> HttpResponse:
    """The page for the projector: the code changes by itself."""
    return render(request, "training/projector.html", _shown(rolled_session_at(request, session)))


@signed_in
@require_GET
def code_now(request: HttpRequest, session: str) -> HttpResponse:
    """The part of it that is fetched again and again."""
    return render(request, "training/_code.html", _shown(rolled_session_at(request, session)))


@require_GET
def scan(request: HttpRequest, session: str, presence: str) -> HttpResponse:
    """What the code leads to. Reading it writes nothing but when this browser saw it: signing in may take a while."""
    found = session_at(session)
    request.session[SEEN] = {"session": found.slug, "code": presence[:64], "at": clock.now().isoformat()}
    return redirect("training:here", found.slug)


@signed_in
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, session: str) -> HttpResponse:
    """One button: I am here."""
    found = session_at(session)
    seen = request.session.get(SEEN) or {}
    ours = seen.get("session") == found.slug
    if request.method == "POST":
        check_in(
            session_id=found.pk,
            actor=actor(request),
            code=str(seen.get("code", "")) if ours else "",
            scanned_at=dt.datetime.fromisoformat(seen["at"]) if ours else None,
        )
        messages.success(request, _("签到了。"))
        return redirect("training:here", session)
    mine = enrolment_in(request.user, found.term)
    mark = found.attendances.filter(enrolment=mine).first() if mine else None
    return render(request, "training/here.html", {"session": found, "mine": mine, "mark": mark, "scanned": ours})
