"""Files for spreadsheets: what leaves comes back, and nothing in them runs."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.http import Http404, HttpResponse
from openpyxl import load_workbook

from yinxian.kernel.export import export, yuan

ROWS = [
    ["=1+1", "+86 138", "-5", "@cmd", "普通"],
    [Decimal("192000.00"), dt.date(2026, 3, 4), None, ["甲", "乙"], "a\x00b\u202ec"],
]
COLUMNS = ["甲", "乙", "丙", "丁", "戊"]


def sheet(response: HttpResponse) -> list[tuple[object, ...]]:
    book = load_workbook(io.BytesIO(response.content))
    return list(book.active.iter_rows(values_only=True))


def test_xlsx_keeps_values_and_holds_no_formula() -> None:
    response = export(ROWS, COLUMNS, "成果", "xlsx")
    rows = sheet(response)
    assert rows[0] == tuple(COLUMNS)
    assert rows[1] == ("=1+1", "+86 138", "-5", "@cmd", "普通")
    assert rows[2][0] == 192000 and isinstance(rows[2][1], dt.datetime) and rows[2][1].date() == dt.date(2026, 3, 4)
    assert rows[2][3:] == ("甲、乙", "abc")
    cells = load_workbook(io.BytesIO(response.content)).active
    assert {cell.data_type for cell in cells[2]} == {"s"}


def test_csv_opens_in_chinese_and_disarms_formulas() -> None:
    content = export(ROWS, COLUMNS, "成果", "csv").content
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[1] == ["'=1+1", "'+86 138", "'-5", "'@cmd", "普通"]
    assert rows[2][0] == "192000.00"


def test_file_name_is_in_chinese_for_those_who_can() -> None:
    header = export([], COLUMNS, "成果", "csv")["Content-Disposition"]
    assert "filename*=UTF-8''%E6%88%90%E6%9E%9C-" in header


def test_unknown_format_does_not_exist() -> None:
    with pytest.raises(Http404):
        export([], COLUMNS, "x", "exe")


def test_fen_become_yuan_exactly() -> None:
    assert yuan(19200001) == Decimal("192000.01")
    assert yuan(None) is None
