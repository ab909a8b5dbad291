"""Read ISO 20022 camt.053 (bank to customer statement), versions .001.02 to .001.10.

XML from outside: no document type, so no entity can be declared, nothing is fetched, depth and size are limited.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

from yinxian.kernel.errors import Invalid
from yinxian.kernel.money import CURRENCIES, YUAN

from .lines import MOST_BYTES, MOST_LINES, Fault, Line, Statement, account_number, plain, within

NAMESPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(0[2-9]|10)")
AMOUNT = re.compile(r"\d{1,18}(\.\d{1,5})?")


def looks_like_xml(data: bytes) -> bool:
    return data.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def read(data: bytes) -> Statement:
    """One account's booked entries in its one currency. Invalid for what is no camt.053, has a document type, several
    accounts or currencies, or stops half-way; what is wrong in single entries is in ``faults``."""
    document = _parse(data)
    found = NAMESPACE.fullmatch(etree.QName(document).namespace or "")
    if found is None or etree.QName(document).localname != "Document":
        raise Invalid("settlement.bank_namespace", found=plain(etree.QName(document).namespace or "—", 80))
    statements = list(document.iter("{*}Stmt"))
    accounts = {account_number(_account(_child(one, "Acct"))) for one in statements}
    if not statements:
        raise Invalid("settlement.bank_no_statement")
    if len(accounts) != 1:
        raise Invalid("settlement.bank_many_accounts")
    currency = _currency(statements)
    lines: list[Line] = []
    faults: list[Fault] = []
    for number, entry in enumerate((entry for one in statements for entry in _children(one, "Ntry")), 1):
        if number > MOST_LINES:
            raise Invalid("settlement.bank_too_long", limit=f"{MOST_LINES:,}")
        try:
            lines += _entry(entry, currency)
        except _Wrong as wrong:
            faults.append(Fault(number, wrong.code, wrong.value))
    opening = _balance(statements[0], ("OPBD", "PRCD"), currency)
    closing = _balance(statements[-1], ("CLBD",), currency)
    return Statement("camt.053", accounts.pop(), tuple(lines), opening, closing, tuple(faults))


class _Wrong(Exception):
    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(code)
        self.code, self.value = code, plain(value, 60)


def _parse(data: bytes) -> Any:
    if len(data) > MOST_BYTES:
        raise Invalid("settlement.bank_too_large", limit=f"{MOST_BYTES // 1024 // 1024} MB")
    if re.search(rb"<!\s*(DOCTYPE|ENTITY)", data.replace(b"\x00", b""), re.IGNORECASE):
        raise Invalid("settlement.bank_entities")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Invalid("settlement.bank_broken", reason=plain(str(error), 120)) from error
    if root.getroottree().docinfo.doctype:
        raise Invalid("settlement.bank_entities")
    return root


def _children(node: Any, name: str) -> Iterator[Any]:
    return (one for one in node if isinstance(one.tag, str) and etree.QName(one).localname == name)


def _child(node: Any, *path: str) -> Any:
    """The first element down a path of names; None when there is none."""
    for name in path:
        node = next(_children(node, name), None) if node is not None else None
    return node


def _text(node: Any, *path: str) -> str:
    found = _child(node, *path)
    return (found.text or "").strip() if found is not None else ""


def _account(node: Any) -> str:
    if node is None:
        return ""
    return _text(node, "Id", "IBAN") or _text(node, "Id", "Othr", "Id")


def _currency(statements: Sequence[Any]) -> str:
    """The one currency of the account: as the statement says it, else as its balances do. Invalid for several."""
    found = {_text(one, "Acct", "Ccy") for one in statements} - {""}
    if not found:
        amounts = [_child(balance, "Amt") for one in statements for balance in _children(one, "Bal")]
        found = {node.get("Ccy") or "" for node in amounts if node is not None} - {""}
    if len(found) > 1:
        raise Invalid("settlement.bank_many_currencies", found=plain("、".join(sorted(found)), 80))
    currency = found.pop() if found else YUAN
    if currency not in CURRENCIES:
        raise Invalid("settlement.bank_currency", found=plain(currency, 20), known="、".join(CURRENCIES))
    return currency


def _fen(node: Any, currency: str) -> int:
    if node is None:
        raise _Wrong("settlement.bank_row_amount")
    text = (node.text or "").strip()
    if node.get("Ccy") != currency:
        raise _Wrong("settlement.bank_row_currency", node.get("Ccy") or "")
    try:
        fen = Decimal(text) * 100 if AMOUNT.fullmatch(text) else None
    except InvalidOperation:
        fen = None
    if fen is None or fen != fen.to_integral_value():
        raise _Wrong("settlement.bank_row_amount", text)
    return int(fen)


def _signed(node: Any, amount: int) -> int:
    sign = {"CRDT": 1, "DBIT": -1}.get(_text(node, "CdtDbtInd"))
    if sign is None:
        raise _Wrong("settlement.bank_row_sign", _text(node, "CdtDbtInd"))
    return sign * amount


def _day(node: Any) -> dt.date:
    text = _text(node, "BookgDt", "Dt") or _text(node, "BookgDt", "DtTm")
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        raise _Wrong("settlement.bank_row_day", text) from None


def _balance(statement: Any, kinds: tuple[str, ...], currency: str) -> int | None:
    for balance in _children(statement, "Bal"):
        if _text(balance, "Tp", "CdOrPrtry", "Cd") in kinds:
            try:
                return _signed(balance, _fen(_child(balance, "Amt"), currency))
            except _Wrong as wrong:
                raise Invalid("settlement.bank_broken", reason=plain(f"Bal {wrong.value}", 120)) from wrong
    return None


def _entry(entry: Any, currency: str) -> list[Line]:
    """The lines of one booked entry: its transactions where each has an amount and they add up, else the whole."""
    state = _text(entry, "Sts", "Cd") or _text(entry, "Sts")
    if state not in ("", "BOOK"):
        return []
    amount = _signed(entry, _fen(_child(entry, "Amt"), currency))
    day = _day(entry)
    if not within(amount):
        raise _Wrong("settlement.bank_row_amount", str(amount))
    parts = [part for details in _children(entry, "NtryDtls") for part in _children(details, "TxDtls")]
    reference = plain(_text(entry, "AcctSvcrRef") or _text(entry, "NtryRef"), 60)
    if len(parts) > 1 and (several := _several(parts, amount, currency)):
        return [
            _line(part, fen, day, plain(_text(part, "Refs", "AcctSvcrRef") or f"{reference}/{number}", 60), currency)
            for number, (part, fen) in enumerate(several, 1)
        ]
    return [_line(parts[0] if parts else None, amount, day, reference, currency, _text(entry, "AddtlNtryInf"))]


def _several(parts: list[Any], amount: int, currency: str) -> list[tuple[Any, int]]:
    sign = 1 if amount > 0 else -1
    found = []
    for part in parts:
        node = _child(part, "Amt") if _child(part, "Amt") is not None else _child(part, "AmtDtls", "TxAmt", "Amt")
        if node is None:
            return []
        found.append((part, sign * _fen(node, currency)))
    return found if sum(fen for _part, fen in found) == amount else []


def _line(part: Any, amount: int, day: dt.date, reference: str, currency: str, more: str = "") -> Line:
    """The other side of money that came is the debtor, of money that went the creditor."""
    side = "Dbtr" if amount > 0 else "Cdtr"
    parties = _child(part, "RltdPties") if part is not None else None
    name = _text(parties, side, "Nm") or _text(parties, side, "Pty", "Nm") if parties is not None else ""
    account = _account(_child(parties, f"{side}Acct")) if parties is not None else ""
    notes = [node.text or "" for node in _children(_child(part, "RmtInf"), "Ustrd")] if _has(part, "RmtInf") else []
    end = _text(part, "Refs", "EndToEndId") if part is not None else ""
    return Line(
        amount_fen=amount,
        booked_on=day,
        name=plain(name, 120),
        account=plain(account_number(account), 40),
        text=plain(" ".join([*notes, more]), 400),
        reference=reference,
        end_to_end="" if end == "NOTPROVIDED" else plain(end, 40),
        currency=currency,
    )


def _has(part: Any, name: str) -> bool:
    return part is not None and _child(part, name) is not None
