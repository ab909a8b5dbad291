"""Statements taken in once, lines settled once, payments ordered once. Who may: see permissions.keeps_bank."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.uploads import safe_name
from yinxian.network.models import Organisation, User

from ..banking import Fault, Statement, camt, identify, tables
from ..banking.lines import account_number, plain
from ..models import Account, BankAccount, BankFile, BankLine, Payee, Transaction
from ..permissions import can_confirm_payout, can_keep_escrow

BANK_CODES = re.compile(r"\d{12}|[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?")


class FaultyFile(Invalid):
    """A statement with rows that cannot be read: nothing of it was taken. ``faults`` says which and why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("settlement.bank_faults", field="file", count=len(faults))
        self.faults = tuple(faults)


def _details(holder: str, number: str, bank_name: str, bank_code: str) -> dict[str, str]:
    code = account_number(bank_code)
    if code and not BANK_CODES.fullmatch(code):
        raise Invalid("settlement.bank_code", field="bank_code")
    found = {
        "holder": plain(holder, 120),
        "number": account_number(number)[:40],
        "bank_name": plain(bank_name, 120),
        "bank_code": code,
    }
    if not found["holder"] or not found["bank_name"] or not 6 <= len(found["number"]) <= 34:
        raise Invalid("settlement.bank_details", field="number")
    return found


@transaction.atomic
def set_bank_account(
    *,
    organisation_id: int,
    actor: User,
    holder: str,
    number: str,
    bank_name: str,
    bank_code: str = "",
    foreign_number: str = "",
) -> BankAccount:
    """The account in which the organisation keeps escrow. Conflict when statements of another number were taken.

    ``foreign_number``: where foreign money comes in under another number than the yuan.
    """
    organisation = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation_id)
    if not can_keep_escrow(actor, organisation):
        raise Forbidden("settlement.not_the_keeper")
    details = _details(holder, number, bank_name, bank_code) | {"foreign_number": account_number(foreign_number)[:40]}
    if details["foreign_number"] and not 6 <= len(details["foreign_number"]) <= 34:
        raise Invalid("settlement.bank_details", field="foreign_number")
    known = BankAccount.objects.filter(organisation=organisation).first()
    if known is not None and known.number != details["number"] and known.files.exists():
        raise Conflict("settlement.bank_account_in_use")
    account = known or BankAccount(organisation=organisation)
    _keep(account, details, actor)
    journal.record("settlement.bank.set", actor=actor, subject=account, organisations=[organisation.pk])
    return account


def _keep(details: BankAccount | Payee, values: Mapping[str, str], actor: User) -> None:
    for name, value in values.items():
        setattr(details, name, value)
    details.set_by, details.set_at = actor, clock.now()
    details.save()


@transaction.atomic
def set_payee(*, account_id: int, actor: User, holder: str, number: str, bank_name: str, bank_code: str = "") -> Payee:
    """Where the owner of a party's account wants to be paid; orders made before keep what they said."""
    account = Account.objects.select_for_update(of=("self",), no_key=True).get(pk=account_id)
    if not can_confirm_payout(actor, account):
        raise Forbidden("settlement.not_the_owner")
    payee = Payee.objects.filter(account=account).first() or Payee(account=account)
    _keep(payee, _details(holder, number, bank_name, bank_code), actor)
    owners = [account.owner_organisation_id] if account.owner_organisation_id else []
    journal.record("settlement.payee.set", actor=actor, subject=account, organisations=owners)
    return payee


def read_statement(data: bytes, name: str, columns: Mapping[str, str] | None = None) -> Statement:
    """By what it is, not by what it is called. Invalid for what is no statement; FaultyFile for rows that are wrong."""
    found = camt.read(data) if camt.looks_like_xml(data) else tables.read(data, name, columns)
    if found.faults:
        raise FaultyFile(found.faults)
    if not found.lines:
        raise Invalid("settlement.bank_no_lines", field="file")
    if not found.adds_up:
        raise Invalid("settlement.bank_does_not_add_up", field="file")
    return found


@transaction.atomic
def take_statement(
    *, bank_account_id: int, actor: User, data: bytes, name: str, columns: Mapping[str, str] | None = None
) -> BankFile:
    """Keep a statement's lines to be looked at; nothing is booked yet.

    The same file again gives what was taken the first time; lines that came in another file before are left out.
    Invalid when the file is of another account, not whole, or has a row that cannot be read: nothing of it is kept.
    """
    account = BankAccount.objects.select_for_update(of=("self",), no_key=True).get(pk=bank_account_id)
    if not can_keep_escrow(actor, account.organisation):
        raise Forbidden("settlement.not_the_keeper")
    digest = hashlib.sha256(data).hexdigest()
    known = BankFile.objects.filter(bank_account=account, sha256=digest).first()
    if known is not None:
        return known
    found = read_statement(data, name, columns)
    if found.account and found.account not in account.numbers(found.currency):
        raise Invalid("settlement.bank_other_account", field="file", found=found.account[-4:])
    if any(line.booked_on > clock.today() for line in found.lines):
        raise Invalid("settlement.bank_ahead", field="file")
    keys = identify(found.lines)
    there = set(BankLine.objects.filter(bank_account=account, key__in=keys).values_list("key", flat=True))
    file = BankFile.objects.create(
        bank_account=account,
        name=safe_name(name)[:200],
        sha256=digest,
        form=found.form,
        lines_count=len(found.lines),
        known_count=len(there),
        opening_fen=found.opening_fen,
        closing_fen=found.closing_fen,
        currency=found.currency,
        uploaded_by=actor,
        uploaded_at=clock.now(),
    )
    for position, (line, key) in enumerate(zip(found.lines, keys, strict=True), 1):
        if key not in there:
            BankLine(file=file, bank_account=account, position=position, key=key, **vars(line)).save()
    journal.record(
        "settlement.bank.taken",
        actor=actor,
        subject=file,
        data={"lines": len(found.lines), "known": len(there)},
        organisations=[account.organisation_id],
    )
    return file


def lock_line(line_id: int, actor: User) -> BankLine:
    """An open line, locked. Forbidden to who does not keep the account; Conflict when it is settled already."""
    line = BankLine.objects.select_for_update(of=("self",), no_key=True).select_related("bank_account").get(pk=line_id)
    if not can_keep_escrow(actor, line.bank_account.organisation):
        raise Forbidden("settlement.not_the_keeper")
    if line.state != BankLine.State.OPEN:
        raise Conflict("settlement.line_settled", state=line.get_state_display())
    return line


def settle_line(line: BankLine, made: Transaction, actor: User) -> None:
    """Mark a locked line as booked by a transaction."""
    line.state, line.transaction = BankLine.State.BOOKED, made
    line.settled_by, line.settled_at = actor, clock.now()
    line.save(update_fields=["state", "transaction", "settled_by", "settled_at"])
    journal.record(
        "settlement.bank.booked",
        actor=actor,
        subject=line,
        data={"amount_fen": line.amount_fen, "currency": line.currency, "transaction": made.slug},
        organisations=[line.bank_account.organisation_id],
    )


def open_again(*, line_id: int, actor: User, reason: str) -> None:
    """A line whose booking was undone waits to be booked anew. The caller has the permission and reversed the books."""
    line = BankLine.objects.select_for_update(of=("self",), no_key=True).select_related("bank_account").get(pk=line_id)
    line.state, line.transaction, line.settled_by, line.settled_at = BankLine.State.OPEN, None, None, None
    line.save(update_fields=["state", "transaction", "settled_by", "settled_at"])
    journal.record(
        "settlement.bank.opened_again",
        actor=actor,
        subject=line,
        data={"amount_fen": line.amount_fen, "why": reason[:300]},
        organisations=[line.bank_account.organisation_id],
    )


@transaction.atomic
def ignore_line(*, line_id: int, actor: User, reason: str) -> BankLine:
    """Leave a line out, with the reason: bank charges, a payment that is none of ours."""
    line = lock_line(line_id, actor)
    line.reason = plain(reason, 300)
    if not line.reason:
        raise Invalid("settlement.line_reason", field="reason")
    line.state, line.settled_by, line.settled_at = BankLine.State.IGNORED, actor, clock.now()
    line.save(update_fields=["state", "reason", "settled_by", "settled_at"])
    journal.record(
        "settlement.bank.ignored",
        actor=actor,
        subject=line,
        data={"reason": line.reason},
        organisations=[line.bank_account.organisation_id],
    )
    return line


@transaction.atomic
def reopen_line(*, line_id: int, actor: User) -> BankLine:
    """Take an ignored line up again. Conflict for one that is open or booked."""
    line = BankLine.objects.select_for_update(of=("self",), no_key=True).get(pk=line_id)
    if not can_keep_escrow(actor, line.bank_account.organisation):
        raise Forbidden("settlement.not_the_keeper")
    if line.state != BankLine.State.IGNORED:
        raise Conflict("settlement.line_settled", state=line.get_state_display())
    line.state, line.settled_by, line.settled_at = BankLine.State.OPEN, None, None
    line.save(update_fields=["state", "settled_by", "settled_at"])
    organisations = [line.bank_account.organisation_id]
    journal.record("settlement.bank.reopened", actor=actor, subject=line, organisations=organisations)
    return line


def columns_of(given: Mapping[str, Any]) -> dict[str, str]:
    """The names of columns that somebody typed; empty ones are found by themselves."""
    return {name: str(given.get(name) or "") for name in tables.COLUMNS if given.get(name)}
