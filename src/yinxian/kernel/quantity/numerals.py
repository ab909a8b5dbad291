"""Figures as they are written: grouped, multiplied by 万, in full-width digits or in Chinese numerals."""

from __future__ import annotations

from decimal import Decimal

from .model import number

VARIANTS = {
    **dict.fromkeys("〜∼～", "~"),
    **dict.fromkeys("﹣－–—−", "-"),
    **dict.fromkeys("≧⩾≫", "≥"),
    **dict.fromkeys("≦⩽≪", "≤"),
    **dict.fromkeys("Φф", "φ"),
    **dict.fromkeys("\u3000\u00a0\u2009", " "),
    "µ": "μ",
    "\u2126": "Ω",
    "⁻": "-",
    **dict(zip("⁰¹⁴⁵⁶⁷⁸⁹", "01456789", strict=True)),  # ² and ³ stay: units are written with them
    "﹪": "%",
}
WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {ord(a): b for a, b in VARIANTS.items()}
DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
PLACES = {"十": 10, "百": 100, "千": 1000}
MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
NO_NUMBERS = {"百", "千", "万", "百万", "千万"}  # 百公里, 千万级: names, not counts
CHINESE = "".join(DIGITS) + "".join(PLACES) + "万点半"

_WRITTEN = str.maketrans({",": None, " ": None, "*": "×", "·": "×", "x": "×", "²": "2", "³": "3"})


def flatten(text: str) -> str:
    """Full-width and variant signs as plain ones; every character keeps its place."""
    return text.translate(WIDE)


def read_chinese(text: str) -> Decimal | None:
    """一百二十 -> 120, 一点五 -> 1.5, 两万 -> 20000, 半 -> 0.5; None for what is no number."""
    if text == "半":
        return Decimal("0.5")
    if text in NO_NUMBERS:
        return None
    whole, _, fraction = text.partition("点")
    total, section, digit, seen = 0, 0, 0, False
    for sign in whole:
        if sign in DIGITS:
            digit, seen = DIGITS[sign], True
        elif sign in PLACES:
            section += (digit or 1) * PLACES[sign]
            digit, seen = 0, True
        elif sign == "万" and seen:
            total += (section + digit) * 10**4
            section = digit = 0
        else:
            return None
    if not seen or (fraction and any(sign not in DIGITS for sign in fraction)):
        return None
    return Decimal(f"{total + section + digit}.{''.join(str(DIGITS[sign]) for sign in fraction) or '0'}").normalize()


def read_number(digits: str, multiplier: str = "") -> Decimal | None:
    """``1,200``, ``2.5×10^3`` and ``10^-3`` with 万 behind; None when it is beyond what a quantity may be."""
    written = digits.translate(_WRITTEN)
    if written.startswith("10^"):
        written = f"1×{written}"
    base, _, power = written.replace("^", "").partition("×10")
    value = number(base)
    if value is None or len(power) > 3:
        return None
    scaled = value * Decimal(10) ** int(power or 0) * MULTIPLIERS.get(multiplier, 1)
    return number(scaled)


def number_or_chinese(text: str) -> Decimal | None:
    """A figure in digits or in Chinese numerals."""
    return read_number(text) if text[:1].isdigit() else read_chinese(text)
