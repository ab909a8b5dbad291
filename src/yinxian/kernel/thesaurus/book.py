"""The thesaurus as one thing: concepts, what stands above and below, and the finder over their terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from functools import cache, cached_property
from types import MappingProxyType

from yinxian.kernel.text import normalise

from .elements import Chemistry
from .finding import Finder, Match
from .parts import is_part
from .reading import Concept, read_concepts, read_elements

SHORTEST = 2  # characters of a term that may hide another
ELEMENT = Concept("chemical-element", ("化学元素",), ("chemical element",), (), (), "00")


class Thesaurus:
    """Immutable. ``with_extra`` gives another one; a concept of the same id replaces the book's."""

    def __init__(self, concepts: Iterable[Concept], chemistry: Chemistry) -> None:
        self._chemistry = chemistry
        self._concepts = {concept.id: concept for concept in concepts}
        self._hiding: dict[str, tuple[tuple[str, int], ...]] = {}
        self.concepts: Mapping[str, Concept] = MappingProxyType(self._concepts)

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self._concepts.values(), self._chemistry)

    @cached_property
    def _narrower(self) -> dict[str, tuple[str, ...]]:
        below: dict[str, list[str]] = {}
        for concept in self._concepts.values():
            for id in concept.broader:
                below.setdefault(id, []).append(concept.id)
        return {id: tuple(ids) for id, ids in below.items()}

    @cached_property
    def _named(self) -> Mapping[str, set[str]]:
        """Ids by Chinese terms in normal form."""
        found: dict[str, set[str]] = {}
        for one in self._concepts.values():
            for term in one.zh:
                found.setdefault(normalise(term), set()).add(one.id)
        return found

    @cached_property
    def _holding(self) -> Mapping[str, tuple[str, ...]]:
        """Longer Chinese terms by the pairs of characters in them."""
        found: dict[str, dict[str, None]] = {}
        for term in self._named:
            for at in range(len(term) - 1) if len(term) > SHORTEST else ():
                found.setdefault(term[at : at + 2], {})[term] = None
        return {pair: tuple(terms) for pair, terms in found.items()}

    def hiding(self, word: str) -> tuple[tuple[str, int], ...]:
        """Terms in which a word in normal form stands without being a part of them (混凝 in 混凝土), each with the
        place; where one of these stands in a text, the word does not."""
        if word not in self._hiding:
            ids = self._named.get(word, set())
            self._hiding[word] = tuple(
                (term, at)
                for term in self._holding.get(word[:2], ())
                if (at := term.find(word)) >= 0 and term != word
                and not is_part(term, at, at + len(word)) and not self._related(ids, self._named[term])
            )  # fmt: skip
        return self._hiding[word]

    def concept(self, id: str) -> Concept | None:
        return self._concepts.get(id) or self._chemistry.concept(id)

    def find(self, text: str, *, nested: bool = False) -> list[Match]:
        """Those inside others only as far as they are parts of them."""
        found = self._finder.find(text, nested=nested)
        if not nested:
            return found
        kept: list[Match] = []
        for match in found:  # a longer one that holds it comes before it
            around = [one for one in kept if one.start <= match.start and match.end <= one.end]
            if all(self._belongs(match, one, text) for one in around):
                kept.append(match)
        return kept

    def _belongs(self, match: Match, longer: Match, text: str) -> bool:
        if (match.start, match.end) == (longer.start, longer.end) or match.term.isascii():
            return True
        plain = normalise(text[longer.start : longer.end])
        if len(plain) != longer.end - longer.start or self._related({match.id}, {longer.id}):
            return True
        return is_part(plain, match.start - longer.start, match.end - longer.start)

    def _related(self, some: Set[str], others: Set[str]) -> bool:
        """Whether the book has one above the other."""
        above, beyond = ({up for id in ids for up in self.ancestors(id)} for ids in (some, others))
        return bool(some & others or some & beyond or others & above)

    def terms_of(self, id: str) -> tuple[str, ...]:
        concept = self.concept(id)
        return concept.terms if concept else ()

    def narrower(self, id: str) -> tuple[str, ...]:
        return self._narrower.get(id, ())

    def ancestors(self, id: str) -> tuple[str, ...]:
        above: dict[str, None] = {}
        level = [id]
        while level:
            found = [concept for one in level if (concept := self.concept(one))]
            level = [up for concept in found for up in concept.broader if up != id and up not in above]
            above |= dict.fromkeys(level)
        return tuple(above)

    def with_extra(self, extra: Iterable[Concept]) -> Thesaurus:
        return Thesaurus([*self._concepts.values(), *extra], self._chemistry)


@cache
def shipped() -> Thesaurus:
    """The book that comes with the product, read at the first question."""
    elements = read_elements()
    return Thesaurus([ELEMENT, *elements.values(), *read_concepts()], Chemistry(elements))
