"""Who belongs where, for those who look for it among the queries."""

from ..members import (
    Role,
    association_for,
    has_role,
    is_in_network,
    is_manager,
    members_of,
    memberships_of,
    organisation_ids,
    organisations_of,
)

__all__ = [
    "Role",
    "association_for",
    "has_role",
    "is_in_network",
    "is_manager",
    "members_of",
    "memberships_of",
    "organisation_ids",
    "organisations_of",
]
