"""A side's yes: to the text on record, or to a stamped scan."""

from __future__ import annotations

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden
from yinxian.network.models import User

from .. import permissions
from ..models import Approval, Contract, Scan
from ..queries.contracts import answered, standing_approvals
from ..queries.documents import digest
from .contracts import about, concerned, locked


@transaction.atomic
def approve_contract(*, contract_id: int, actor: User, revision: int) -> Contract:
    """Say yes to the text of ``revision``, for the side one administers; the last side's yes makes it agreed.

    Conflict when the text has changed since the person read it, or the side has answered already.
    """
    contract = locked(contract_id)
    sides = permissions.sides_to_answer(actor, contract)
    if not sides or contract.offered_at is None:
        raise Forbidden("contracts.may_not_answer")
    if contract.state != Contract.State.OFFERED:
        raise Conflict("contracts.not_offered")
    if revision != contract.revision:
        raise Conflict("contracts.changed_meanwhile")
    say_yes(contract, actor, sides, digest(contract), None)
    return contract


def say_yes(contract: Contract, actor: User, sides: list[str], what: str, scan: Scan | None) -> None:
    """Record the yes of each of the sides that has not said it; agree when no side is left."""
    scan_id = scan.pk if scan else None
    already = answered(contract, standing_approvals(contract), scan_id=scan_id)
    fresh = [side for side in sides if side not in already]
    if not fresh:
        raise Conflict("contracts.already_approved")
    name = "contracts.scan.confirmed" if scan else "contracts.contract.approved"
    for side in fresh:
        Approval.objects.create(
            contract=contract,
            side=side,
            revision=contract.revision,
            scan=scan,
            digest=what,
            user=actor,
            at=clock.now(),
        )
        data = about(contract, side=side, digest=what)
        journal.record(name, actor=actor, subject=contract, data=data, organisations=concerned(contract))
    if already | set(fresh) == set(contract.sides):
        _agree(contract, actor, what, scan)


def _agree(contract: Contract, actor: User, what: str, scan: Scan | None) -> None:
    contract.move_to(Contract.State.AGREED)
    contract.agreed_on, contract.changed_at, contract.on_paper = clock.today(), clock.now(), scan is not None
    contract.save(update_fields=["state", "agreed_on", "changed_at", "on_paper"])
    journal.record(
        "contracts.contract.agreed",
        actor=actor,
        subject=contract,
        data=about(contract, amount_fen=contract.amount_fen, on_paper=contract.on_paper, digest=what),
        organisations=concerned(contract),
    )
