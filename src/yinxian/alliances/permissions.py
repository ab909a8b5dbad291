"""Who may do what with members of an association."""

from __future__ import annotations

from typing import Any

from yinxian.network.members import has_role, organisation_ids
from yinxian.network.models import Membership, Organisation
from yinxian.network.permissions import can_admit, can_manage

from .models import Alliance, Ally, Member, Studio

Role = Membership.Role


def can_keep_members(user: Any, association: Organisation) -> bool:
    """An association's administrators and reviewers decide on applications and see the list of members."""
    return can_admit(user, association)


def can_set_rules(user: Any, association: Organisation) -> bool:
    """Its administrators and reviewers say what is asked, and what branches there are."""
    return can_admit(user, association)


def can_record_fees(user: Any, association: Organisation) -> bool:
    """Whoever keeps the members, and the finance role."""
    return association.kind == Organisation.Kind.ASSOCIATION and has_role(
        user, association.pk, (Role.ADMIN, Role.REVIEWER, Role.FINANCE)
    )


def is_own(user: Any, member: Member) -> bool:
    """The person's own membership, or that of an organisation they administer."""
    if member.user_id is not None:
        return member.user_id == getattr(user, "pk", None)
    return member.organisation is not None and can_manage(user, member.organisation)


def can_see(user: Any, member: Member) -> bool:
    return is_own(user, member) or can_record_fees(user, member.association)


def is_in_studio(user: Any, studio: Studio) -> bool:
    """Its owner, and who has agreed to be a member."""
    if not getattr(user, "is_authenticated", False):
        return False
    if studio.owner_id == user.pk:
        return True
    return studio.members.filter(user=user, left_at=None, joined_at__isnull=False).exists()


WORKING = (Role.ADMIN, Role.REVIEWER, Role.MEMBER)
ALLYING = (Organisation.Kind.ASSOCIATION, Organisation.Kind.AGENCY)


def may_ally(organisation: Organisation) -> bool:
    """Associations, and agencies of the network."""
    return organisation.kind in ALLYING and organisation.in_network


def ally_ids(user: Any, alliance: Alliance) -> set[int]:
    """Organisations of the person that are members of the alliance now."""
    joined = alliance.allies.filter(state=Ally.State.JOINED).values_list("organisation_id", flat=True)
    return organisation_ids(user) & set(joined)


def can_see_alliance(user: Any, alliance: Alliance) -> bool:
    """Its agreement, lists and referrals are for the people of its members, and of those who are asked to sign."""
    open_to = alliance.allies.filter(state__in=(Ally.State.JOINED, Ally.State.INVITED))
    return bool(organisation_ids(user) & set(open_to.values_list("organisation_id", flat=True)))


def can_keep_alliance(user: Any, alliance: Alliance) -> bool:
    """The founder's administrators invite and write new versions."""
    return can_manage(user, alliance.founder)


def can_refer_for(user: Any, organisation_id: int) -> bool:
    return has_role(user, organisation_id, WORKING)
