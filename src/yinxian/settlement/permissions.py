"""Who reads an account: its owner alone. Nobody sees another organisation's money."""

from __future__ import annotations

from typing import Any

from yinxian.network.members import has_role
from yinxian.network.models import Membership

from .models import Account

READERS = (Membership.Role.ADMIN, Membership.Role.FINANCE, Membership.Role.MEMBER)
CONFIRMERS = (Membership.Role.ADMIN, Membership.Role.FINANCE)


def can_confirm_payout(user: Any, account: Account) -> bool:
    """The person whose account it is, or an admin or the finance of the organisation."""
    if account.is_escrow:
        return False
    if account.owner_user_id:
        return bool(account.owner_user_id == user.pk)
    return has_role(user, account.owner_organisation_id, CONFIRMERS)
