"""Alloys and binary compounds read by rule: 铝锆合金 and Al-Zr are one thing, and so are 氧化锆 and ZrO2.

What the book itself names wins over the rule. Ids made here: ``alloy:al-zr`` (base first, the others by symbol),
``compound:zr-o``; an element's own id is its English name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from .reading import Concept

Found = tuple[str, int, int, str]  # id, start, end, preferred term
HYPHENS = r"\-‐‑‒–—−"
TOKEN = re.compile(rf"(?<![A-Za-z0-9.])[A-Z0-9][A-Za-z0-9.₀-₉{HYPHENS}]*")
WORD = re.compile(rf"[^.{HYPHENS}]+(?:\.\d+)?")
TAILS = ("基合金", "合金", "基", "系")
TAIL_STARTS = frozenset("合基系")
COUNTS = frozenset("一二三四五六七亚")
# 金 (资金), 银 (银行), 铁 (高铁), 锡 (无锡), 铅 (铅笔), 碳 (低碳) and the gases are mostly something else when alone.
AMBIGUOUS = frozenset("金银铁锡铅碳硫磷氧氢氮氟氯溴碘砷硅硼钢氦氖氩汞钾钠钙")
# A symbol alone that is a word, a unit or an abbreviation as well.
# fmt: off
WORDS = frozenset({
    "As", "At", "Be", "Co", "He", "Ho", "I", "In", "No", "Am", "Os", "Po", "Pa", "Md", "Mt", "Ds", "Rg", "Cm",
    "Es", "Fr", "La", "Mc", "Og", "Ra", "Th", "Ts", "Ac", "Bh", "Db", "Fl", "Hs", "Lr", "Lv", "Nh", "Pm",
})
# fmt: on
ENGLISH_WORDS = frozenset({"lead", "tin"})  # to lead; TiN
ANIONS = {
    "氧化": "O",
    "碳化": "C",
    "氮化": "N",
    "硼化": "B",
    "硅化": "Si",
    "硫化": "S",
    "磷化": "P",
    "氟化": "F",
    "氯化": "Cl",
}
ANION_ENGLISH = {
    "O": "oxide",
    "C": "carbide",
    "N": "nitride",
    "B": "boride",
    "Si": "silicide",
    "S": "sulfide",
    "P": "phosphide",
    "F": "fluoride",
    "Cl": "chloride",
}
# fmt: off
CATIONS = frozenset({
    "Li", "Na", "K", "Mg", "Ca", "Sr", "Ba", "Al", "Ga", "In", "Si", "Ge", "Sn", "Pb", "Ti", "Zr", "Hf", "V",
    "Nb", "Ta", "Cr", "Mo", "W", "Mn", "Fe", "Co", "Ni", "Cu", "Zn", "Ag", "Cd", "B", "Sc", "Y", "La", "Ce",
    "Pr", "Nd", "Sm", "Eu", "Gd", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu", "Bi", "Sb",
})
# fmt: on
NOT_FORMULAS = frozenset({"CoC", "CoS", "CoN", "CoP", "InC", "InS", "VC", "VS", "KC", "YC", "BC", "BP"})


class Chemistry:
    """Reads symbols and names of elements and what is made of them."""

    def __init__(self, elements: Mapping[str, Concept]) -> None:
        self.elements = elements
        self._symbols = {name: symbol for symbol, element in elements.items() for name in element.zh if len(name) == 1}

    @cached_property
    def _han(self) -> re.Pattern[str]:
        return re.compile(f"[{''.join(self._symbols)}]+")

    @cached_property
    def _one(self) -> re.Pattern[str]:
        return re.compile("|".join(sorted(self.elements, key=lambda symbol: (-len(symbol), symbol))))

    @cached_property
    def _chain(self) -> re.Pattern[str]:
        part = rf"\d*(?:\.\d+)?(?:{self._one.pattern})\d*(?:\.\d+)?"
        return re.compile(rf"{part}(?:[{HYPHENS}]{part})+")

    @cached_property
    def _formula(self) -> re.Pattern[str]:
        return re.compile(rf"({self._one.pattern})([\d₀-₉]*)({'|'.join(ANION_ENGLISH)})([\d₀-₉]*)")

    def read(self, text: str, simple: str, places: Sequence[int]) -> Iterator[Found]:
        """Everything in the text that is made of elements, and the elements. ``simple`` and ``places`` are its
        folded form, where Chinese is read; symbols are read as written."""
        if not simple.isascii():
            for id, start, end, term in self._read_han(simple):
                yield id, places[start], places[end - 1] + 1, term
        for match in TOKEN.finditer(text):
            yield from self._read_token(match.group(), match.start())

    def _read_han(self, text: str) -> Iterator[Found]:
        for match in self._han.finditer(text):
            chain, start, end = match.group(), match.start(), match.end()
            symbols = [self._symbols[char] for char in chain]
            before = text[max(0, start - 3) : start]
            anion = ANIONS.get(before[-2:]) or (before[-1:] in COUNTS and ANIONS.get(before[:-1])) or ""
            tail = ""
            if text[end : end + 1] in TAIL_STARTS:
                tail = next((tail for tail in TAILS if text.startswith(tail, end)), "")
            if anion and symbols[0] in CATIONS and symbols[0] != anion:
                opening = start - (2 if before[-2:] in ANIONS else 3)
                yield self._compound(symbols[0], anion, opening, start + 1)
                whole = False
            else:
                whole = len(set(symbols)) == len(symbols) and (bool(tail) or AMBIGUOUS.isdisjoint(chain))
                whole = whole and (len(symbols) > 1 or "合金" in tail)
            if whole:
                yield self._alloy(symbols, start, end + len(tail))
            for place, char in enumerate(chain, start):
                if whole or char not in AMBIGUOUS:
                    yield self._element(self._symbols[char], place)

    def _read_token(self, token: str, start: int) -> Iterator[Found]:
        if self._chain.fullmatch(token):
            parts = list(self._one.finditer(token))
            symbols = [part.group() for part in parts]
            if len(set(symbols)) == len(symbols) and any(len(symbol) > 1 for symbol in symbols):
                yield self._alloy(symbols, start, start + len(token))
                for part in parts:
                    yield self._element(part.group(), start + part.start(), len(part.group()))
                return
        for word in WORD.finditer(token):
            yield from self._read_word(word.group(), start + word.start())

    def _read_word(self, word: str, start: int) -> Iterator[Found]:
        if word in self.elements:
            if len(word) > 1 and word not in WORDS:
                yield self._element(word, start, len(word))
        elif formula := self._formula.fullmatch(word):
            cation, n, anion, m = formula.groups()
            named = n or m or (len(word) > 2 and word not in NOT_FORMULAS)
            if cation in CATIONS and cation != anion and named:
                yield self._compound(cation, anion, start, start + len(word))

    def _element(self, symbol: str, start: int, size: int = 1) -> Found:
        element = self.elements[symbol]
        return element.id, start, start + size, element.name

    def _alloy(self, symbols: list[str], start: int, end: int) -> Found:
        ordered = [symbols[0], *sorted(symbols[1:])]
        return f"alloy:{'-'.join(ordered).lower()}", start, end, "-".join(ordered)

    def _compound(self, cation: str, anion: str, start: int, end: int) -> Found:
        return f"compound:{cation.lower()}-{anion.lower()}", start, end, self._compound_zh(cation, anion)

    def _compound_zh(self, cation: str, anion: str) -> str:
        prefix = next(zh for zh, symbol in ANIONS.items() if symbol == anion)
        return prefix + self.elements[cation].zh[0]

    def concept(self, id: str) -> Concept | None:
        """The concept behind an id made here; None for any other."""
        kind, _, rest = id.partition(":")
        symbols = [part.capitalize() for part in rest.split("-")]
        if any(symbol not in self.elements for symbol in symbols):
            return None
        parts = [self.elements[symbol] for symbol in symbols]
        ids = tuple(part.id for part in parts)
        if kind == "alloy":
            zh = "".join(part.zh[0] for part in parts)
            en = "-".join(part.en[0] for part in parts)
            return Concept(id, (f"{zh}合金", zh), (f"{en} alloy",), ("-".join(symbols),), ids, "00")
        if kind == "compound" and len(symbols) == 2 and symbols[1] in ANION_ENGLISH and symbols[0] in CATIONS:
            zh = self._compound_zh(*symbols)
            return Concept(id, (zh,), (f"{parts[0].en[0]} {ANION_ENGLISH[symbols[1]]}",), (), ids, "00")
        return None
