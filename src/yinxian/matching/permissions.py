"""Who may match, and who may decide about a candidate."""

from __future__ import annotations

from typing import Any

from yinxian.market.models import Listing, Need, Result
from yinxian.market.permissions import can_edit
from yinxian.network.members import is_in_network, is_manager, memberships_of
from yinxian.network.models import Membership, Organisation
from yinxian.network.permissions import can_admit

WORKING = (Membership.Role.ADMIN, Membership.Role.MEMBER)


def is_colleague(user: Any, listing: Listing) -> bool:
    """The person works in an agency in which the listing's responsible manager works too."""
    if listing.manager_id is None:
        return False
    agencies = Membership.objects.filter(
        user_id=listing.manager_id, ended_at=None, organisation__kind=Organisation.Kind.AGENCY
    )
    mine = memberships_of(user).filter(role__in=WORKING)
    return mine.filter(organisation_id__in=agencies.values("organisation_id")).exists()


def can_decide(user: Any, need: Need) -> bool:
    """Shortlist and refuse: the responsible manager, colleagues of the manager's agency, the need's owner."""
    return can_edit(user, need) or is_colleague(user, need)


def can_match_need(user: Any, need: Need) -> bool:
    """Whoever decides, and any manager of the network for a need that they see in full."""
    return can_decide(user, need) or _sees_as_manager(user, need)


def can_match_result(user: Any, result: Result) -> bool:
    """The result's people, their manager's colleagues, and any manager who sees it in full."""
    return can_edit(user, result) or is_colleague(user, result) or _sees_as_manager(user, result)


def _sees_as_manager(user: Any, listing: Listing) -> bool:
    return getattr(listing, "level", "") in ("network", "named") and is_manager(user) and is_in_network(user)


def can_refit(user: Any) -> bool:
    """Learn the ranking's weights anew, or take them back: the operator of the installation."""
    return bool(user.is_superuser)


def can_see_weights(user: Any) -> bool:
    """Whoever the ranking serves."""
    return bool(user.is_superuser) or is_in_network(user)


def can_save_search(user: Any) -> bool:
    """Whoever is in the network: for others nothing is matched."""
    return is_in_network(user)


def can_edit_concepts(user: Any, association: Organisation) -> bool:
    """The association's administrators and reviewers write its own concepts; everybody who is signed in reads them."""
    return can_admit(user, association)
