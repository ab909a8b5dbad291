"""Small helpers of the settlement tests."""

from __future__ import annotations

from dataclasses import dataclass

from tests.world import People
from yinxian.settlement.models import Account
from yinxian.settlement.operations import open_account
from yinxian.settlement.operations.accounts import bank, party_of

REFERENCE = "DTEST"


@dataclass
class Books:
    bank: Account
    escrow: Account
    supplier: Account
    manager: Account

    def balances(self) -> list[int]:
        return [
            Account.objects.get(pk=account.pk).posted
            for account in (self.bank, self.escrow, self.supplier, self.manager)
        ]


def open_books(people: People) -> Books:
    return Books(
        bank=bank(),
        escrow=open_account(code=f"escrow:{REFERENCE}", name="托管户", owner_organisation=people.buyer),
        supplier=party_of(people.supplier),
        manager=party_of(people.ruoxi),
    )
