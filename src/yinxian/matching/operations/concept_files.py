"""Own concepts from a CSV file: all rows or none, the first wrong one named by its number."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from yinxian.kernel.errors import Invalid
from yinxian.network.models import User

from ..models import OwnConcept
from .concepts import Written, write_concepts

COLUMNS = {
    "code": ("编号", "code", "id"),
    "zh": ("中文", "zh", "chinese"),
    "en": ("英文", "en", "english"),
    "signs": ("缩写", "signs", "abbreviations"),
    "broader": ("上位", "broader"),
    "field": ("领域", "field"),
    "note": ("说明", "note"),
}
LISTS = ("zh", "en", "signs", "broader")
PARTED = re.compile(r"[;；、]+")
MOST_ROWS = 1000


def import_concepts(*, association_id: int, actor: User, data: bytes) -> list[OwnConcept]:
    """Invalid for a file that cannot be read, for more than 1,000 rows, and for the first row that is refused."""
    rows = list(_rows(data))
    if not rows:
        raise Invalid("matching.concept_file", field="file")
    if len(rows) > MOST_ROWS:
        raise Invalid("matching.concept_file_long", field="file", limit=MOST_ROWS)
    done = 0

    def counted() -> Iterator[Written]:
        nonlocal done
        for row in rows:
            done += 1
            yield row

    try:
        return write_concepts(association_id=association_id, actor=actor, rows=counted())
    except Invalid as wrong:
        raise Invalid("matching.concept_row", field="file", row=done + 1, sentence=wrong.sentence) from wrong


def _rows(data: bytes) -> Iterator[Written]:
    try:
        text = _text(data)
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = [cell.strip().lower() for cell in next(reader, [])]
        places = {name: at for name, words in COLUMNS.items() for at, cell in enumerate(header) if cell in words}
        if not {"zh", "en"} & set(places):
            raise Invalid("matching.concept_file", field="file")
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _written({name: cells[at].strip() for name, at in places.items() if at < len(cells)})
    except (csv.Error, UnicodeDecodeError) as error:
        raise Invalid("matching.concept_file", field="file") from error


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    if "\x00" in text:
        raise Invalid("matching.concept_file", field="file")
    return text


def _written(cells: dict[str, str]) -> Written:
    plain = {name: cell.removeprefix("'") for name, cell in cells.items()}  # as our export disarms a formula
    lists = {name: tuple(PARTED.split(plain[name])) if plain.get(name) else () for name in LISTS}
    field = plain.get("field", "")
    return Written(
        code=plain.get("code", ""),
        field=f"{int(field):02d}" if re.fullmatch(r"[0-9]{1,2}", field, re.ASCII) else field,
        note=plain.get("note", ""),
        **lists,
    )
