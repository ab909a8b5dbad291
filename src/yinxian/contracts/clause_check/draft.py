"""A draft as the rules read it: sentences with their places, and whether a sentence denies what it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from .folding import Folded, fold

LONGEST = 200_000  # characters: about 250 printed pages
LONGEST_SENTENCE = 1_000  # a text without full stops is read in pieces, so that time grows with its length only
END = re.compile(r"[。;!?\n]|(?<=[a-z)\]])\.(?=\s|$)")
# Words that begin like a denial and deny nothing.
NOT_DENIALS = re.compile(
    "不惜|[一分]分?不少|分文不少|不论|不管|不限于?|不低于|不少于|不可撤[销回]|不可抗力|无条件|不遗余力|毫不|不断|不折不扣|无一例外|不附|不设条件|"
    "无偿|未来|非常|不超过|不晚于|不迟于|不计|不得不|无论|不仅|不但|不同|无误|无缺陷|非独占|非排他|无形|不限次|不是不|并非不|"
    "不会不|不能不|未经|不足|不可分割|不可转让|无保留|不变|不打折扣|不间断|无异议|不可推卸|不日|不久"
)
DENIAL = re.compile(
    "不得|不能|不应|不可|不予|不再|不作|不做|不会|不是|不对|不就|不为|不以|不含|不包[括含]|不构成|不视为|不意味|不承担|不负|"
    "不保证|不承诺|不担保|不要求|不|无法|无权|无需|无须|无义务|没有|没|未|并非|非|禁止|严禁|拒绝|避免|防止|难以|免除|放弃|删除|取消|"
    r"\bnot\b|\bno\b|\bnever\b|\bneither\b|\bnor\b|\bwithout\b|\bnothing\b|n't\b"
)
AGAIN = re.compile("仍|但|而应|应当|必须|则|亦应|也应|的话|(?<!之)时|之后|以后|否则|就")
DENIED_AFTER = re.compile(
    "[^,]{0,14}(?:(?:均|一律|都|皆)?(?:无效|不生效|不作数|不属于|不在|不构成|不作为|不得|不予|不再|不能|不予支持|被禁止|除外))"
)


class Sentence(NamedTuple):
    """A sentence of the folded text; ``paragraph`` counts the lines of the draft."""

    text: str
    start: int
    paragraph: int


@dataclass(frozen=True)
class Draft:
    """A draft cut to LONGEST characters; ``cut`` says whether it was."""

    written: str
    cut: bool = False

    @classmethod
    def of(cls, words: str) -> Draft:
        return cls(words[:LONGEST], len(words) > LONGEST)

    @cached_property
    def folded(self) -> Folded:
        return fold(self.written)

    @property
    def text(self) -> str:
        return self.folded.text

    @cached_property
    def sentences(self) -> list[Sentence]:
        found: list[Sentence] = []
        start, paragraph = 0, 0
        for end in END.finditer(self.text):
            self._add(found, start, end.start(), paragraph)
            paragraph += end.group() == "\n"
            start = end.end()
        self._add(found, start, len(self.text), paragraph)
        return found

    def _add(self, found: list[Sentence], start: int, end: int, paragraph: int) -> None:
        piece = self.text[start:end]
        lead = len(piece) - len(piece.lstrip())
        for at in range(lead, len(piece.rstrip()), LONGEST_SENTENCE):
            found.append(Sentence(piece[at : at + LONGEST_SENTENCE].rstrip(), start + at, paragraph))

    def before(self, index: int) -> Sentence | None:
        """The sentence before, in the same paragraph."""
        if index and self.sentences[index - 1].paragraph == self.sentences[index].paragraph:
            return self.sentences[index - 1]
        return None

    def around(self, index: int, far: int = 2) -> str:
        """What stands near a sentence, itself included."""
        return "。".join(found.text for found in self.sentences[max(0, index - far) : index + far + 1])

    @property
    def english(self) -> bool:
        han = sum(1 for letter in self.text[:4000] if "\u4e00" <= letter <= "\u9fff")
        return han * 20 < len(self.text[:4000])


def clause_at(sentence: str, start: int) -> int:
    """Where the clause begins in which a place stands."""
    return max(sentence.rfind(mark, 0, start) for mark in ",:") + 1


def denied(sentence: str, start: int, end: int, reach: int = 26) -> bool:
    """Whether what stands from ``start`` to ``end`` is denied: 乙方不保证…, 不得要求退还…, …的承诺无效.

    Only a denial in the same clause counts, and only when nothing between takes it back (未通过的，仍保证…).
    """
    clause = clause_at(sentence, start)
    lead = sentence[max(clause, start - reach) : start]
    lead = NOT_DENIALS.sub(lambda found: "□" * len(found.group()), lead)
    last = None
    for last in DENIAL.finditer(lead):  # noqa: B007  # the last one is wanted
        pass
    if last is not None and not AGAIN.search(lead, last.end()):
        return True
    if DENIAL.match(sentence[start : start + 3]) and not NOT_DENIALS.match(sentence[start : start + 4]):
        return False
    return DENIED_AFTER.match(sentence, end) is not None
