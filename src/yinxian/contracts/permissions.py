"""Who may do what with a contract: the handler and the drafter prepare it, each side's administrators say yes."""

from __future__ import annotations

from collections.abc import Iterable

from yinxian.network.members import has_role, memberships_of, organisation_ids
from yinxian.network.models import Membership, Organisation, User

from .models import Contract

ADMIN = (Membership.Role.ADMIN,)


def _alone(contract: Contract, side: str) -> int | None:
    """The id of the person who stands alone on a side; None where an organisation does."""
    if part := contract.part_of(side):
        member: int | None = part.user_id
        return member
    return contract.broker_user_id if side == "broker" and contract.broker_id is None else None


def can_edit_templates(user: User, association_id: int) -> bool:
    """An association's administrators and reviewers edit its own copies of the templates."""
    return has_role(user, association_id, (Membership.Role.ADMIN, Membership.Role.REVIEWER))


def prepares(user: User, contract: Contract) -> bool:
    return user.pk in (contract.handler_id, contract.created_by_id)


def stands_on(user: User, contract: Contract, side: str) -> bool:
    """Whether the person belongs to the side (any role), or is the manager who is the broker."""
    if (person := _alone(contract, side)) is not None:
        return user.pk == person
    return contract.organisation_of(side) in organisation_ids(user)


def sides_of(user: User, contract: Contract) -> list[str]:
    return [side for side in contract.sides if stands_on(user, contract, side)]


def can_view(user: User, contract: Contract) -> bool:
    return prepares(user, contract) or (contract.offered_at is not None and bool(sides_of(user, contract)))


def can_edit(user: User, contract: Contract) -> bool:
    """A draft is its preparer's; once offered, both sides may change it too, which cancels every approval."""
    return contract.state in (Contract.State.DRAFT, Contract.State.OFFERED) and can_view(user, contract)


def can_offer(user: User, contract: Contract) -> bool:
    return prepares(user, contract)


def sides_to_answer(user: User, contract: Contract) -> list[str]:
    """The sides for which the person may say yes: an administrator, or the manager who is the broker."""
    return list(_answering(user, contract))


def _answering(user: User, contract: Contract) -> Iterable[str]:
    for side in contract.sides:
        if (person := _alone(contract, side)) is not None:
            if user.pk == person:
                yield side
        elif has_role(user, contract.organisation_of(side), ADMIN):
            yield side


def can_cancel(user: User, contract: Contract) -> bool:
    return prepares(user, contract) or (contract.offered_at is not None and bool(sides_to_answer(user, contract)))


def may_draft(user: User, organisations: Iterable[int | None], handler_id: int | None) -> bool:
    return user.pk == handler_id or bool({found for found in organisations if found} & organisation_ids(user))


REGISTERED_KINDS = ("development", "assignment", "licence", "consulting", "service", "brokerage")
"""Kinds that the registry takes (民法典 第三编第二十章 and the brokerage that goes with them)."""


def can_register(user: User, contract: Contract) -> bool:
    """The seller registers; whoever prepares the contract may do it for them."""
    return prepares(user, contract) or contract.supplier_id in organisation_ids(user)


def counts_for(user: User) -> list[int]:
    """The associations whose members' registrations the person may count: as administrator or reviewer."""
    roles = (Membership.Role.ADMIN, Membership.Role.REVIEWER)
    mine = memberships_of(user).filter(role__in=roles, organisation__kind=Organisation.Kind.ASSOCIATION)
    return list(mine.values_list("organisation_id", flat=True))
