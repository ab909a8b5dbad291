"""Reading the files of the thesaurus: plain text, one concept a line, no pattern matching on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
COLUMNS = 5


class Malformed(ValueError):
    """A line that is not a concept; the message says which and why."""


class Concept(NamedTuple):
    """``zh`` and ``en`` have the preferred term first; ``signs`` are abbreviations, formulas, symbols and trade codes.
    ``field`` is the two figures of the technology field, ``00`` for what belongs to none."""

    id: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    signs: tuple[str, ...]
    broader: tuple[str, ...]
    field: str

    @property
    def terms(self) -> tuple[str, ...]:
        return self.zh + self.en + self.signs

    @property
    def name(self) -> str:
        """The preferred term: Chinese, or English where the trade has no Chinese word."""
        return self.zh[0] if self.zh else self.en[0]


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("; ")) if cell else ()


def read_line(line: str, field: str, *, own: bool = False) -> Concept:
    """One line ``id | 中文 | English | signs | broader``. A house's own may do without English."""
    cells = line.split("|")
    if len(cells) != COLUMNS:
        raise Malformed(f"{len(cells)} columns instead of {COLUMNS}: {line}")
    id, zh, en, signs, broader = [cell.strip() for cell in cells]
    if not id or not (en or (own and zh)):
        raise Malformed(f"a concept needs an id and an English term: {line}")
    return Concept(id, _split(zh), _split(en), _split(signs), _split(broader), field)


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def read_concepts() -> list[Concept]:
    """All lines of ``concepts/``, in the order of the files; the field is the file's number."""
    found = []
    for path in sorted((HERE / "concepts").glob("[0-9][0-9]_*.txt")):
        field = path.name[:2]
        found += [read_line(line, field) for line in _lines(path)]
    return found


def read_elements() -> dict[str, Concept]:
    """Symbol to element, in the order of atomic numbers."""
    found = {}
    for line in _lines(HERE / "elements.txt"):
        symbol, zh, en = [cell.strip() for cell in line.split("|")]
        names = _split(en)
        found[symbol] = Concept(names[0], _split(zh), names, (symbol,), ("chemical-element",), "00")
    return found


def read_homonyms() -> dict[str, tuple[frozenset[str], str]]:
    """Term to the ids that share it and why."""
    found = {}
    for line in _lines(HERE / "homonyms.txt"):
        term, ids, note = [cell.strip() for cell in line.split("|")]
        found[term] = (frozenset(_split(ids)), note)
    return found
