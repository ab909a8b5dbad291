"""The files of the thesaurus: every line a whole concept, no term of two concepts unexplained."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from yinxian.kernel.fields import Field
from yinxian.kernel.text import normalise
from yinxian.kernel.thesaurus import Concept, Malformed, concepts, read_line
from yinxian.kernel.thesaurus.finding import AS_SPACE, is_strict
from yinxian.kernel.thesaurus.reading import HERE, read_concepts, read_elements, read_homonyms

LEAST = {
    "01": 400,
    "02": 165,
    "03": 800,
    "04": 470,
    "05": 1850,
    "06": 350,
    "07": 350,
    "08": 110,
    "09": 700,
    "10": 225,
    "11": 380,
}
HAN = re.compile("[\u3400-\u9fff]")
BOOK = read_concepts()


def keys(concept: Concept) -> list[str]:
    """How the finder tells terms apart: short signs by their capitals, everything else folded."""
    plain = [term for term in concept.terms if term not in concept.signs or not is_strict(term)]
    signs = [term for term in concept.signs if is_strict(term)]
    return [normalise(term).translate(AS_SPACE) for term in plain] + [f"={sign}" for sign in signs]


def test_ids_are_kebab_case_and_stand_once() -> None:
    ids = [concept.id for concept in [*BOOK, *read_elements().values()]]
    assert [id for id, times in Counter(ids).items() if times > 1] == []
    assert [id for id in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id)] == []


def test_broader_concepts_exist_and_nothing_stands_above_itself() -> None:
    book = concepts()
    assert [f"{one.id} -> {up}" for one in book.values() for up in one.broader if up not in book] == []
    open_, closed, rounds = set[str](), set[str](), list[str]()

    def visit(id: str) -> None:
        if id in closed:
            return
        if id in open_:
            rounds.append(id)
            return
        open_.add(id)
        for up in book[id].broader:
            visit(up)
        closed.add(id)

    for id in book:
        visit(id)
    assert rounds == []


def test_a_term_means_one_thing_or_is_explained() -> None:
    meant: dict[str, set[str]] = {}
    for concept in [*BOOK, *read_elements().values()]:
        for key in keys(concept):
            meant.setdefault(key, set()).add(concept.id)
    shared = {key: ids for key, ids in meant.items() if len(ids) > 1}
    listed = {}
    for term, (ids, note) in read_homonyms().items():
        assert note, term
        plain = normalise(term).translate(AS_SPACE)
        listed[f"={term}" if f"={term}" in shared else plain] = set(ids)
    assert shared == listed


def test_no_concept_says_a_term_twice() -> None:
    double = [(one.id, key) for one in BOOK for key, times in Counter(keys(one)).items() if times > 1]
    assert double == []


def test_terms_are_written_in_their_own_column_and_normal_form() -> None:
    wrong = []
    for concept in BOOK:
        for term in concept.terms:
            if term != term.strip() or normalise(term) != term.casefold() or not 2 <= len(term) <= 80:
                wrong.append((concept.id, term))
        wrong += [
            (concept.id, term) for term in concept.en if not term.isascii() and re.search("[\u3400-\u9fff]", term)
        ]
        wrong += [(concept.id, term) for term in concept.zh if not re.search("[\u3400-\u9fff]", term)]
        wrong += [(concept.id, "no English")] if not concept.en else []
    assert wrong == []


def test_files_are_short_and_each_belongs_to_a_field() -> None:
    sizes = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in (HERE / "concepts").iterdir()}
    assert {name: size for name, size in sizes.items() if size > 400} == {}
    assert {name[:2] for name in sizes} <= {*Field.values, "00"}


def test_every_field_has_the_concepts_it_should() -> None:
    counted = Counter(concept.field for concept in BOOK)
    assert set(LEAST) == set(Field.values)
    assert sum(LEAST.values()) >= 3000
    assert {field: counted[field] for field, least in LEAST.items() if counted[field] < least} == {}


def test_all_elements_are_there_in_order() -> None:
    elements = read_elements()
    assert len(elements) == 118
    assert list(elements)[:8] == ["H", "He", "Li", "Be", "B", "C", "N", "O"]
    assert [list(elements)[number - 1] for number in (26, 40, 79, 92)] == ["Fe", "Zr", "Au", "U"]


@pytest.mark.parametrize("line", ["a | 甲 | one |", "| 甲 | one | | ", "a | 甲 | | A | ", "a | 甲 | one | | | b"])
def test_a_line_that_is_no_concept_is_refused_by_name(line: str) -> None:
    with pytest.raises(Malformed, match=re.escape(line)):
        read_line(line, "03")
