"""When both sides have agreed to a contract, its deal is signed."""

from __future__ import annotations

from yinxian import journal
from yinxian.journal.models import Entry

from ..operations.contracts import sign_from_contract


@journal.follower("deals.signing", ("contracts.contract.agreed",))
def sign_deal(entry: Entry) -> None:
    sign_from_contract(contract_id=entry.subject_id, actor=entry.actor)
