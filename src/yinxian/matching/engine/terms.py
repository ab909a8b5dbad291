"""Which words of a need are asked for, with what weight.

Measured on graded texts (benchmarks/fit.py): a word counts once however often the need repeats it; rare words
count more than BM25 alone lets them; words of the title count less, because every text about the trade shares them;
parts of words and pairs of characters count less than whole words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log, sqrt

from yinxian.kernel.text import required_terms, words

from .wanted import Wanted

TITLE = 0.4
SUBJECT_IN_SMALL = 2.5
PAIR = 0.7
COMMON_SHARE, COMMON_LEAST = 0.05, 40  # a term in more texts than this tells nothing apart
FEWEST, MOST = 8, 256  # terms that are asked for
SMALL, LARGE = 200, 2000  # texts: see plan
FIGURE = re.compile(r"[\d.]+")
# What only bounds or measures: the fit table reads it. In a small market it would count like a word of the trade.
IDLE = set(
    re.findall(
        r"..",
        "以上以下以内之内以外左右上下超过低于高于大于小于少于多于等于不低不高不超达到至少至多最多最少只能必须目前现在"
        "小时分钟公斤千克毫米厘米微米毫升公里平方摄氏每天每年每月每次万元个月",
    )
)


@dataclass(frozen=True)
class Plan:
    """``weights`` go to the index as boosts; ``worth`` is what each term adds when it stands once in a text of
    ordinary length; ``norm`` makes relevance comparable between short and long needs."""

    weights: Mapping[str, float] = field(default_factory=dict)
    worth: Mapping[str, float] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()  # those that are words; the rest are pairs of characters
    trust: float = 1.0  # 0 to 1: how far rarity is more than chance in a market of this size
    missing: float = 0.0  # what words would add (squared) that no text of a small market says: see plan

    @cached_property
    def norm(self) -> float:
        return sqrt(sum(worth * worth for worth in self.worth.values()) + self.missing)


def rarity(frequency: int, total: int) -> float:
    """BM25's inverse document frequency; always above 0."""
    return log(1 + (total - frequency + 0.5) / (frequency + 0.5)) if frequency <= total else 0.0


@dataclass(frozen=True)
class Wishes:
    """Every distinct term of the segments with its weight; ``whole`` are words, ``title`` stand in the first
    segment, ``subject`` name the matter."""

    weights: Mapping[str, float]
    whole: frozenset[str]
    title: frozenset[str]
    subject: frozenset[str]


def wishes(wanted: Wanted) -> Wishes:
    """The terms of what is wanted. Figures are left to the fit table, unless there is nothing else."""
    found: dict[str, float] = {}
    every: set[str] = set()
    title: set[str] = set()
    for index, (text, weight) in enumerate(wanted.segments):
        tokens = words(text)
        whole = _whole_words(tokens)
        every |= whole
        for term in dict.fromkeys([*tokens, *required_terms(text)]):
            if FIGURE.fullmatch(term) or (len(term) == 1 and not term.isascii()):
                continue
            found[term] = max(found.get(term, 0.0), weight if term in whole else weight * PAIR)
            if index == 0 and len(wanted.segments) > 1:
                title.add(term)
    subject = {*words(wanted.subject), *required_terms(wanted.subject)}
    weights = found or dict.fromkeys(every, 1.0)
    return Wishes(weights, frozenset(every), frozenset(title), frozenset(subject))


def _whole_words(tokens: Sequence[str]) -> set[str]:
    """Words that stand for themselves somewhere: 氧化碳 as a mere part of 一氧化碳 is not one."""
    count = Counter(tokens)
    inside: Counter[str] = Counter()
    for word in sorted(count, key=len, reverse=True):
        alone = count[word] - inside[word]
        if alone > 0 and len(word) > 2 and not word.isascii():
            pieces = {word[i:j] for i in range(len(word)) for j in range(i + 2, len(word) + 1) if j - i < len(word)}
            for piece in pieces & count.keys():
                inside[piece] += alone
    return {word for word, times in count.items() if times > inside[word]}


def plan(asked: Wishes, holding: Mapping[str, int], total: int) -> Plan:
    """Choose the terms: known to the index, not too common, those that can add most first.

    ``holding`` says how many of ``total`` texts hold each term. In a small market rarity is chance and hardly anyone
    shares the title's words by accident, so there they lead; in a large one it is the other way round. Words that stand
    nowhere in a small market are missing: without them the few that do stand there would look like all of the need.
    """
    known = {term: count for term in asked.weights if (count := holding.get(term, 0))}
    common = max(COMMON_LEAST, int(total * COMMON_SHARE))
    telling = {term: count for term, count in known.items() if count <= common}
    if len(telling) < FEWEST:
        telling = dict(sorted(known.items(), key=lambda row: row[1])[:FEWEST])
    trust = min(1.0, max(0.0, (total - SMALL) / (LARGE - SMALL)))
    rare = {term: rarity(count, total) for term, count in telling.items()}
    weights = {term: asked.weights[term] * _part(asked, term, trust) * rare[term] ** trust for term in telling}
    nowhere = [term for term in asked.whole if term in asked.weights and term not in known]
    missing = sum((asked.weights[term] * _part(asked, term, trust) * rarity(0, total)) ** 2 for term in nowhere)
    best = sorted(filter(weights.get, weights), key=lambda term: (-weights[term] * rare[term], term))[:MOST]
    return Plan(
        weights={term: weights[term] for term in best},
        worth={term: weights[term] * rare[term] for term in best},
        whole=frozenset(asked.whole & set(best)),
        trust=trust,
        missing=(1 - trust) * missing,
    )


def _part(asked: Wishes, term: str, trust: float) -> float:
    """What a term's place in the need makes of its weight."""
    large = TITLE if term in asked.title else 1.0
    small = 0.0 if term in IDLE else SUBJECT_IN_SMALL if term in asked.subject else 1.0
    return small + (large - small) * trust
