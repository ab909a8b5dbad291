"""Open accounts."""

from __future__ import annotations

from django.db import transaction

from yinxian.kernel.errors import Conflict, Invalid
from yinxian.kernel.money import CURRENCIES, YUAN
from yinxian.network.models import Organisation, User

from ..models import Account

BANK = "bank:external"


def in_currency(code: str, currency: str) -> str:
    """The code of the account that goes with ``code`` in another currency: ``bank:external@USD``."""
    return code if currency == YUAN else f"{code}@{currency}"


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
    if ":" not in code or len(code) > 80 or currency not in CURRENCIES or "\x00" in code:
        raise Invalid("settlement.account_code", account=code[:80].replace("\x00", ""))
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


def bank(currency: str = YUAN) -> Account:
    """The world outside: every fen that is received comes from it, every payout goes to it."""
    return open_account(code=in_currency(BANK, currency), name="外部银行", currency=currency, min_balance=None)


def trading(currency: str) -> Account:
    """Where one currency is given for another: its balances in all currencies together are what conversions cost."""
    code = in_currency("trading:exchange", currency)
    return open_account(code=code, name="换汇", currency=currency, min_balance=None)


def beside(account: Account, currency: str) -> Account:
    """The account of the same owner in another currency, opened if it is new."""
    code = in_currency(account.code.partition("@")[0], currency)
    return open_account(
        code=code,
        name=account.name,
        owner_organisation=account.owner_organisation,
        owner_user=account.owner_user,
        currency=currency,
    )


def party_of(owner: Organisation | User) -> Account:
    """The account of an organisation or a person: what has been released to it and not yet paid out."""
    code = f"party:{owner.slug}"
    if isinstance(owner, Organisation):
        return open_account(code=code, name=owner.name, owner_organisation=owner)
    return open_account(code=code, name=owner.get_full_name(), owner_user=owner)
