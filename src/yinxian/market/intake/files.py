"""The words in an uploaded file: plain text (UTF-8 or GBK), Word, PDF, or a sheet with one need."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from yinxian.kernel.errors import Invalid

from .words import LIMIT

UNPACKED = 200 * 1024 * 1024  # bytes that a zipped document may unfold to
CELLS = 20_000
PAGES = 500
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SENTENCE = 16  # characters; no column is named by so many


def read_words(data: bytes, name: str, *, field: str = "file") -> str:
    """The text of the file, at most LIMIT characters. Invalid with the reason when it is empty, too large, binary,
    encrypted, damaged, or holds pictures only."""
    if not data:
        raise Invalid("kernel.empty_file", field=field)
    if len(data) > settings.YINXIAN_UPLOAD_BYTES:
        raise Invalid("kernel.too_large", field=field, limit=f"{settings.YINXIAN_UPLOAD_BYTES // 1024 // 1024} MB")
    if is_locked_office(data):
        raise Invalid("market.file_encrypted", field=field)
    reader = _reader(data, name)
    if reader is None:
        raise Invalid("market.file_kind", field=field)
    try:
        words = reader(data)
    except Invalid:
        raise
    except Exception as error:  # whatever a parser raises on a damaged file
        raise Invalid("market.file_damaged", field=field) from error
    if not words.strip():
        raise Invalid("market.file_without_words", field=field)
    return words[:LIMIT]


def is_locked_office(data: bytes) -> bool:
    """A Word or Excel file of today under a password lies inside a container of the old kind."""
    return data.startswith(OLD_OFFICE) and "EncryptedPackage".encode("utf-16-le") in data


def _reader(data: bytes, name: str) -> Callable[[bytes], str] | None:
    """By what the file is, not by what it is called; the ending only tells Word from a sheet."""
    if data.startswith(b"%PDF"):
        return _pdf
    if data.startswith(b"PK\x03\x04"):
        with io.BytesIO(data) as file:
            if not zipfile.is_zipfile(file):
                return _docx
            with zipfile.ZipFile(file) as archive:
                names = set(archive.namelist())
                if sum(one.file_size for one in archive.infolist()) > UNPACKED:
                    return None
        return _docx if "word/document.xml" in names else _xlsx if "xl/workbook.xml" in names else None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _plain
    head = data[:4096]
    binary = sum(1 for byte in head if byte < 9 or 13 < byte < 32)
    return None if b"\x00" in head or binary * 20 > len(head) else _plain


def _plain(data: bytes) -> str:
    """UTF-8 (with or without mark), UTF-16 with mark, else GB18030, which holds GBK."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    if text.count("\ufffd") * 20 > len(text):
        raise Invalid("kernel.unreadable_file", field="file", reason=_("编码不是 UTF-8 也不是 GBK"))
    return text


def _docx(data: bytes) -> str:
    from docx import Document  # noqa: PLC0415  # heavy, and only for Word files

    document = Document(io.BytesIO(data))
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        lines += ["：".join(dict.fromkeys(cell.text.strip() for cell in row.cells)) for row in table.rows]
    return "\n".join(lines)


def _pdf(data: bytes) -> str:
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # what it can read in spite of a fault is no news to the reader
    from pypdf import PdfReader  # noqa: PLC0415  # heavy, and only for PDF files

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Invalid("market.file_encrypted", field="file")
    return "\n".join(page.extract_text() for page in reader.pages[:PAGES])


def _xlsx(data: bytes) -> str:
    """One need: rows of label and value, or a header and one row. More rows belong to the importer."""
    from openpyxl import load_workbook  # noqa: PLC0415  # heavy, and only for sheets

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    rows: list[list[str]] = []
    cells = 0
    for row in sheet.iter_rows(values_only=True):
        cells += len(row)
        if cells > CELLS:
            raise Invalid("market.file_many_needs", field="file")
        if filled := [_cell(value) for value in row if value not in (None, "")]:
            rows.append(filled)
    book.close()
    if len(rows) > 1 and len(rows[0]) > 2 and any(len(cell) >= SENTENCE for cell in rows[0]):
        raise Invalid("market.file_many_needs", field="file")  # no line of names: each row is a need
    if len(rows) == 2 and len(rows[0]) > 2 and len(rows[1]) <= len(rows[0]):
        rows = [[label, value] for label, value in zip(rows[0], rows[1], strict=False)]
    elif len(rows) > 2 and len({len(row) for row in rows}) == 1 and len(rows[0]) > 2:
        raise Invalid("market.file_many_needs", field="file")
    return "\n".join("：".join(row) for row in rows)


def _cell(value: Any) -> str:
    return str(value).strip()
