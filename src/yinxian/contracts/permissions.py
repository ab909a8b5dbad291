"""Who may do what with a contract: the handler and the drafter prepare it, each side's administrators say yes."""

from __future__ import annotations

from collections.abc import Iterable

from yinxian.network.members import has_role, organisation_ids
from yinxian.network.models import Membership, User

from .models import Contract

ADMIN = (Membership.Role.ADMIN,)


def prepares(user: User, contract: Contract) -> bool:
    return user.pk in (contract.handler_id, contract.created_by_id)


def stands_on(user: User, contract: Contract, side: str) -> bool:
    """Whether the person belongs to the side (any role), or is the manager who is the broker."""
    if side == "broker" and contract.broker_id is None:
        return user.pk == contract.broker_user_id
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
        if side == "broker" and contract.broker_id is None:
            if user.pk == contract.broker_user_id:
                yield side
        elif has_role(user, contract.organisation_of(side), ADMIN):
            yield side


def can_cancel(user: User, contract: Contract) -> bool:
    return prepares(user, contract) or (contract.offered_at is not None and bool(sides_to_answer(user, contract)))


def may_draft(user: User, organisations: Iterable[int | None], handler_id: int | None) -> bool:
    return user.pk == handler_id or bool({found for found in organisations if found} & organisation_ids(user))
