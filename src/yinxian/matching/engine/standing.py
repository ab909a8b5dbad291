"""Where a word stands in a text for itself: a Latin word not inside another, a Chinese one not inside a longer term of
the trades that it is no part of (混凝 in 混凝土)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from yinxian.kernel import thesaurus


@lru_cache(maxsize=4096)
def _alone(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])")


def places_of(word: str, plain: str) -> Iterator[int]:
    """In order; both in normal form."""
    if word.isascii():
        yield from (found.start() for found in _alone(word).finditer(plain))
        return
    hiding = [(term, at) for term, at in thesaurus.thesaurus().hiding(word) if term in plain]
    place = plain.find(word)
    while place >= 0:
        if not any(place >= at and plain.startswith(term, place - at) for term, at in hiding):
            yield place
        place = plain.find(word, place + 1)


def stands(word: str, plain: str) -> bool:
    return next(places_of(word, plain), -1) >= 0
