"""Rows of a CSV, XLSX, JSON or JSON lines file, whatever its encoding; refusals that say why it cannot be read."""

from __future__ import annotations

import csv
import io
import itertools
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from yinxian.kernel.errors import Invalid

from ..intake.files import OLD_OFFICE, is_locked_office

MAX_ROWS = 50_000
MAX_UNPACKED = 300 * 1024 * 1024
FORMULA = "\x00formula"  # marks a cell whose formula has no stored value
Row = dict[str, Any]


def read_rows(data: bytes, name: str) -> list[Row]:
    """Every row as {column name: value}. Invalid("kernel.…") when it is empty, binary, broken or too long,
    Invalid("market.import_no_rows") when it has nothing under its heads."""
    if not data.strip():
        raise Invalid("kernel.empty_file")
    try:
        rows = list(itertools.islice(_rows(data, name.lower()), MAX_ROWS + 1))
    except RecursionError as error:
        raise _unreadable(_("JSON 嵌套太深")) from error
    except Invalid:
        raise
    except (ValueError, csv.Error) as error:
        raise _unreadable(str(error)[:200]) from error
    except Exception as error:  # whatever the parsers of zip, XML and sheets raise on a damaged file
        raise _unreadable(_("它可能已损坏，请重新导出再传")) from error
    if len(rows) > MAX_ROWS:
        raise Invalid("kernel.too_many", limit=f"{MAX_ROWS:,}")
    if not rows:
        raise Invalid("market.import_no_rows")
    return rows


def _rows(data: bytes, name: str) -> Iterator[Row]:
    if data[:4] == b"PK\x03\x04":
        return _xlsx(data)
    if is_locked_office(data):
        raise _unreadable(_("它加了密码，请去掉密码再传"))
    if data.startswith(b"%PDF"):
        raise _unreadable(_("它是 PDF，不是表格"))
    if data.startswith(OLD_OFFICE):
        raise _unreadable(_("这是旧版 .xls，请另存为 .xlsx"))
    text = decode(data)
    start = text.lstrip()[:1]
    if name.endswith((".jsonl", ".ndjson")):
        return _json_lines(text)
    if name.endswith(".json") or start == "[":
        return _json(text)
    return _json_lines(text) if start == "{" else _csv(text)


def decode(data: bytes) -> str:
    """UTF-8 (with or without mark), UTF-16 with mark, else GB18030, else what the bytes look like."""
    if b"\x00" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise _unreadable(_("它是二进制文件，不是表格"))
    codecs = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for codec in codecs:
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    best = from_bytes(data).best()
    if best is None:
        raise _unreadable(_("认不出它的文字编码，请存为 UTF-8"))
    return str(best)


def _csv(text: str) -> Iterator[Row]:
    first = text.split("\n", 1)[0]
    separator = max(",\t;", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    return _under_heads(iter(reader))


def _under_heads(lines: Iterator[list[Any]]) -> Iterator[Row]:
    """Rows under the first line that is not empty; wholly empty rows are left out."""
    heads: list[str] | None = None
    for line in lines:
        if not any(cell not in (None, "") for cell in line):
            continue
        if heads is None:
            heads = [str(cell or "").strip() for cell in line]
            continue
        yield dict(zip(heads, line, strict=False))


def _json(text: str) -> Iterator[Row]:
    found = json.loads(text)
    if isinstance(found, dict):  # {"needs": [...]}: the one list in it
        lists = [value for value in found.values() if isinstance(value, list)]
        found = lists[0] if len(lists) == 1 else [found]
    return (_object(row, number) for number, row in enumerate(found, 1))


def _json_lines(text: str) -> Iterator[Row]:
    lines = (line for line in text.splitlines() if line.strip())
    return (_object(json.loads(line), number) for number, line in enumerate(lines, 1))


def _object(row: Any, number: int) -> Row:
    if not isinstance(row, dict):
        raise ValueError(_("第 %(number)s 条不是对象") % {"number": number})
    return {str(key).strip(): value for key, value in row.items()}


def _xlsx(data: bytes) -> Iterator[Row]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
            raise Invalid("kernel.too_many", limit=f"{MAX_ROWS:,}")
        if "xl/workbook.xml" not in archive.namelist():
            raise _unreadable(_("它不是 Excel 工作簿"))
    values = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
    formulas = openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
    pairs = zip(values.iter_rows(values_only=True), formulas.iter_rows(values_only=True), strict=False)
    return _under_heads([_cell(*pair) for pair in zip(*line, strict=False)] for line in pairs)


def _cell(value: Any, formula: Any) -> Any:
    """A formula counts by the value that was stored with it; without one it cannot be read."""
    if value is None and isinstance(formula, str) and formula.startswith("="):
        return FORMULA
    return value


def _unreadable(reason: str) -> Invalid:
    return Invalid("kernel.unreadable_file", reason=reason)
