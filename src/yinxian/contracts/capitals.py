"""Amounts in capital figures (大写), as cheques and contracts write them."""

from __future__ import annotations

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def _group(number: int) -> str:
    """Four digits: 1001 -> 壹仟零壹."""
    words, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + DIGITS[digit] + PLACES[place]
            gap = False
        else:
            gap = True
    return words


def _whole(number: int) -> str:
    words, gap = "", False
    groups = [number // 10 ** (4 * index) % 10_000 for index in range(4)]
    for index in (3, 2, 1, 0):
        part = groups[index]
        if not part:
            gap = True
            continue
        zero = "零" if words and (gap or part < 1000) else ""
        unit = "万" if index == 3 and groups[2] else GROUPS[index]
        words += zero + _group(part) + unit
        gap = False
    return words


def capitals(amount_fen: int) -> str:
    """``19200000`` -> ``壹拾玖万贰仟元整``. ValueError below 0 or from 10**16 yuan on."""
    if not 0 <= amount_fen < 10**18:
        raise ValueError("an amount in capitals is between 0 and 10**16 yuan")
    yuan, fen = divmod(amount_fen, 100)
    jiao, fen = divmod(fen, 10)
    words = _whole(yuan) + "元" if yuan else ""
    if not jiao and not fen:
        return (words or "零元") + "整"
    if jiao:
        words += DIGITS[jiao] + "角"
    elif words:
        words += "零"
    return words + (DIGITS[fen] + "分" if fen else "整")
