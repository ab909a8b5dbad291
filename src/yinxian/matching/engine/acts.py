"""What a text does to what: function-oriented search. A function of the book (engine/functions) with the words that
stand around it in the same clause is an act: 防止 镀层 脱落. Two texts agree in an act when the function and one of
its objects are the same, each in whatever words; a shared noun alone is no act.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from yinxian.kernel import thesaurus
from yinxian.kernel.text import words

from .functions import Book
from .standing import places_of

AROUND = 10  # characters on each side in which an object of the function is looked for
CLAUSE = re.compile(r"[,，.。;；:：!！?？\n]")
IDLE = set(
    re.findall(
        r"..",
        "技术工艺方法系统设备装置产品项目研究研发开发需求问题解决实现提高降低采用进行使用应用生产企业公司过程能力效果性能要求"
        "目前现有关键以及可以能够通过具有材料结构部分以上以下处理控制温度压力时间",
    )
)
NOT_DONE = re.compile(r"(?:不用|无需|无须|不需要?|不必|毋须|免去?|不能|不可|不宜|不得|without )$")
NO_OBJECT = "不无未没"  # 不用, 无需: no word for a thing begins so
Acts = Mapping[str, frozenset[str]]  # function to objects


def _around(plain: str, start: int, end: int) -> tuple[str, str]:
    left = CLAUSE.split(plain[max(0, start - AROUND) : start])[-1]
    return left, CLAUSE.split(plain[end : end + AROUND])[0]


def wanted_acts(plain: str, book: Book) -> Acts:
    """What a need in normal form wants done, each object under every name that the thesaurus has for it."""
    found: dict[str, set[str]] = {}
    for name, start, end in book.places(plain):
        if NOT_DONE.search(plain[max(0, start - AROUND) : start]):
            continue  # 不用加热: heating is what is not wanted
        near = {word for side in _around(plain, start, end) for word in words(side) if _may_be_a_thing(word)}
        found.setdefault(name, set()).update(near, *map(_names, near))
    return {name: frozenset(objects) for name, objects in found.items() if objects}


def _may_be_a_thing(word: str) -> bool:
    return len(word) > 1 and word not in IDLE and word[0] not in NO_OBJECT


@lru_cache(maxsize=8192)
def _names(word: str) -> frozenset[str]:
    trades = thesaurus.thesaurus()
    return frozenset(term.lower() for match in trades.find(word, nested=True) for term in trades.concepts[match.id].zh)


def agreed(wanted: Acts, sayings: Mapping[str, Sequence[str]], plain: str) -> dict[str, tuple[str, str]]:
    """Functions in which a text agrees with what is wanted: to how the text says it, and the object. ``sayings`` are
    the ways to say each function that are worth looking for."""
    found: dict[str, tuple[str, str]] = {}
    for name, ways in sayings.items():
        for saying in ways:
            if (thing := _object(wanted[name], saying, plain)) and name not in found:
                found[name] = saying, thing
    return found


def _object(objects: frozenset[str], saying: str, plain: str) -> str:
    """The longest object that stands beside the saying, in whichever place."""
    for place in places_of(saying, plain):
        around = _around(plain, place, place + len(saying))
        if near := [thing for thing in objects if any(thing in side for side in around)]:
            return max(near, key=lambda thing: (len(thing), thing))
    return ""
