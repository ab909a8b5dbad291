"""Teams that look for a place."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Query, Router, Status

from yinxian.deals.http import SignedIn

from ..comparing import lines_of
from ..operations import landings
from ..queries import landings as queries
from .asked import landing_at, landing_out, offer_out, organisation_at, person_at
from .schemas import LandingDetailOut, LandingIn, LandingOut, LandingsOut, WhyIn, WishEditIn

router = Router()
PAGE = 50
PageNumber = Annotated[int, Query(ge=1, le=100_000)]


@router.get("/landings", response=LandingsOut)
def list_landings(
    request: SignedIn, state: str = "", field: str = "", region: str = "", mine: bool = False, page: PageNumber = 1
) -> dict[str, Any]:
    """Teams that look for a place, and those that one has to do with; 50 a page, newest first."""
    found = queries.listed(request.user, state=state, field=field, region=region, mine=mine)
    rows = found[(page - 1) * PAGE : page * PAGE]
    return {"count": found.count(), "items": [landing_out(one) for one in rows]}


@router.post("/landings", response={201: LandingOut})
def want(request: SignedIn, given: LandingIn) -> Status[dict[str, Any]]:
    """A team says what it needs."""
    values = given.dict()
    made = landings.want_landing(
        team_id=organisation_at(values.pop("team")).pk,
        manager_id=person_at(values.pop("manager"), "manager").pk,
        actor=request.user,
        values=values | values["figures"],
    )
    return Status(201, landing_out(made))


@router.get("/landings/{landing}", response=LandingDetailOut)
def read_landing(request: SignedIn, landing: str) -> dict[str, Any]:
    """The needs, and beside them the offers that the reader may see."""
    found = landing_at(request, landing)
    shown = [one for one in queries.offers_for(request.user, found) if one.state in ("open", "chosen")]
    lines = [
        {
            "key": line.key,
            "name": line.name,
            "asked": line.asked,
            "cells": [{"shown": cell.shown, "verdict": cell.verdict} for cell in line.cells],
        }
        for line in lines_of(found, shown)
    ]
    return {"landing": landing_out(found), "offers": [offer_out(one) for one in shown], "lines": lines}


@router.put("/landings/{landing}", response=LandingOut)
def edit(request: SignedIn, landing: str, given: WishEditIn) -> dict[str, Any]:
    """The team says it better, while no region has offered."""
    found, values = landing_at(request, landing), given.dict()
    made = landings.edit_landing(
        landing_id=found.pk,
        actor=request.user,
        values=values | values["figures"],
        based_on=values["based_on"],
    )
    return landing_out(made)


@router.post("/landings/{landing}/withdrawal", response=LandingOut)
def withdraw(request: SignedIn, landing: str, given: WhyIn) -> dict[str, Any]:
    """The team takes it back; open offers end with it."""
    found = landing_at(request, landing)
    return landing_out(landings.withdraw_landing(landing_id=found.pk, actor=request.user, reason=given.reason))
