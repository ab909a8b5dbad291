"""Who may do what with a payment plan. The buyer accepts; the supplier delivers; the manager keeps the record."""

from __future__ import annotations

from typing import Any

from yinxian.network.members import has_role
from yinxian.network.models import Membership

from ..models import Deal

Role = Membership.Role
PAYS = (Role.ADMIN, Role.FINANCE)
WORKS = (Role.ADMIN, Role.MEMBER)
ANY = (Role.ADMIN, Role.MEMBER, Role.FINANCE)


def is_responsible(user: Any, deal: Deal) -> bool:
    return getattr(user, "is_authenticated", False) and user.pk == deal.manager_id


def can_plan(user: Any, deal: Deal) -> bool:
    return is_responsible(user, deal)


def can_fix_split(user: Any, deal: Deal) -> bool:
    """The manager who knows the terms, or the supplier, whose reward rule it is."""
    return is_responsible(user, deal) or has_role(user, deal.supplier_id, PAYS)


def can_store_reward(user: Any, supplier_id: int) -> bool:
    """What a supplier lays down for all its deals, or for a result, is its own matter."""
    return has_role(user, supplier_id, PAYS)


def keeper_id(deal: Deal) -> int | None:
    """Who keeps a deal's escrow: its agency; without one, the association of the responsible manager."""
    if deal.agency_id:
        return deal.agency_id
    profile = getattr(deal.manager, "manager_profile", None)
    return profile.association_id if profile else None


def can_record_payment(user: Any, deal: Deal) -> bool:
    """The manager, who pays, and who keeps the escrow and sees the money arrive at the bank."""
    return is_responsible(user, deal) or has_role(user, deal.buyer_id, PAYS) or has_role(user, keeper_id(deal), PAYS)


def can_undo_payment(user: Any, deal: Deal) -> bool:
    """Who keeps the record or the escrow. Not the buyer: held money is promised to the supplier."""
    return is_responsible(user, deal) or has_role(user, keeper_id(deal), PAYS)


def can_submit(user: Any, deal: Deal) -> bool:
    return has_role(user, deal.supplier_id, WORKS)


def can_request_changes(user: Any, deal: Deal) -> bool:
    return has_role(user, deal.buyer_id, ANY)


def can_release(user: Any, deal: Deal) -> bool:
    return has_role(user, deal.buyer_id, PAYS)


def can_refund(user: Any, deal: Deal) -> bool:
    """Held money is promised to the supplier: only the supplier gives it back alone."""
    return has_role(user, deal.supplier_id, PAYS)


def can_ask_for_invoice(user: Any, deal: Deal) -> bool:
    return has_role(user, deal.buyer_id, PAYS) or is_responsible(user, deal)


def can_send_invoice(user: Any, deal: Deal) -> bool:
    return has_role(user, deal.supplier_id, ANY)


def side_in_dispute(user: Any, deal: Deal) -> str:
    """The side that a person answers for in a dispute: buyer, supplier, or none."""
    if has_role(user, deal.buyer_id, PAYS):
        return "buyer"
    return "supplier" if has_role(user, deal.supplier_id, PAYS) else ""


def sees_whole_split(user: Any, deal: Deal) -> bool:
    """Every part by name: the responsible manager, its agency and the supplier. Others see their own and sums."""
    return is_responsible(user, deal) or has_role(user, deal.supplier_id, ANY) or has_role(user, deal.agency_id, ANY)
