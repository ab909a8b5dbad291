"""Is a word that stands inside a longer term one of its parts? 氮化硼 is one of 立方氮化硼单晶; 化铁 is none of 氧化铁,
混凝 none of 混凝土, 氮化 none of 氮化镓: there the characters only happen to stand beside each other."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from yinxian.kernel.text import cut, cut_small, normalise

from .elements import ANIONS
from .reading import read_elements

FOR_IT = frozenset("剂机器仪炉站法液")  # what does it: 混凝剂 is for 混凝


@lru_cache(maxsize=1)
def _element_characters() -> frozenset[str]:
    return frozenset(normalise(concept.zh[0]) for concept in read_elements().values())


@lru_cache(maxsize=65_536)
def is_part(longer: str, start: int, end: int) -> bool:
    """Of a term in normal form, whether ``longer[start:end]`` is a part with a meaning of its own: it begins and ends
    where words do (or one character before the end) or, inside one word, is a word that none before it reaches into.
    The head of a compound's name
    (氮化 before an element) says what the thing is, not what is done."""
    if longer[start:end] in ANIONS and longer[end : end + 1] in _element_characters():
        return False
    edges = [0]
    for word in cut(longer):
        edges.append(edges[-1] + len(word))
    if start in edges and (end in edges or (end == len(longer) - 1 and end - 1 in edges)):
        return True  # 换电 in 换电站 too, though 电站 is a word
    for first, last in pairwise(edges):
        if first <= start and end <= last:
            return _in_word(longer[first:last], start - first, end - first)
    return False


def _in_word(word: str, start: int, end: int) -> bool:
    if start == 0 and word[end:] in FOR_IT:
        return True
    smaller = {one for one in cut_small(word) if one != word}
    if word[start:end] not in smaller:
        return False
    return not any(
        at < start < at + len(one) < end for one in smaller for at in range(start) if word.startswith(one, at)
    )
