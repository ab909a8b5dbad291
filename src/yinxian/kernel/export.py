"""Lists as files: CSV that a spreadsheet opens in Chinese, XLSX that comes back as it went."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from . import clock
from .text import UNSTORABLE

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MOST = 50_000  # rows of one file; more is a job for the API
CELL = 32_767  # characters that a cell of XLSX can hold
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _plain(value: Any) -> Any:
    """A value that a cell can hold: times as local time without zone, lists joined, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime):
        return value.astimezone(clock.SHANGHAI).replace(tzinfo=None, microsecond=0) if value.tzinfo else value
    if isinstance(value, int | Decimal | dt.date):
        return value
    if isinstance(value, list | tuple):
        return "、".join(str(item) for item in value)
    return UNSTORABLE.sub("", str(value))


def _csv(rows: Iterable[Sequence[Any]], columns: Sequence[str]) -> bytes:
    """UTF-8 with a mark at the start, so that spreadsheets read it as such; formulas are disarmed by an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        cells = [_plain(value) for value in row]
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _xlsx(rows: Iterable[Sequence[Any]], columns: Sequence[str], title: str) -> bytes:
    """Text is always text, so that no cell is ever a formula; the header stays in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("".join(char for char in title if char not in "[]:*?/\\'")[:31] or "1")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = min(40, max(12, 2 * len(column) + 4))

    def cell(value: Any, *, bold: bool = False) -> Any:
        plain = _plain(value)
        made = WriteOnlyCell(sheet, plain[:CELL] if isinstance(plain, str) else plain)
        if isinstance(plain, str):
            made.data_type = "s"
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(column, bold=True) for column in columns])
    for row in rows:
        sheet.append([cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def export(rows: Iterable[Sequence[Any]], columns: Sequence[Any], name: str, fmt: str) -> HttpResponse:
    """A file to download: ``columns`` are the headers, each row has a value for each. ``fmt`` is csv or xlsx.

    Money is given as Decimal yuan with the unit in the header. Any other format is a page that does not exist.
    """
    if fmt not in TYPES:
        raise Http404
    headers = [str(column) for column in columns]
    content = _csv(rows, headers) if fmt == "csv" else _xlsx(rows, headers, name)
    response = HttpResponse(content, content_type=TYPES[fmt])
    file_name = quote(f"{name}-{clock.today():%Y%m%d}.{fmt}")
    response["Content-Disposition"] = f"attachment; filename=\"export.{fmt}\"; filename*=UTF-8''{file_name}"
    return response


def yuan(fen: int | None) -> Decimal | None:
    """Integer fen as a figure for a cell."""
    return None if fen is None else Decimal(fen).scaleb(-2)
