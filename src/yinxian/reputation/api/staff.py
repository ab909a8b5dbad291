"""The transfer staff's part of a reward, by points of a period."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from ninja import Router

from yinxian.deals.permissions.milestones import can_store_reward
from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import or_404
from yinxian.network.models import Organisation, User
from yinxian.network.queries.directory import visible_organisation

from ..operations.staff import fix_staff
from ..queries.staff import Office, office
from .schemas import StaffIn, StaffOut, StaffShareOut, StaffTryIn

router = Router()


def _supplier(request: HttpRequest, slug: str) -> Organisation:
    found = or_404(visible_organisation(request.user, slug))
    if not can_store_reward(request.user, found.pk):
        raise Forbidden("deals.may_not_store_reward")
    return found


def _ids(slugs: list[str]) -> list[int]:
    """Who is not known has the id 0, which nobody has."""
    known = dict(User.objects.filter(slug__in=slugs[:1000]).values_list("slug", "pk"))
    return [known.get(slug, 0) for slug in slugs]


@router.post("/staff/{supplier}/try", response=list[StaffShareOut])
def try_staff(request: HttpRequest, supplier: str, given: StaffTryIn) -> list[dict[str, Any]]:
    """Shares by points of the period, and what each would get of an example; nothing is stored."""
    found = _supplier(request, supplier)
    fen = min(max(given.reward_fen, 0), 10**15)
    tried: Office = office(found, _ids(given.people), given.since, given.until, reward_fen=fen)
    return [
        {
            "person": one.user.slug,
            "name": str(one.user),
            "points": one.points,
            "bp": one.bp,
            "example_fen": one.example_fen,
        }
        for one in tried.shares
    ]


@router.put("/staff/{supplier}", response=StaffOut)
def store_staff(request: HttpRequest, supplier: str, given: StaffIn) -> dict[str, Any]:
    """Store the shares in the supplier's reward rule, for the next signing."""
    found, actor = _supplier(request, supplier), cast(User, request.user)
    people = _ids(given.people)
    rule = fix_staff(supplier_id=found.pk, actor=actor, people=people, since=given.since, until=given.until)
    return {"version": rule.version, "people": [{"name": one["name"], "bp": one["bp"]} for one in rule.staff]}
