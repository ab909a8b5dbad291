"""`yinxian brief LIST.xlsx`: a row a need, with and without a header; a form of labels stays one need."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from yinxian.kernel.errors import Invalid
from yinxian.market.importing.lists import is_list, read_list

from .conftest import yinxian

HEADED = [
    ["序号", "需求名称", "需求内容", "预算"],
    ["A1", "污泥干化", "污泥含水率要求降到40%以下。", "50万元"],
    ["A2", "镀层脱落", "附着力要求不低于8MPa。", None],
    [None, None, None, None],
]


def sheet(rows: list[list[Any]]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]  # a new book has a sheet
    book.save(file)
    return file.getvalue()


def test_a_row_is_a_need_and_its_other_columns_are_words_of_it() -> None:
    found = read_list(sheet(HEADED), "榜单.xlsx")
    assert [(one.key, one.title) for one in found] == [("A1", "污泥干化"), ("A2", "镀层脱落")]
    assert found[0].text == "污泥含水率要求降到40%以下。\n预算：50万元"


def test_without_a_header_the_longest_column_is_the_words() -> None:
    rows = [
        [1, "污泥干化", "我厂污泥含水率80%，要求降到40%以下，成本要低。"],
        [2, "镀层脱落", "附着力要求不低于8MPa，现在只有3MPa。"],
    ]
    found = read_list(sheet(rows), "榜单.xlsx")
    assert [one.title for one in found] == ["污泥干化", "镀层脱落"]
    assert found[1].text.startswith("附着力")


def test_a_form_of_labels_and_values_is_one_need() -> None:
    assert not is_list(
        sheet([["需求名称", "污泥干化"], ["需求内容", "含水率降到40%以下"], ["预算", "50万元"]]), "表.xlsx"
    )
    assert is_list(sheet(HEADED), "表.xlsx")


@pytest.mark.parametrize("rows", [[["a", "b"], [1, 2], [3, 4]], [["a"]], []])
def test_a_sheet_without_words_is_no_list(rows: list[list[Any]]) -> None:
    data = sheet(rows)
    assert not is_list(data, "表.xlsx")
    with pytest.raises(Invalid):
        read_list(data, "表.xlsx")


def test_the_command_answers_every_row(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(sheet(HEADED))
    lines = yinxian(tmp_path / "data", "brief", "--json", str(path)).stdout.splitlines()
    answers = [json.loads(line) for line in lines]
    assert [one["id"] for one in answers] == ["A1", "A2"]
    assert answers[0]["brief"]["budget"] == {"low": 500000, "high": 500000, "currency": "CNY"}
