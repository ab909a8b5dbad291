"""Which terms stand in a text. One walk over the normal form: a dictionary of the first two characters of all terms
says which lengths are worth a look, so the cost grows with the text and not with the thesaurus."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from operator import add
from typing import NamedTuple

from yinxian.kernel.text import folded, word_edges

from .elements import ENGLISH_WORDS, Chemistry
from .reading import Concept

SHORT = 6  # a sign of so many characters is read with its capitals
HAN_FROM = "\u3400"
LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
DASHES = "-‐‑‒–—−"
AS_SPACE = str.maketrans(dict.fromkeys(DASHES + "\n\r\t", " "))
AS_HYPHEN = str.maketrans(dict.fromkeys(DASHES, "-"))


class Match(NamedTuple):
    """``text[start:end]`` names the concept ``id``; ``term`` is how the thesaurus writes it."""

    id: str
    start: int
    end: int
    term: str


Entry = tuple[str, str, bool]  # id, term, whether its capitals matter

Raw = tuple[int, int, int, str, str]  # minus length, start, end, id, term: in this order the longest come first


def is_strict(sign: str) -> bool:
    """Whether a sign's capitals matter: CO is not Co, CAN is not can."""
    return len(sign) <= SHORT


def _entries(concepts: Iterable[Concept]) -> Iterator[Entry]:
    for id, zh, en, signs, broader, _ in concepts:
        if broader == ("chemical-element",):  # characters and symbols of elements are read by rule
            yield from [(id, term, False) for term in en if term not in ENGLISH_WORDS]
            continue
        yield from [(id, term, False) for term in zh]
        yield from [(id, term, False) for term in en]
        yield from [(id, sign, len(sign) <= SHORT) for sign in signs]


def _keys(terms: Sequence[str]) -> list[str]:
    """The terms as they are looked up, all folded at once: one by one takes three times as long."""
    folded_terms = "\n".join(terms).casefold()
    for dash in DASHES:
        folded_terms = folded_terms.replace(dash, " ")
    return folded_terms.split("\n") if terms else []


class Finder:
    def __init__(self, concepts: Iterable[Concept], chemistry: Chemistry) -> None:
        self._chemistry = chemistry
        listed = list(_entries(concepts))
        keys = _keys([term for _, term, _ in listed])
        self._entries: dict[str, tuple[Entry, ...]] = {}
        entries = self._entries
        for key, entry in zip(keys, listed, strict=True):
            entries[key] = (*entries[key], entry) if key in entries else (entry,)
        lengths: dict[str, set[int]] = {}
        for key in entries:
            head = key[:2]
            if head in lengths:
                lengths[head].add(len(key))
            else:
                lengths[head] = {len(key)}
        self._lengths = {head: sorted(sizes) for head, sizes in lengths.items()}

    def find(self, text: str, *, nested: bool = False) -> list[Match]:
        """Matches in order of place; of overlapping ones the longest stays, the earlier of two equal ones."""
        simple, places = folded(text)
        found = self._terms(text, simple.translate(AS_SPACE), places)
        taken = {raw[:3] for raw in found}
        for id, start, end, term in self._chemistry.read(text, simple, places):
            if (start - end, start, end) not in taken:
                found.append((start - end, start, end, id, term))
        found.sort()
        return _chosen(found, len(text), nested=nested)

    def _terms(self, text: str, plain: str, places: Sequence[int]) -> list[Raw]:
        entries, lengths, size = self._entries, self._lengths, len(plain)
        found: list[Raw] = []
        edges: frozenset[int] | None = None  # of words; asked for only where a term of two characters stands
        heads = list(map(add, plain, plain[1:]))
        for at in [at for at, head in enumerate(heads) if head in lengths]:
            if at and plain[at] in LATIN and plain[at - 1] in LATIN:
                continue  # inside a word
            for length in lengths[heads[at]]:
                end = at + length
                hits = entries.get(plain[at:end])
                if hits and length == 2 and plain[at] >= HAN_FROM and _between_han(plain, at, end):
                    edges = word_edges(plain) if edges is None else edges
                    if at not in edges and end not in edges and at + 1 in edges:
                        continue  # 换电 in 更换电机: the end of one word and the beginning of the next
                if hits and end <= size and _ends_word(plain, end):
                    start, stop = places[at], places[end - 1] + 1
                    found += [
                        (start - stop, start, stop, id, term)
                        for id, term, strict in hits
                        if not strict or _as_written(text[start:stop], term) or _loose(term, plain, at, end)
                    ]
        return found


def _between_han(plain: str, at: int, end: int) -> bool:
    return plain[at - 1 : at] >= HAN_FROM and plain[end : end + 1] >= HAN_FROM


def _as_written(written: str, sign: str) -> bool:
    return unicodedata.normalize("NFKC", written).translate(AS_HYPHEN) == sign.translate(AS_HYPHEN)


def _loose(sign: str, plain: str, at: int, end: int) -> bool:
    return len(sign) > 2 and _beside_han(plain, at, end)


def _ends_word(plain: str, end: int) -> bool:
    """A Latin term ends where the word ends; a plural s may follow."""
    if plain[end - 1] not in LATIN or end == len(plain) or plain[end] not in LATIN:
        return True
    return plain[end] == "s" and (end + 1 == len(plain) or plain[end + 1] not in LATIN)


def _beside_han(plain: str, at: int, end: int) -> bool:
    """Whether the nearest character on one side is Chinese: there "plc" and "led" are signs, not words."""
    before = plain[max(0, at - 2) : at].rstrip()[-1:]
    after = plain[end : end + 2].lstrip()[:1]
    return before >= HAN_FROM or after >= HAN_FROM


def _chosen(found: list[Raw], size: int, *, nested: bool) -> list[Match]:
    """``found`` has the longest first."""
    owners = [0] * size
    longest: list[Raw] = []
    kept: list[tuple[int, int, str, str]] = []
    for raw in found:
        _, start, end, id, term = raw
        owner = owners[start]
        if not owner and not any(owners[start:end]):
            longest.append(raw)
            owners[start:end] = [len(longest)] * (end - start)
        else:
            crosses = not owner or owner != owners[end - 1]
            if crosses or not (nested or longest[owner - 1][1:3] == (start, end)):
                continue
        kept.append((start, -end, id, term))
    return [Match(id, start, -end, term) for start, end, id, term in sorted(set(kept))]
