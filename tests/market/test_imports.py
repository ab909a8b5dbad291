"""Importing lists: all or nothing, twice as once, errors by row and column."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.world import People
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.market.importing.readers import read_rows
from yinxian.market.models import Brief, ImportRun, Need, Result
from yinxian.market.operations.imports import preview_import, queue_import, run_import

CSV = (
    "编号,名称,需求内容,预算,技术领域,合作方式\n1,热水器除一氧化碳,一氧化碳不超过50ppm,40-60万,06,技术开发；技术许可\n"
)


def preview(people: People, data: bytes, name: str, kind: str = "needs", publish: bool = True) -> ImportRun:
    return preview_import(
        kind=kind, data=data, file_name=name, owner_id=people.buyer.pk, actor=people.qiao, publish=publish
    )


def bring_in(people: People, data: bytes, name: str, kind: str = "needs") -> ImportRun:
    run = preview(people, data, name, kind)
    queue_import(run_id=run.pk, actor=people.qiao)
    return run_import(run_id=run.pk)


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_csv_is_read_in_the_encodings_people_have(people: People, codec: str) -> None:
    run = bring_in(people, CSV.encode(codec), "needs.csv")
    need = Need.objects.get()
    assert (run.added, need.title, need.budget_high_fen) == (1, "热水器除一氧化碳", 60_000_000)
    assert need.modes == ["development", "licence"]
    assert need.raw_words == "一氧化碳不超过50ppm"
    assert Brief.objects.get(need=need).content["indicators"][0]["unit"] == "ppm"


def test_the_same_file_twice_makes_no_doubles(people: People) -> None:
    first, second = (bring_in(people, CSV.encode(), "needs.csv") for _ in range(2))
    assert (first.added, second.added, second.unchanged) == (1, 0, 1)
    assert Need.objects.count() == 1
    assert run_import(run_id=second.pk).added == 0


def test_one_wrong_cell_and_no_row_enters(people: People) -> None:
    bad = CSV + "2,第二条,内容,−5,99,变魔术\n"
    run = preview(people, bad.encode(), "needs.csv")
    assert [(error["row"], error["column"]) for error in run.errors] == [(2, "预算"), (2, "技术领域"), (2, "合作方式")]
    with pytest.raises(Conflict):
        queue_import(run_id=run.pk, actor=people.qiao)
    assert not Need.objects.exists()


def test_xlsx_with_formulas_reads_values_and_names_what_it_cannot_read(people: People) -> None:
    data = workbook(["名称", "详细说明", "技术成熟度"], ["膜分离", "=1+1", 6], ["催化剂", "室温氧化", "TRL 7"])
    run = preview(people, data, "results.xlsx", "results")
    assert [(error["row"], error["column"]) for error in run.errors] == [(1, "详细说明")]
    assert "公式" in run.errors[0]["message"]


def test_json_and_json_lines_are_the_same(people: People) -> None:
    rows = [{"id": number, "title": f"成果{number}", "abstract": "一段说明"} for number in range(3)]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    assert read_rows(json.dumps(rows).encode(), "a.json") == read_rows(lines.encode(), "a.jsonl")
    assert bring_in(people, lines.encode(), "a.jsonl", "results").added == 3
    assert Result.objects.filter(state="published").count() == 3


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.csv"),
        (b"   \n\n", "a.csv"),
        (b"\x00\x01\x02" * 100, "a.csv"),
        (b"PK\x03\x04broken", "a.xlsx"),
        (b"[1, 2]", "a.json"),
        (b"{not json}", "a.jsonl"),
        (b"[" * 100_000, "a.json"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "a.xls"),
        ("甲,乙\n1,2".encode(), "a.csv"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_kept(people: People, data: bytes, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        preview(people, data, name)
    assert "kernel." not in refused.value.sentence
    assert not ImportRun.objects.exists()


def test_too_many_rows_are_refused(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yinxian.market.importing.readers.MAX_ROWS", 5)
    with pytest.raises(Invalid) as refused:
        preview(people, ("需求内容\n" + "一条\n" * 6).encode(), "a.csv")
    assert refused.value.code == "kernel.too_many"


def test_hostile_text_is_kept_as_text_without_invisible_characters(people: People) -> None:
    words = "<script>alert(1)</script>'; DROP TABLE market_need;-- 😀\u200b\u202e尾"
    bring_in(people, json.dumps([{"text": words}]).encode(), "a.json")
    need = Need.objects.get()
    assert need.raw_words == "<script>alert(1)</script>'; DROP TABLE market_need;-- 😀尾"


def test_stranger_is_refused_and_nothing_changes(people: People) -> None:
    for actor, publish in ((people.stray, False), (people.lan, False), (people.heng, True)):
        with pytest.raises(Forbidden):
            preview_import(
                kind="needs",
                data=CSV.encode(),
                file_name="a.csv",
                owner_id=people.buyer.pk,
                actor=actor,
                publish=publish,
            )
    run = preview(people, CSV.encode(), "a.csv")
    with pytest.raises(Forbidden):
        queue_import(run_id=run.pk, actor=people.heng)
    assert not Need.objects.exists()


def test_members_rows_arrive_unpublished(people: People) -> None:
    run = preview_import(
        kind="needs", data=CSV.encode(), file_name="a.csv", owner_id=people.buyer.pk, actor=people.heng
    )
    queue_import(run_id=run.pk, actor=people.heng)
    run_import(run_id=run.pk)
    assert Need.objects.get().state == Need.State.SUBMITTED


def test_the_pages_preview_run_and_show_the_end(
    people: People, client_of: Callable[..., Client], drain: Callable[[], None]
) -> None:
    browser = client_of(people.heng)
    file = SimpleUploadedFile("需求榜单.csv", CSV.encode("gbk"))
    answer = browser.post("/import/", {"kind": "needs", "owner": people.buyer.pk, "file": file})
    run = ImportRun.objects.get()
    assert answer.headers["Location"] == f"/import/{run.slug}/"
    assert "导入 1 行" in browser.get(f"/import/{run.slug}/").content.decode()
    assert client_of(people.lan).get(f"/import/{run.slug}/").status_code == 404
    browser.post(f"/import/{run.slug}/start/")
    assert "progress" in browser.get(f"/import/{run.slug}/", headers={"HX-Request": "true"}).content.decode()
    assert browser.post(f"/import/{run.slug}/start/").status_code == 409
    drain()
    assert "新增 1 条" in browser.get(f"/import/{run.slug}/").content.decode()


def test_a_file_that_is_too_large_is_refused_in_words(
    people: People, client_of: Callable[..., Client], settings: object
) -> None:
    settings.YINXIAN_UPLOAD_BYTES = 10  # type: ignore[attr-defined]  # pytest-django's settings
    answer = client_of(people.heng).post(
        "/import/", {"kind": "needs", "owner": people.buyer.pk, "file": SimpleUploadedFile("a.csv", CSV.encode())}
    )
    assert answer.status_code == 422
    assert "文件太大" in answer.content.decode()


def test_the_real_lists_go_in(people: People, shared_data: Path) -> None:
    needs = bring_in(people, (shared_data / "demands.json").read_bytes(), "demands.json")
    results = bring_in(people, (shared_data / "papers.jsonl").read_bytes(), "papers.jsonl", "results")
    assert (needs.added, results.added) == (116, 2000)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_without_column_names_is_read_by_what_stands_in_it(people: People, kind: str) -> None:
    rows = [
        ["1", "除尘滤袋", "水泥窑滤袋三个月就破，希望一年不破，粉尘不超过10mg/m³。", "13800000000"],
        ["2", "一氧化碳消除", "热水器一氧化碳偏高，希望出口不超过50ppm，成本增加不超过20元。", "13800000001"],
    ]
    if kind == "csv":
        data = "\n".join(",".join(row) for row in rows).encode("gb18030")
    else:
        book, file = openpyxl.Workbook(), io.BytesIO()
        for row in rows:
            book.active.append(row)
        book.save(file)
        data = file.getvalue()
    run = preview_import(kind="needs", data=data, file_name=f"榜单.{kind}", owner_id=people.buyer.pk, actor=people.heng)
    assert (run.rows, run.error_count) == (2, 0)
    queue_import(run_id=run.pk, actor=people.heng)
    run_import(run_id=run.pk)
    assert sorted(Need.objects.values_list("title", flat=True)) == ["一氧化碳消除", "除尘滤袋"]
    assert Need.objects.get(title="除尘滤袋").raw_words.startswith("水泥窑滤袋")


def test_a_column_that_nobody_knows_is_named_not_dropped_in_silence(
    people: People, client_of: Callable[..., Client]
) -> None:
    data = "名称,需求内容,预算上限,幸运数字\n除一氧化碳,一氧化碳不超过50ppm,60万,7\n".encode()
    run = preview(people, data, "needs.csv")
    assert run.columns_read == [
        ("幸运数字", ""),
        ("名称", "名称"),
        ("需求内容", "企业原话"),
        ("预算上限", "预算"),
    ]
    page = client_of(people.qiao).get(f"/import/{run.slug}/").content.decode()
    assert "没有读：不认得这个列名" in page
    queue_import(run_id=run.pk, actor=people.qiao)
    assert run_import(run_id=run.pk).added == 1 and Need.objects.get().budget_high_fen == 60_000_000


def test_heads_without_a_row_are_not_called_an_empty_file(people: People) -> None:
    with pytest.raises(Invalid) as refused:
        preview(people, "编号,名称,需求内容\n".encode("gbk"), "needs.csv")
    assert refused.value.code == "market.import_no_rows"
    assert not ImportRun.objects.exists()
