"""Who may do what with a deal. Everyone in it stands on a side: the buyer's, the supplier's, the manager's."""

from __future__ import annotations

from typing import Any

from yinxian.network.members import has_role, organisation_ids
from yinxian.network.models import Membership

from ..models import Deal, Side

Role = Membership.Role
ADMIN = (Role.ADMIN,)
WORKS = (Role.ADMIN, Role.MEMBER)


def sides_of(user: Any, deal: Deal) -> set[str]:
    """For whom the person stands. Before the introduction the two sides do not know of the deal.

    A member of the team reads what their side reads.
    """
    if not getattr(user, "is_authenticated", False):
        return set()
    mine = organisation_ids(user)
    sides = set(deal.team.filter(user_id=user.pk, left_at=None).values_list("side", flat=True))
    if user.pk == deal.manager_id or (deal.agency_id and deal.agency_id in mine):
        sides.add(Side.MANAGER.value)
    if deal.introduction_id:
        if deal.buyer_id in mine:
            sides.add(Side.BUYER.value)
        if deal.supplier_id in mine:
            sides.add(Side.SUPPLIER.value)
    return sides


def can_steer(user: Any, deal: Deal) -> bool:
    """The responsible manager moves the deal."""
    return getattr(user, "is_authenticated", False) and user.pk == deal.manager_id


def can_set_next(user: Any, deal: Deal) -> bool:
    return not deal.ended and Side.MANAGER.value in sides_of(user, deal)


def can_dispute(user: Any, deal: Deal) -> bool:
    """The manager, or an administrator of either side."""
    return can_steer(user, deal) or has_role(user, deal.buyer_id, ADMIN) or has_role(user, deal.supplier_id, ADMIN)


def can_register(user: Any, deal: Deal) -> bool:
    """The seller registers, once, in one place; the manager may record it."""
    return can_steer(user, deal) or has_role(user, deal.supplier_id, WORKS)


def can_record(user: Any, deal: Deal) -> bool:
    """Notes, meetings, files: everyone in the deal, also after its end."""
    return bool(sides_of(user, deal))


def own_side(user: Any, deal: Deal) -> str:
    """The side for which the person writes; the manager's first, where they stand on several."""
    sides = sides_of(user, deal)
    return next((side for side in (Side.MANAGER.value, Side.BUYER.value, Side.SUPPLIER.value) if side in sides), "")


def can_change_team(user: Any, deal: Deal, side: str) -> bool:
    """The manager for every side; a side's own people for their side."""
    if deal.ended:
        return False
    if can_steer(user, deal):
        return True
    organisation = {"buyer": deal.buyer_id, "supplier": deal.supplier_id}.get(side)
    return deal.introduction_id is not None and has_role(user, organisation, WORKS)


def can_draft_contract(user: Any, deal: Deal) -> bool:
    return can_steer(user, deal)
