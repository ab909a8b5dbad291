"""The shape of a contract's particulars: read whatever comes (form, API, deal) into it, or refuse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from yinxian.kernel import text as plain_text
from yinxian.kernel.errors import Invalid
from yinxian.kernel.money import MAX_FEN, WHOLE_BP, parse_percent

from .clauses import Ask, Template

LONGEST = 5_000
MOST_ROWS = 50
INDICATOR_KEYS = ("name", "requirement", "method")


def defaults(template: Template) -> dict[str, str]:
    """What a new contract starts with."""
    return {
        ask.key: str(parse_percent(ask.default)) if ask.kind == "percent" else ask.default
        for ask in template.asks
        if ask.default
    }


def read(template: Template, data: Mapping[str, Any]) -> dict[str, Any]:
    """``{values, indicators, payments}`` with only what the template knows, every value checked.

    Invalid("contracts.data") names the field that cannot be right; nothing is dropped silently but unknown keys.
    """
    given = data.get("values", {})
    values = {ask.key: _value(ask, given.get(ask.key, "")) for ask in template.asks}
    tables: dict[str, list[dict[str, Any]]] = {"indicators": [], "payments": []}
    for kind in ("indicators", "payments"):
        if kind not in template.tables:
            continue
        rows = data.get(kind, [])
        if not isinstance(rows, list) or len(rows) > MOST_ROWS:
            raise Invalid("contracts.data", field=kind, what=kind)
        tables[kind] = [_payment(row) if kind == "payments" else _indicator(row) for row in rows]
    return {"values": values, **tables}


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise Invalid("contracts.data", field=what, what=what)
    return plain_text.clean(value).strip()


def _date(value: str, ask_key: str, label: str) -> str:
    try:
        return dt.date.fromisoformat(value).isoformat() if value else ""
    except ValueError as error:
        raise Invalid("contracts.data", field=ask_key, what=label) from error


def _value(ask: Ask, value: Any) -> str:
    label = str(ask.label)
    if not isinstance(value, str) or len(value) > LONGEST:
        raise Invalid("contracts.data", field=ask.key, what=label)
    text = _text(value, ask.key)
    if not text:
        return ""
    if ask.kind == "date":
        return _date(text, ask.key, label)
    if ask.kind == "choice" and text not in dict(ask.options):
        raise Invalid("contracts.data", field=ask.key, what=label)
    if ask.kind in ("whole", "percent"):
        top = WHOLE_BP if ask.kind == "percent" else 999
        if not (text.isascii() and text.isdigit() and int(text) <= top):
            raise Invalid("contracts.data", field=ask.key, what=label)
    return text


def _indicator(row: Any) -> dict[str, Any]:
    if not isinstance(row, Mapping):
        raise Invalid("contracts.data", field="indicators", what="indicators")
    return {key: _text(row.get(key, ""), "indicators") for key in INDICATOR_KEYS}


def _payment(row: Any) -> dict[str, Any]:
    if not isinstance(row, Mapping):
        raise Invalid("contracts.data", field="payments", what="payments")
    amount = row.get("amount_fen")
    if not isinstance(amount, int) or isinstance(amount, bool) or not 0 < amount <= MAX_FEN:
        raise Invalid("kernel.amount", field="payments")
    return {
        "title": _text(row.get("title", ""), "payments"),
        "condition": _text(row.get("condition", ""), "payments"),
        "due_on": _date(_text(row.get("due_on") or "", "payments"), "payments", "payments"),
        "amount_fen": amount,
    }
