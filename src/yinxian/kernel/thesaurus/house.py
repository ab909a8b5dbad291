"""What an installation adds to the book: a file that its associations' own concepts are written to.

Every process looks at the file's time before it uses the book, so a change is known everywhere without a restart.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from pathlib import Path

from .book import Thesaurus, shipped
from .reading import Concept, Malformed, read_line

logger = logging.getLogger(__name__)
_place: list[Callable[[], Path]] = []
_known: list[tuple[tuple[Path, int, int], Thesaurus]] = []


def extra_from(place: Callable[[], Path]) -> None:
    """From now on the concepts of the file at ``place()``, if there is one, belong to the book."""
    _place[:] = [place]


def thesaurus() -> Thesaurus:
    """The book that comes with the product and what the installation adds to it."""
    if not _place:
        return shipped()
    path = _place[0]()
    try:
        stat = path.stat()
    except OSError:
        return shipped()
    stamp = (path, stat.st_mtime_ns, stat.st_size)
    if not _known or _known[0][0] != stamp:
        _known[:] = [(stamp, shipped().with_extra(read_extra(path)))]
    return _known[0][1]


def read_extra(path: Path) -> list[Concept]:
    """The concepts of a file, one a line with its field before it; what cannot be read is left out and logged."""
    found = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        logger.error("the concepts of the installation cannot be read: %s", error)
        return []
    for line in lines:
        field, _, rest = line.partition("|")
        try:
            found.append(read_line(rest, field.strip(), own=True))
        except Malformed as error:
            logger.error("a concept of the installation is left out: %s", error)
    return found


def write_extra(concepts: Iterable[Concept]) -> None:
    """Put these in the place of what was there, all at once."""
    path = _place[0]()
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        f"{concept.field} | {concept.id} | {' | '.join('; '.join(part) for part in concept[1:5])}"
        for concept in concepts
    ]
    fresh = path.with_suffix(".new")
    fresh.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    fresh.replace(path)
