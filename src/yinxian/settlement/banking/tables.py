"""Read a bank's table (CSV in UTF-8 or GBK, XLSX) with mapped columns: Chinese banks' exports as they come."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from yinxian.kernel.errors import Invalid
from yinxian.kernel.money import CURRENCIES
from yinxian.market.importing.readers import read_rows

from .lines import MOST_BYTES, MOST_LINES, Fault, Line, Statement, account_number, plain, within

COLUMNS: dict[str, tuple[str, ...]] = {
    "day": ("交易日期", "记账日期", "入账日期", "交易时间", "日期", "Date", "Booking date"),
    "amount": ("交易金额", "金额", "发生额", "Amount"),
    "came": ("贷方金额", "贷方发生额", "收入金额", "收入", "转入金额", "Credit"),
    "went": ("借方金额", "借方发生额", "支出金额", "支出", "转出金额", "Debit"),
    "sign": ("借贷标志", "借贷方向", "收支方向", "交易方向", "Debit/Credit"),
    "name": ("对方户名", "对方名称", "对方账户名称", "付款人名称", "交易对手", "Counterparty"),
    "account": ("对方账号", "对方账户", "Counterparty account"),
    "text": ("摘要", "附言", "用途", "备注", "交易附言", "Description"),
    "reference": ("交易流水号", "流水号", "凭证号", "回单编号", "交易参考号", "Reference"),
    "balance": ("余额", "账户余额", "交易后余额", "Balance"),
    "own": ("本方账号", "账号", "查询账号", "Account"),
    "currency": ("币种", "Currency"),
}
WORDS = {
    **{one: one for one in CURRENCIES},
    **dict.fromkeys(("", "RMB", "人民币", "人民币元"), "CNY"),
    **{"美元": "USD", "欧元": "EUR", "港币": "HKD", "港元": "HKD", "英镑": "GBP"},
}
"""What a column of currencies may say."""
CREDIT = ("贷", "收", "收入", "来账", "C", "CR", "CRDT", "CREDIT")
DEBIT = ("借", "支", "支出", "往账", "D", "DR", "DBIT", "DEBIT")
DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})")


def read(data: bytes, file_name: str, chosen: Mapping[str, str] | None = None) -> Statement:
    """The rows as lines. ``chosen`` names columns that are called otherwise. Invalid when a column that is needed is
    missing, or the account or the currency differs from row to row; what is wrong in single rows is in ``faults``."""
    if len(data) > MOST_BYTES:
        raise Invalid("settlement.bank_too_large", limit=f"{MOST_BYTES // 1024 // 1024} MB")
    rows = read_rows(data, file_name)
    if len(rows) > MOST_LINES:
        raise Invalid("settlement.bank_too_long", limit=f"{MOST_LINES:,}")
    columns = map_columns(list(rows[0]), chosen or {})
    lines: list[Line] = []
    faults: list[Fault] = []
    balances: list[int | None] = []
    accounts = set()
    for number, row in enumerate(rows, 1):
        cells = {name: _cell(row.get(column)) for name, column in columns.items()}
        found = _line(cells, number)
        if isinstance(found, Fault):
            faults.append(found)
            continue
        lines.append(found)
        balances.append(_fen(cells["balance"]) if cells.get("balance") else None)
        accounts.add(account_number(cells.get("own", "")))
    if len(accounts - {""}) > 1:
        raise Invalid("settlement.bank_many_accounts")
    if len(currencies := {line.currency for line in lines}) > 1:
        raise Invalid("settlement.bank_many_currencies", found="、".join(sorted(currencies)))
    if not faults and not _runs_on([line.amount_fen for line in lines], balances):
        raise Invalid("settlement.bank_does_not_add_up")
    return Statement("table", next(iter(accounts - {""}), ""), tuple(lines), faults=tuple(faults))


def map_columns(heads: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Which column of the file stands for what; Invalid without a day and an amount (one column, or two)."""
    known = {re.sub(r"[\s（(].*", "", head): head for head in reversed(heads)} | {head: head for head in heads}
    found = {}
    for name, words in COLUMNS.items():
        word = chosen.get(name, "").strip()
        if word and word not in known:
            raise Invalid("settlement.bank_column", column=plain(word, 40), found="、".join(heads[:20])[:300])
        match = known.get(word) if word else next((known[one] for one in words if one in known), None)
        if match:
            found[name] = match
    if "day" not in found or not ({"amount", "came", "went"} & set(found)):
        raise Invalid("settlement.bank_columns", found="、".join(str(head) for head in heads[:20])[:300])
    return found


def _cell(value: Any) -> str:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[:10]
    return plain(str("" if value is None else value), 400).strip("'` ")


def _fen(text: str) -> int | None:
    """Yuan as banks print them, with or without commas and sign; None for anything else."""
    bare = text.replace(",", "").replace("，", "").replace("¥", "").replace("￥", "").strip()
    if not re.fullmatch(r"[+-]?\d{1,16}(\.\d{1,4})?", bare):
        return None
    try:
        fen = Decimal(bare) * 100
    except InvalidOperation:
        return None
    return int(fen) if fen == fen.to_integral_value() else None


def _day(text: str) -> dt.date | None:
    found = DAY.match(text)
    if found is None:
        return None
    try:
        return dt.date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


def _amount(cells: Mapping[str, str]) -> int | None:
    """What came less what went, from one signed column, one with a mark, or two."""
    came, went = (_fen(cells.get(name) or "0") for name in ("came", "went"))
    if cells.get("came") or cells.get("went"):
        return None if came is None or went is None else came - went
    amount, mark = _fen(cells.get("amount", "")), cells.get("sign", "").upper()
    if amount is None:
        return None
    if mark:
        if mark not in CREDIT + DEBIT:
            return None
        return abs(amount) if mark in CREDIT else -abs(amount)
    return amount


def _line(cells: Mapping[str, str], number: int) -> Line | Fault:
    day, amount = _day(cells["day"]), _amount(cells)
    if day is None:
        return Fault(number, "settlement.bank_row_day", cells["day"][:60])
    if amount is None or not within(amount):
        given = " / ".join(cells[name] for name in ("amount", "came", "went", "sign") if cells.get(name))
        return Fault(number, "settlement.bank_row_amount", given[:60])
    currency = WORDS.get(cells.get("currency", "").upper())
    if currency is None:
        return Fault(number, "settlement.bank_row_currency", cells["currency"][:60])
    return Line(
        amount_fen=amount,
        booked_on=day,
        name=cells.get("name", "")[:120],
        account=account_number(cells.get("account", ""))[:40],
        text=cells.get("text", "")[:400],
        reference=cells.get("reference", "")[:60],
        currency=currency,
    )


def _runs_on(amounts: Sequence[int], balances: Sequence[int | None]) -> bool:
    """Whether each balance follows from the one before, oldest first or newest first; a missing row breaks it."""
    if len(balances) < 2 or any(balance is None for balance in balances):
        return True
    known = [balance or 0 for balance in balances]
    forward = all(known[at - 1] + amounts[at] == known[at] for at in range(1, len(known)))
    return forward or all(known[at] + amounts[at - 1] == known[at - 1] for at in range(1, len(known)))
