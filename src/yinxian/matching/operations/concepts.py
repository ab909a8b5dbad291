"""Add, change and withdraw an association's own concepts, one by one or from a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.fields import Field
from yinxian.kernel.text import clean, normalise
from yinxian.kernel.thesaurus import Thesaurus
from yinxian.network.models import Organisation, User

from ..models import OwnConcept
from ..permissions import can_edit_concepts
from ..queries.concepts import Holders, holders, house_book

LONGEST, MOST_TERMS, MOST_BROADER, LONGEST_NOTE, LONGEST_CODE = 60, 20, 5, 200, 60
RESERVED = frozenset({"new", "import", "export"})  # these are pages
PARTS = ("zh", "en", "signs", "broader")


@dataclass(frozen=True)
class Written:
    """A concept as somebody wrote it."""

    code: str = ""
    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    field: str = ""
    note: str = ""

    @property
    def terms(self) -> tuple[str, ...]:
        return self.zh + self.en + self.signs


def add_concept(*, association_id: int, actor: User, written: Written) -> OwnConcept:
    """Invalid when a term belongs to another concept and no note says why, and when it would stand above itself."""
    return write_concepts(association_id=association_id, actor=actor, rows=[written])[0]


@transaction.atomic
def write_concepts(*, association_id: int, actor: User, rows: Iterable[Written]) -> list[OwnConcept]:
    """All rows or none. A row whose code the association has already changes that concept; one that says the same
    changes nothing, so that a file can be read twice."""
    _may(actor, association_id)
    book = house_book()
    known = {
        row.code: row for row in OwnConcept.objects.select_for_update(of=("self",)).filter(association=association_id)
    }
    taken = holders(book)
    done = []
    for row in rows:
        checked = _checked(row, known, book, taken)
        _meanings(checked, taken, book)
        before = known.get(checked.code)
        made = _change(before, actor, checked) if before else _make(association_id, actor, checked)
        known[made.code] = made
        book = book.with_extra([made.concept])
        for term in made.concept.terms:
            taken.by_term.setdefault(normalise(term), []).append(made.concept)
        done.append(made)
    return done


@transaction.atomic
def edit_concept(*, concept_id: int, actor: User, written: Written, based_on: int) -> OwnConcept:
    """Conflict when someone has changed it since ``based_on``. The code stays; what was withdrawn is in use again."""
    concept = OwnConcept.objects.select_for_update(of=("self",)).get(pk=concept_id)
    _may(actor, concept.association_id)
    if concept.version != based_on:
        raise Conflict("matching.concept_changed", version=concept.version)
    book = house_book(without=concept.pk)
    taken = holders(book)
    checked = _checked(replace(written, code=concept.code), {concept.code: concept}, book, taken)
    _meanings(checked, taken, book)
    return _change(concept, actor, checked)


@transaction.atomic
def withdraw_concept(*, concept_id: int, actor: User) -> OwnConcept:
    """Out of use from now on; it stays on the list and can be taken into use again. Again changes nothing."""
    concept = OwnConcept.objects.select_for_update(of=("self",)).get(pk=concept_id)
    _may(actor, concept.association_id)
    below = [row for row in OwnConcept.objects.filter(state=OwnConcept.State.IN_USE) if concept.code in row.broader]
    if below:
        raise Conflict("matching.concept_stands_above", name=str(below[0]))
    if concept.state == OwnConcept.State.IN_USE:
        concept.state = OwnConcept.State.WITHDRAWN
        concept.version += 1
        concept.changed_by, concept.changed_at = actor, clock.now()
        concept.save()
        _record("matching.concept.withdrawn", actor, concept)
    return concept


def _may(actor: User, association_id: int) -> None:
    if not can_edit_concepts(actor, Organisation.objects.get(pk=association_id)):
        raise Forbidden("matching.edit_concepts")


def _make(association_id: int, actor: User, row: Written) -> OwnConcept:
    made = OwnConcept(association_id=association_id, changed_by=actor, **_values(row))
    made.save()
    _record("matching.concept.added", actor, made)
    return made


def _change(concept: OwnConcept, actor: User, row: Written) -> OwnConcept:
    values = {**_values(row), "state": OwnConcept.State.IN_USE}
    if all(getattr(concept, name) == value for name, value in values.items()):
        return concept
    for name, value in values.items():
        setattr(concept, name, value)
    concept.version += 1
    concept.changed_by, concept.changed_at = actor, clock.now()
    concept.save()
    _record("matching.concept.edited", actor, concept)
    return concept


def _values(row: Written) -> dict[str, object]:
    lists = {name: list(getattr(row, name)) for name in PARTS}
    return {"code": row.code, **lists, "field": row.field, "note": row.note}


def _record(name: str, actor: User, concept: OwnConcept) -> None:
    journal.record(
        name,
        actor=actor,
        subject=concept,
        data={"code": concept.code, "version": concept.version, "terms": list(concept.concept.terms)},
        organisations=[concept.association_id],
    )


def _checked(row: Written, mine: dict[str, OwnConcept], book: Thesaurus, taken: Holders) -> Written:
    """The row in order; Invalid names the first thing that is wrong with it."""
    lists = {name: _terms(getattr(row, name), name) for name in PARTS}
    lists["broader"] = tuple(_id_of(word, book, taken) for word in lists["broader"])
    if not (lists["zh"] or lists["en"]):
        raise Invalid("matching.concept_nameless", field="zh")
    note = " ".join(clean(row.note).split())
    if len(note) > LONGEST_NOTE:
        raise Invalid("matching.concept_note_long", field="note", limit=LONGEST_NOTE)
    if row.field and row.field not in Field.values:
        raise Invalid("matching.concept_field", field="field", value=row.field[:20])
    code = row.code.strip().lower() or _code_of(lists["en"], book)
    if len(code) > LONGEST_CODE or not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", code) or code in RESERVED:
        raise Invalid("matching.concept_code", field="code", value=code[:LONGEST_CODE])
    if code not in mine and (book.concept(code) or OwnConcept.objects.filter(code=code).exists()):
        raise Invalid("matching.concept_code_taken", field="code", value=code)
    return Written(code=code, field=row.field, note=note, **lists)


def _terms(given: Sequence[str], name: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(term for one in given if (term := " ".join(clean(one).split()))))
    if len(found) > (MOST_BROADER if name == "broader" else MOST_TERMS):
        raise Invalid("matching.concept_many", field=name, limit=MOST_BROADER if name == "broader" else MOST_TERMS)
    for term in found:
        if len(term) > LONGEST or "|" in term or ";" in term or not normalise(term).strip():
            raise Invalid("matching.concept_term", field=name, term=term[:LONGEST], limit=LONGEST)
        if name in ("zh", "en") and len(normalise(term)) < 2:
            raise Invalid("matching.concept_term_short", field=name, term=term)
    return found


def _id_of(word: str, book: Thesaurus, taken: Holders) -> str:
    """People name a broader concept by its id or by any of its terms."""
    if book.concept(word.lower()):
        return word.lower()
    ids = sorted({concept.id for concept in taken.by_term.get(normalise(word), [])})
    if len(ids) > 1:
        raise Invalid("matching.concept_broader_many", field="broader", value=word, codes="、".join(ids))
    return ids[0] if ids else word.lower()


def _code_of(english: Sequence[str], book: Thesaurus) -> str:
    """A code from the English name, or a number where there is none that fits."""
    plain = re.sub(r"[^a-z0-9]+", "-", english[0].lower()).strip("-")[: LONGEST_CODE - 8].strip("-") if english else ""
    base = f"own-{plain}" if plain else "own"
    taken = set(OwnConcept.objects.filter(code__startswith=base).values_list("code", flat=True))
    number = 1
    while (code := base if plain and number == 1 else f"{base}-{number}") in taken or book.concept(code):
        number += 1
    return code


def _meanings(row: Written, taken: Holders, book: Thesaurus) -> None:
    """No term of two concepts without a note; every broader concept is known, and none of them stands below."""
    shared = taken.other_than(row.code, row.terms)
    if shared and not row.note:
        term, other = shared[0]
        raise Invalid("matching.concept_term_taken", field="note", term=term, name=other.name, id=other.id)
    for id in row.broader:
        if id != row.code and book.concept(id) is None:
            raise Invalid("matching.concept_broader_unknown", field="broader", value=id)
        if id == row.code or row.code in book.ancestors(id):
            raise Invalid("matching.concept_circle", field="broader", value=id)
