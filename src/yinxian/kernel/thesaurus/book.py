"""The thesaurus as one thing: concepts, what stands above and below, and the finder over their terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from types import MappingProxyType

from .elements import Chemistry
from .finding import Finder, Match
from .reading import Concept, read_concepts, read_elements

ELEMENT = Concept("chemical-element", ("化学元素",), ("chemical element",), (), (), "00")


class Thesaurus:
    """Immutable. ``with_extra`` gives another one; a concept of the same id replaces the book's."""

    def __init__(self, concepts: Iterable[Concept], chemistry: Chemistry) -> None:
        self._chemistry = chemistry
        self._concepts = {concept.id: concept for concept in concepts}
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

    def concept(self, id: str) -> Concept | None:
        return self._concepts.get(id) or self._chemistry.concept(id)

    def find(self, text: str, *, nested: bool = False) -> list[Match]:
        return self._finder.find(text, nested=nested)

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
