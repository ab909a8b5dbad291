"""Money in integer fen (1/100 yuan) and percentages in integer basis points (1/100 of a per cent)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from .errors import Invalid

WHOLE_BP = 10_000
YUAN = "CNY"
CURRENCIES = (YUAN, "USD", "EUR", "HKD", "GBP")
"""All of them have hundredths: an amount is always in the hundredth part of the currency's unit."""
MAX_FEN = 10**15  # ten trillion yuan: beyond any contract, well inside a 64-bit column


def portion(amount_fen: int, bp: int) -> int:
    """``bp`` basis points of an amount, half a fen rounded away from zero."""
    sign = -1 if (amount_fen < 0) != (bp < 0) else 1
    return sign * ((abs(amount_fen) * abs(bp) * 2 + WHOLE_BP) // (2 * WHOLE_BP))


def allocate(amount_fen: int, weights: Sequence[int]) -> list[int]:
    """Divide an amount by weights so that the parts add up to it, by largest remainder.

    Fen that remain go to the largest remainders, the earlier part first where they tie, so the same
    rule always gives the same parts. ValueError when there is no positive weight or one is negative.
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError("weights must not be negative and at least one must be positive")
    if amount_fen < 0:
        return [-part for part in allocate(-amount_fen, weights)]
    parts = [amount_fen * weight // total for weight in weights]
    if missing := amount_fen - sum(parts):
        remainders = [amount_fen * weight % total for weight in weights]
        for i in sorted(range(len(weights)), key=lambda i: (-remainders[i], i))[:missing]:
            parts[i] += 1
    return parts


def parse_yuan(text: str, *, field: str | None = None) -> int:
    """Read yuan as people type them (``192,000.00``, ``￥48万``, full-width digits) into fen.

    Invalid("kernel.amount") for anything that is not a number, has more than two decimals of a fen's
    worth or is negative; Invalid("kernel.amount_large") beyond MAX_FEN.
    """
    plain = text.strip().translate(str.maketrans("０１２３４５６７８９．，", "0123456789.,"))
    plain = plain.replace(",", "").replace("￥", "").replace("¥", "").replace("元", "").strip()
    factor = 1
    for word, value in (("万亿", 10**12), ("亿", 10**8), ("万", 10**4)):
        if plain.endswith(word):
            plain, factor = plain.removesuffix(word).strip(), value
            break
    try:
        fen = Decimal(plain) * factor * 100
        if not fen.is_finite() or fen != fen.to_integral_value() or fen < 0:
            raise Invalid("kernel.amount", field=field)
    except InvalidOperation as error:
        raise Invalid("kernel.amount", field=field) from error
    if fen > MAX_FEN:
        raise Invalid("kernel.amount_large", field=field)
    return int(fen)


def show_yuan(amount_fen: int) -> str:
    """``19200000`` -> ``192,000.00``."""
    sign = "-" if amount_fen < 0 else ""
    yuan, fen = divmod(abs(amount_fen), 100)
    return f"{sign}{yuan:,}.{fen:02d}"


def show_percent(bp: int) -> str:
    """``1160`` -> ``11.60%``."""
    return f"{show_yuan(bp)}%"


def parse_percent(text: str, *, field: str | None = None) -> int:
    """Read ``11.6``, ``11.60%`` into basis points; Invalid("kernel.percent") outside 0 to 100 or finer than 0.01."""
    plain = text.strip().translate(str.maketrans("０１２３４５６７８９．％", "0123456789.%")).rstrip("%").strip()
    try:
        bp = Decimal(plain) * 100
        if not bp.is_finite() or bp != bp.to_integral_value() or not 0 <= bp <= WHOLE_BP:
            raise Invalid("kernel.percent", field=field)
    except InvalidOperation as error:
        raise Invalid("kernel.percent", field=field) from error
    return int(bp)
