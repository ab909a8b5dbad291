"""Several needs in one cell or text: 需求一：… 需求二：… are told apart; what stands before them belongs to each."""

from __future__ import annotations

import re
from typing import NamedTuple

from yinxian.kernel.quantity.numerals import number_or_chinese

_COUNT = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_MARK = re.compile(
    rf"(?:^|(?<=[。；;！!\n]))[ \t\u3000]*(?:第(?P<of>{_COUNT})[个项条](?:技术|企业)?(?:需求|课题|项目)"
    rf"|(?:技术|企业|具体|主要)?(?:需求|课题|项目)[（(]?(?P<at>{_COUNT})[)）]?)(?:[ \t]*[:：、.．]|[ \t]*\n)",
)
LEAST = 12  # characters of a need that stands for itself
MOST = 50


class Sibling(NamedTuple):
    """``own`` is what is said of it alone, ``text`` that with what is said of all."""

    own: str
    text: str


def siblings(text: str) -> list[Sibling]:
    """The needs that a text numbers from one; none when it is one need."""
    found = list(_MARK.finditer(text))
    numbers = [number_or_chinese(mark["of"] or mark["at"]) for mark in found]
    if not 2 <= len(found) <= MOST or numbers != list(range(1, len(found) + 1)):
        return []
    ends = [*(mark.start() for mark in found[1:]), len(text)]
    parts = [text[mark.end() : end].strip() for mark, end in zip(found, ends, strict=True)]
    if any(len(part) < LEAST for part in parts):
        return []
    before = text[: found[0].start()].strip()
    return [Sibling(part, f"{before}\n{part}" if before else part) for part in parts]
