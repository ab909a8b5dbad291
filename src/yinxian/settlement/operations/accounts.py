"""Open accounts."""

from __future__ import annotations

from django.db import transaction

from yinxian.kernel.errors import Conflict, Invalid
from yinxian.network.models import Organisation, User

from ..models import Account

BANK = "bank:external"
CURRENCIES = ("CNY",)


@transaction.atomic
def open_account(
    *,
    code: str,
    name: str,
    owner_organisation: Organisation | None = None,
    owner_user: User | None = None,
    currency: str = "CNY",
    min_balance: int | None = 0,
) -> Account:
    """The account with this code, opened if it is new.

    Invalid for a code or currency that cannot be; Conflict when it exists with another owner or currency.
    """
    if ":" not in code or len(code) > 80 or currency not in CURRENCIES:
        raise Invalid("settlement.account_code", account=code[:80])
    account, made = Account.objects.get_or_create(
        code=code,
        defaults={
            "name": name[:160],
            "owner_organisation": owner_organisation,
            "owner_user": owner_user,
            "currency": currency,
            "min_balance": min_balance,
        },
    )
    wanted = (owner_organisation and owner_organisation.pk, owner_user and owner_user.pk, currency)
    if not made and (account.owner_organisation_id, account.owner_user_id, account.currency) != wanted:
        raise Conflict("settlement.account_taken", account=code)
    return account


def bank() -> Account:
    """The world outside: every fen that is received comes from it, every payout goes to it."""
    return open_account(code=BANK, name="外部银行", min_balance=None)


def party_of(owner: Organisation | User) -> Account:
    """The account of an organisation or a person: what has been released to it and not yet paid out."""
    code = f"party:{owner.slug}"
    if isinstance(owner, Organisation):
        return open_account(code=code, name=owner.name, owner_organisation=owner)
    return open_account(code=code, name=owner.get_full_name(), owner_user=owner)
