"""What a technique does, how the trades say it, to what, and by which means it is done.

The data lie beside this file, one function a line: ``name = other ways to say it | usual objects | means and
principles``. They are written from knowledge of the trades and reviewed like code; docs/adr/0017 says why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from yinxian.kernel.text import normalise

from ..standing import places_of

HERE = Path(__file__).parent
COLUMNS = 3


class Malformed(ValueError):
    """A line that is not a function; the message says which."""


@dataclass(frozen=True)
class Function:
    """``says`` begin with the name; all words are in normal form."""

    name: str
    trade: str
    says: tuple[str, ...]
    objects: tuple[str, ...]
    means: tuple[str, ...]


@dataclass(frozen=True)
class Book:
    functions: dict[str, Function] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)  # a way to say it -> the function's name
    starts: dict[str, tuple[str, ...]] = field(default_factory=dict)  # two characters -> sayings, longest first

    def find(self, plain: str) -> list[str]:
        """Names of the functions that a text in normal form speaks of, in order, each place read once, the longest
        saying first; one that is said twice stands twice."""
        return [name for name, _, _ in self.places(plain)]

    def places(self, plain: str) -> Iterator[tuple[str, int, int]]:
        """As ``find``, with where each is said."""
        free = 0
        for place in range(len(plain) - 1):
            if place < free:
                continue
            for saying in self.starts.get(plain[place : place + 2], ()):
                if plain.startswith(saying, place) and place in places_of(saying, plain):
                    free = place + len(saying)
                    yield self.said[saying], place, free
                    break


def read_line(line: str, trade: str) -> Function:
    cells = [cell.strip() for cell in line.split("|")]
    name, equals, others = cells[0].partition("=")
    if len(cells) != COLUMNS or not equals or not name.strip() or not cells[2]:
        raise Malformed(line)
    words = [tuple(dict.fromkeys(map(normalise, cell.split()))) for cell in (f"{name} {others}", *cells[1:])]
    return Function(name.strip(), trade, *words)


def read_functions() -> Iterator[Function]:
    """Every line of every file, in order of the files."""
    for path in sorted(HERE.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield read_line(line, path.stem)


@cache
def book() -> Book:
    """Read at the first question."""
    functions = {function.name: function for function in read_functions()}
    said: dict[str, str] = {}
    for function in functions.values():
        for saying in function.says:
            said.setdefault(saying, function.name)
    starts: dict[str, list[str]] = defaultdict(list)
    for saying in sorted(said, key=lambda word: (-len(word), word)):
        starts[saying[:2]].append(saying)
    return Book(functions, said, {head: tuple(words) for head, words in starts.items()})
