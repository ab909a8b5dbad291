"""Who may do what with a landing: the team and its manager, the home region, each offering region, strangers."""

from __future__ import annotations

from typing import Any

from yinxian.deals.permissions.introductions import TREASURERS
from yinxian.network.members import association_for, has_role, is_in_network, memberships_of, organisation_ids
from yinxian.network.models import Membership, Organisation
from yinxian.network.permissions import REVIEWING

from .models import Confirmation, Invitation, Landing, LandingShare, Offer

Role, Side = Membership.Role, Confirmation.Side
WORKS = (Role.ADMIN, Role.MEMBER)
ADMIN = (Role.ADMIN,)
REGIONAL = (Organisation.Kind.ASSOCIATION, Organisation.Kind.AGENCY)


def teams_of(user: Any) -> list[Organisation]:
    """Organisations of the network for which the person may look for a place."""
    found = [row.organisation for row in memberships_of(user) if row.role in WORKS]
    return [place for place in found if place.in_network and place.kind not in REGIONAL]


def regions_of(user: Any, landing: Landing) -> list[Organisation]:
    """Associations and agencies in whose name the person may make an offer: never the team, never its home, and
    nobody who looks for the team."""
    if is_team(user, landing) or landing.home_id in organisation_ids(user):
        return []
    found = [row.organisation for row in memberships_of(user) if row.role in WORKS]
    return [place for place in found if place.in_network and place.kind in REGIONAL]


def is_team(user: Any, landing: Landing) -> bool:
    """The team's own people, and the manager who refers it: they see every offer."""
    return can_choose(user, landing) or landing.manager_id == getattr(user, "pk", None)


def can_choose(user: Any, landing: Landing) -> bool:
    """The team alone chooses, reports its arrival, withdraws."""
    return has_role(user, landing.team_id, WORKS)


def can_edit_wish(user: Any, landing: Landing) -> bool:
    """The team's own people, while no region has offered: an offer answers what its region has read."""
    return landing.state == Landing.State.WANTED and can_choose(user, landing)


def can_refer(user: Any, landing: Landing) -> bool:
    """The manager at home proposes the agreement on the shares."""
    return landing.manager_id == getattr(user, "pk", None)


def can_manage_offer(user: Any, offer: Offer) -> bool:
    return has_role(user, offer.organisation_id, WORKS)


def sees_offer(user: Any, offer: Offer) -> bool:
    """The team and its manager; the region that made it; holders of its shares; once chosen, both regions'
    associations. No other region."""
    if not getattr(user, "is_authenticated", False):
        return False
    mine = organisation_ids(user)
    if offer.organisation_id in mine or offer.manager_id == user.pk or is_team(user, offer.landing):
        return True
    agreement = getattr(offer, "agreement", None)
    if agreement is not None and any(can_answer_share(user, share) for share in agreement.shares.all()):
        return True
    receiving = association_for(offer.organisation)
    regions = {offer.landing.home_id, receiving.pk if receiving else 0}
    return offer.state == Offer.State.CHOSEN and bool(regions & mine)


def can_answer_share(user: Any, share: LandingShare) -> bool:
    """The person named; for an organisation, its admin or finance: as with the shares of an introduction."""
    if share.user_id is not None:
        return share.user_id == getattr(user, "pk", None)
    return has_role(user, share.organisation_id, TREASURERS)


def sees_contacts(user: Any, landing: Landing, chosen: Offer | None) -> bool:
    """The team's contact: itself and its manager; once chosen, the region that receives it."""
    if is_team(user, landing):
        return True
    return chosen is not None and (can_manage_offer(user, chosen) or chosen.manager_id == getattr(user, "pk", None))


def can_report(user: Any, landing: Landing, chosen: Offer | None) -> bool:
    """The team, its manager, or the receiving region bring the paper."""
    return is_team(user, landing) or (chosen is not None and can_manage_offer(user, chosen))


def sides_of(user: Any, landing: Landing, chosen: Offer) -> list[str]:
    """For which region the person may confirm: its association's admins and reviewers, or the admins of the agency
    that receives; nobody of the team, nobody with a share, neither manager."""
    if is_team(user, landing) or chosen.manager_id == getattr(user, "pk", None) or earns(user, chosen):
        return []
    sides: list[str] = [Side.HOME] if has_role(user, landing.home_id, REVIEWING) else []
    association = association_for(chosen.organisation)
    receives = has_role(user, association.pk if association else None, REVIEWING)
    if receives or has_role(user, chosen.organisation_id, ADMIN):
        sides.append(Side.RECEIVING)
    return sides


def earns(user: Any, offer: Offer) -> bool:
    agreement = getattr(offer, "agreement", None)
    return agreement is not None and any(share.user_id == user.pk for share in agreement.shares.all())


def can_read(user: Any) -> bool:
    """What teams look for is read by the network, not by strangers."""
    return is_in_network(user)


def can_build_team(user: Any, manager_id: int | None, owner_id: int) -> bool:
    """The need's manager, or the buyer's own people, ask others to join."""
    return (manager_id is not None and manager_id == getattr(user, "pk", None)) or has_role(user, owner_id, WORKS)


def can_answer_invitation(user: Any, invitation: Invitation) -> bool:
    return invitation.user_id == getattr(user, "pk", None)
