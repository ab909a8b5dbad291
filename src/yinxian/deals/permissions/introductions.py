"""Who may do what with an introduction."""

from __future__ import annotations

from typing import Any

from yinxian.network.members import has_role, is_in_network, is_manager, organisation_ids
from yinxian.network.models import Membership

from ..models import BypassAlarm, Introduction, Share

Role = Membership.Role
SPEAKERS = (Role.ADMIN, Role.MEMBER)
TREASURERS = (Role.ADMIN, Role.FINANCE)


def can_introduce(user: Any) -> bool:
    """A manager whom an association knows."""
    return is_manager(user) and is_in_network(user)


def can_steer(user: Any, introduction: Introduction) -> bool:
    """The manager alone changes, offers and withdraws."""
    return introduction.manager_id == getattr(user, "pk", None)


def can_answer_share(user: Any, share: Share) -> bool:
    """The person named; for an organisation, its admin or finance."""
    if share.user_id is not None:
        return share.user_id == getattr(user, "pk", None)
    return has_role(user, share.organisation_id, TREASURERS)


def earns(user: Any, introduction: Introduction) -> bool:
    """Whether the person has a part in the fee, and so may not speak for a party of the pair."""
    if not getattr(user, "is_authenticated", False):
        return False
    return can_steer(user, introduction) or introduction.shares.filter(user_id=user.pk).exists()


def sides_of(user: Any, introduction: Introduction) -> list[str]:
    """The sides for which the person belongs to the organisation."""
    mine = organisation_ids(user)
    sides = (("buyer", introduction.buyer_id), ("supplier", introduction.supplier_id))
    return [side for side, organisation in sides if organisation in mine]


def can_speak_for(user: Any, introduction: Introduction, side: str) -> bool:
    """An admin or member of that side's organisation who earns nothing from the introduction."""
    organisation = introduction.buyer_id if side == "buyer" else introduction.supplier_id
    return has_role(user, organisation, SPEAKERS) and not earns(user, introduction)


def sees_contacts(user: Any, introduction: Introduction) -> bool:
    """Once both have acknowledged: both sides and the manager; before that, nobody."""
    if introduction.state != Introduction.State.ACKNOWLEDGED:
        return False
    return can_steer(user, introduction) or bool(sides_of(user, introduction))


def sees_alarms(user: Any, introduction: Introduction) -> bool:
    """The manager and the people of the manager's agency."""
    return can_steer(user, introduction) or (
        introduction.agency_id is not None and introduction.agency_id in organisation_ids(user)
    )


def can_close_alarm(user: Any, alarm: BypassAlarm) -> bool:
    introduction = alarm.introduction
    return can_steer(user, introduction) or has_role(user, introduction.agency_id, (Role.ADMIN,))
