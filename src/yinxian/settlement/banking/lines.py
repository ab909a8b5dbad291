"""What every kind of statement is read into."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from yinxian.kernel.money import MAX_FEN, YUAN

MOST_LINES = 20_000
MOST_BYTES = 5 * 1024 * 1024


@dataclass(frozen=True)
class Fault:
    """What is wrong in one row (from 1); ``code`` names a sentence of settlement, ``value`` what stood there."""

    row: int
    code: str
    value: str = ""


@dataclass(frozen=True)
class Line:
    """One booked movement: what came (positive) or went (negative), who is on the other side, what was written.

    ``amount_fen`` is in hundredths of ``currency``, as the bank booked it: nothing is converted by reading.

    ``reference`` is the bank's own of the entry, ``end_to_end`` the one that the payer gave.
    """

    amount_fen: int
    booked_on: dt.date
    name: str = ""
    account: str = ""
    text: str = ""
    reference: str = ""
    end_to_end: str = ""
    currency: str = YUAN


@dataclass(frozen=True)
class Statement:
    """One account's movements in one currency. Balances None: the file does not say them; ``account`` empty: nor the
    account."""

    form: str
    account: str
    lines: tuple[Line, ...]
    opening_fen: int | None = None
    closing_fen: int | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def currency(self) -> str:
        return self.lines[0].currency if self.lines else YUAN

    @property
    def adds_up(self) -> bool:
        """Whether the movements lead from the opening to the closing balance; a file cut in half does not."""
        if self.opening_fen is None or self.closing_fen is None:
            return True
        return self.opening_fen + sum(line.amount_fen for line in self.lines) == self.closing_fen


def account_number(text: str) -> str:
    """An account as banks print it, with blanks or dashes, as its bare letters and digits."""
    return re.sub(r"[^0-9A-Za-z]", "", text).upper()


def plain(text: str, longest: int) -> str:
    """One line of text without control characters, at most so long."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:longest]


def identify(lines: Sequence[Line]) -> list[str]:
    """A key for each line by which it is known again when it comes in another file.

    The bank's reference where there is one; else everything that is known of it, and which of several alike it is.
    """
    seen: Counter[str] = Counter()
    keys = []
    for line in lines:
        parts = [line.reference, str(line.amount_fen), line.booked_on.isoformat()]
        if not line.reference:
            parts += [line.name, line.account, line.text, line.end_to_end]
        if line.currency != YUAN:  # one account number may hold several; yuan lines are known by what they were
            parts.append(line.currency)
        found = "\x1f".join(parts)
        seen[found] += 1
        whole = f"{found}\x1f{seen[found]}"
        keys.append(hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest())
    return keys


def within(fen: int) -> bool:
    return 0 < abs(fen) <= MAX_FEN
