"""Who reads an account: its owner alone. Nobody sees another organisation's money."""

from __future__ import annotations

from typing import Any

from yinxian.network.members import has_role, memberships_of
from yinxian.network.models import Membership, Organisation

from .models import Account

READERS = (Membership.Role.ADMIN, Membership.Role.FINANCE, Membership.Role.MEMBER)
CONFIRMERS = (Membership.Role.ADMIN, Membership.Role.FINANCE)


def can_confirm_payout(user: Any, account: Account) -> bool:
    """The person whose account it is, or an admin or the finance of the organisation."""
    if not account.code.startswith("party:"):
        return False
    if account.owner_user_id:
        return bool(account.owner_user_id == user.pk)
    return has_role(user, account.owner_organisation_id, CONFIRMERS)


def can_close_period(user: Any) -> bool:
    """An admin or the finance of an association, which runs the installation; or its operator."""
    if getattr(user, "is_superuser", False):
        return True
    theirs = memberships_of(user).filter(organisation__kind=Organisation.Kind.ASSOCIATION, role__in=CONFIRMERS)
    return theirs.exists()


def can_read_all_books(user: Any) -> bool:
    """The whole books are the operator's; everyone else gets the part that concerns their own accounts."""
    return bool(getattr(user, "is_superuser", False))


KEEPERS = (Organisation.Kind.ASSOCIATION, Organisation.Kind.AGENCY)


def can_keep_escrow(user: Any, organisation: Organisation) -> bool:
    """An admin or the finance of the association or agency in whose bank account escrow lies."""
    return organisation.kind in KEEPERS and has_role(user, organisation.pk, CONFIRMERS)


def keeper_for(user: Any) -> Organisation | None:
    """The first organisation for which the person keeps escrow; None for everyone else."""
    found = memberships_of(user).filter(organisation__kind__in=KEEPERS, role__in=CONFIRMERS).first()
    return found.organisation if found else None
