"""What the product knows of the trades' words: the book and the associations' own concepts as one list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import QuerySet

from yinxian.kernel import thesaurus
from yinxian.kernel.fields import Field
from yinxian.kernel.text import normalise
from yinxian.kernel.thesaurus import Concept, Thesaurus
from yinxian.market.permissions import reviewed_associations
from yinxian.network.models import Organisation

from ..models import OwnConcept

WHOSE = ("", "own", "book")


@dataclass(frozen=True)
class Known:
    """A concept as it is shown; ``own`` is there when an association added it."""

    concept: Concept
    own: OwnConcept | None = None
    broader: tuple[Concept, ...] = ()
    narrower: tuple[Concept, ...] = ()

    @property
    def field_name(self) -> str:
        return str(dict(Field.choices).get(self.concept.field, ""))

    @property
    def others(self) -> tuple[str, ...]:
        """Every name but the preferred one."""
        return tuple(term for term in self.concept.terms if term != self.concept.name)


def own_concepts() -> QuerySet[OwnConcept]:
    return OwnConcept.objects.select_related("association")


def in_use() -> QuerySet[OwnConcept]:
    return own_concepts().filter(state=OwnConcept.State.IN_USE)


def own_concept(slug: str) -> OwnConcept | None:
    return own_concepts().filter(slug=slug).first()


def edited_associations(user: Any) -> QuerySet[Organisation]:
    """The associations whose concepts the person adds and changes."""
    return Organisation.objects.filter(pk__in=reviewed_associations(user)).order_by("name")


def house_book(without: int | None = None) -> Thesaurus:
    """The book with everything that is in use now, read from the database."""
    return thesaurus.with_extra(row.concept for row in in_use() if row.pk != without)


def write_house_book() -> None:
    """What is in use now, for every process of the installation."""
    thesaurus.write_extra(row.concept for row in in_use())


@dataclass(frozen=True)
class Sought:
    """``words`` are looked for in every term, ``whose`` is one of WHOSE, ``area`` the code of a field."""

    words: str = ""
    whose: str = ""
    area: str = ""


def concepts_for(sought: Sought) -> list[Known]:
    """The associations' own first, those withdrawn last; of each, terms that are the words before those that hold them.
    The book is small enough to be looked through."""
    wanted = normalise(sought.words).strip()
    rows = _with_words(Known(row.concept, row) for row in own_concepts()) if sought.whose != "book" else ()
    rows += _shipped() if sought.whose != "own" else ()
    ranked = [
        (rank, one)
        for one, words in rows
        if (not sought.area or one.concept.field == sought.area) and (rank := _rank(wanted, one, words)) is not None
    ]
    ranked.sort(key=lambda row: row[0])
    return [one for _, one in ranked]


Rows = tuple[tuple[Known, tuple[str, ...]], ...]


def _with_words(known: Iterable[Known]) -> Rows:
    """With what is looked through, in normal form."""
    return tuple((one, (*map(normalise, one.concept.terms), one.concept.id)) for one in known)


@cache
def _shipped() -> Rows:
    return _with_words(map(Known, thesaurus.shipped().concepts.values()))


def _rank(wanted: str, one: Known, words: Sequence[str]) -> tuple[bool, bool, bool] | None:
    gone = one.own is not None and one.own.state == OwnConcept.State.WITHDRAWN
    if not wanted:
        return gone, one.own is None, False
    if not any(wanted in word for word in words):
        return None
    return gone, wanted not in words, one.own is None


def known(code: str) -> Known | None:
    """One concept with its neighbours; by the id of the book or the code of an own one."""
    own = own_concepts().filter(code=code).first()
    book = house_book()
    concept = own.concept if own else book.concept(code)
    if concept is None:
        return None
    return Known(concept, own, named(book, concept.broader), named(book, book.narrower(code)))


def named(book: Thesaurus, ids: Iterable[str]) -> tuple[Concept, ...]:
    return tuple(found for id in ids if (found := book.concept(id)))


@dataclass(frozen=True)
class Holders:
    """Who has a term already: by its normal form."""

    by_term: dict[str, list[Concept]] = field(default_factory=dict)

    def other_than(self, code: str, terms: Sequence[str]) -> list[tuple[str, Concept]]:
        """(term, concept) for the terms that some other concept has."""
        return [
            (term, concept) for term in terms for concept in self.by_term.get(normalise(term), []) if concept.id != code
        ]


def holders(book: Thesaurus) -> Holders:
    found: dict[str, list[Concept]] = {}
    for concept in book.concepts.values():
        for term in dict.fromkeys(map(normalise, concept.terms)):
            found.setdefault(term, []).append(concept)
    return Holders(found)
