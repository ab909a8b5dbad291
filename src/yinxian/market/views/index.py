"""How the market's index stands: for those who review an association's listings, who hear first that a search fails."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yinxian.kernel import clock
from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import signed_in

from .. import indexing
from ..http import SignedIn
from ..queries.imports import reviewed_associations

SILENT = dt.timedelta(minutes=2)  # a build that says nothing for so long stands still


def state_of(standing: indexing.Standing) -> dict[str, Any]:
    """``code`` is whole, building, slow (nothing heard for a while), stopped, behind or broken; moments as such."""
    moved, begun = (_moment(at) for at in (standing.moved, standing.begun))
    if standing.building and not standing.stopped:
        code = "slow" if moved and clock.now() - moved > SILENT else "building"
    elif standing.stopped:
        code = "stopped"
    elif not standing.sound:
        code = "broken"
    else:
        code = "whole" if standing.texts == standing.in_database else "behind"
    missing = abs(standing.in_database - standing.texts)
    return {"code": code, "begun": begun, "moved": moved, "missing": missing}


def _moment(seconds: float | None) -> dt.datetime | None:
    return None if seconds is None else dt.datetime.fromtimestamp(seconds, tz=clock.SHANGHAI)


@signed_in
@require_safe
def index(request: SignedIn) -> HttpResponse:
    """The page; htmx asks for the fragment while a build goes on."""
    if not reviewed_associations(request.user):
        raise Forbidden("market.not_a_reviewer")
    standing = indexing.standing()
    template = "market/_index.html" if request.headers.get("HX-Request") else "market/index.html"
    return render(request, template, {"standing": standing, "state": state_of(standing)})
