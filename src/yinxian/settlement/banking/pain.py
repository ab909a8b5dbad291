"""Write a payment order as ISO 20022 pain.001.001.09 (customer credit transfer initiation)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?")


@dataclass(frozen=True)
class Side:
    """Whose account, and at which bank: ``code`` is a BIC or the twelve digits of CNAPS (联行号)."""

    name: str
    number: str
    bank: str = ""
    code: str = ""


@dataclass(frozen=True)
class Payment:
    end_to_end: str
    amount_fen: int
    to: Side
    text: str


def write(
    *, message: str, made_at: dt.datetime, execute_on: dt.date, payer: Side, payments: Sequence[Payment]
) -> bytes:
    """One order with one batch. ValueError without payments, or for an amount that is not positive."""
    if not payments or any(payment.amount_fen <= 0 for payment in payments):
        raise ValueError("an order has payments, each above zero")
    total = yuan(sum(payment.amount_fen for payment in payments))
    document = etree.Element(f"{{{NAMESPACE}}}Document", nsmap={None: NAMESPACE})
    root = _add(document, "CstmrCdtTrfInitn")
    head = _add(root, "GrpHdr")
    _add(head, "MsgId", message[:35])
    _add(head, "CreDtTm", made_at.replace(microsecond=0).isoformat())
    _add(head, "NbOfTxs", str(len(payments)))
    _add(head, "CtrlSum", total)
    _add(_add(head, "InitgPty"), "Nm", payer.name[:140])
    batch = _add(root, "PmtInf")
    _add(batch, "PmtInfId", message[:35])
    _add(batch, "PmtMtd", "TRF")
    _add(batch, "NbOfTxs", str(len(payments)))
    _add(batch, "CtrlSum", total)
    _add(_add(batch, "ReqdExctnDt"), "Dt", execute_on.isoformat())
    _add(_add(batch, "Dbtr"), "Nm", payer.name[:140])
    _account(batch, "DbtrAcct", payer)
    _agent(batch, "DbtrAgt", payer)
    for payment in payments:
        one = _add(batch, "CdtTrfTxInf")
        _add(_add(one, "PmtId"), "EndToEndId", payment.end_to_end[:35])
        amount = _add(_add(one, "Amt"), "InstdAmt", yuan(payment.amount_fen))
        amount.set("Ccy", "CNY")
        _agent(one, "CdtrAgt", payment.to)
        _add(_add(one, "Cdtr"), "Nm", payment.to.name[:140])
        _account(one, "CdtrAcct", payment.to)
        if payment.text:
            _add(_add(one, "RmtInf"), "Ustrd", payment.text[:140])
    return bytes(etree.tostring(document, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    if text is not None:
        made.text = "".join(char for char in text if char.isprintable())
    return made


def _account(parent: etree._Element, name: str, side: Side) -> None:
    _add(_add(_add(_add(parent, name), "Id"), "Othr"), "Id", side.number[:34])


def _agent(parent: etree._Element, name: str, side: Side) -> None:
    """The bank: by BIC, by CNAPS number, by name; what is not known is left to the bank that gets the order."""
    bank = _add(_add(parent, name), "FinInstnId")
    if BIC.fullmatch(side.code):
        _add(bank, "BICFI", side.code)
    elif side.code:
        member = _add(bank, "ClrSysMmbId")
        _add(_add(member, "ClrSysId"), "Cd", "CNAPS")
        _add(member, "MmbId", side.code[:35])
    if side.bank:
        _add(bank, "Nm", side.bank[:140])
    if not side.code and not side.bank:
        _add(_add(bank, "Othr"), "Id", "NOTPROVIDED")
