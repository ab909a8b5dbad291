"""Several needs in one cell or text are told apart; a numbered list of requirements stays one need."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.market.test_intake_files import xlsx
from tests.world import People
from yinxian.market.importing.lists import read_list
from yinxian.market.intake.siblings import siblings
from yinxian.market.models import Brief, ImportRun, Need

TWO = "本厂做电镀。\n需求一：镀层厚度均匀，偏差不超过2μm。\n需求二：废水里的镍回收，出水镍不超过0.1mg/L。"
ROWS = [
    ["编号", "需求名称", "需求内容", "预算"],
    ["A", "电镀改进", TWO, "60万"],
    ["B", "除尘", "滤袋三个月就破，要用一年。", "5万"],
]


@pytest.mark.parametrize(
    "text",
    [
        TWO,
        "技术需求1、镀层厚度均匀，偏差不超过2μm。技术需求2、废水里的镍回收，出水镍不超过0.1mg/L。",
        "项目（1）：镀层厚度均匀，偏差不超过2μm。\n项目（2）：废水里的镍回收，出水镍不超过0.1mg/L。",
        "第一个需求：镀层厚度均匀，偏差不超过2μm。\n第二个需求：废水里的镍回收，出水镍不超过0.1mg/L。",
    ],
)
def test_needs_that_are_numbered_are_told_apart(text: str) -> None:
    first, second = siblings(text)
    assert first.own.startswith("镀层厚度") and "镍" not in first.text
    assert second.own.startswith("废水")
    assert ("本厂做电镀" in second.text) is ("本厂做电镀" in text)


@pytest.mark.parametrize(
    "text",
    [
        "滤袋三个月就破。要求：1. 寿命不低于一年；2. 粉尘不超过10mg/m³；3. 耐温200℃。",
        "需求一：精度\n需求二：速度",
        "需求2：镀层厚度均匀，偏差不超过2μm。\n需求1：废水里的镍回收，出水镍不超过0.1mg/L。",
        "问题1：镀层厚度不均匀，偏差超过2μm。\n问题2：废水里的镍没有回收，浪费很大。",
        "需求一：镀层厚度均匀，偏差不超过2μm。",
        "",
    ],
)
def test_what_is_one_need_stays_one(text: str) -> None:
    assert siblings(text) == []


def test_a_list_for_the_command_line_gives_each() -> None:
    found = read_list(xlsx(ROWS), "榜单.xlsx")
    assert [(one.key, one.title) for one in found] == [
        ("A-1", "电镀改进（1）"),
        ("A-2", "电镀改进（2）"),
        ("B", "除尘"),
    ]


@pytest.mark.django_db
def test_a_row_of_several_needs_brings_in_each_and_divides_no_budget(
    people: People, client_of: Callable[..., Client], drain: Callable[[], None]
) -> None:
    browser = client_of(people.heng)
    for _turn in range(2):  # twice the same is once
        file = SimpleUploadedFile("榜单.xlsx", xlsx(ROWS))
        browser.post("/import/", {"kind": "needs", "owner": people.buyer.pk, "file": file})
        run = ImportRun.objects.latest("pk")
        assert (run.rows, run.apart, run.error_count) == (2, 1, 0)
        assert "写了不止一条需求" in browser.get(f"/import/{run.slug}/").content.decode()
        browser.post(f"/import/{run.slug}/start/")
        drain()
    found = {need.title: need for need in Need.objects.all()}
    assert set(found) == {"电镀改进（1）", "电镀改进（2）", "除尘"}
    assert found["电镀改进（1）"].budget_high_fen is None
    assert found["除尘"].budget_high_fen == 5_000_000
    assert "镍" not in found["电镀改进（1）"].raw_words and "本厂做电镀" in found["电镀改进（1）"].raw_words
    assert [one["unit"] for one in Brief.objects.get(need=found["电镀改进（2）"]).content["indicators"]] == ["mg/L"]


@pytest.mark.django_db
def test_one_text_with_several_needs_stays_one_need_and_says_so(
    people: People, client_of: Callable[..., Client]
) -> None:
    browser = client_of(people.heng)
    page = browser.post("/needs/new/", {"owner": people.buyer.slug, "raw_words": TWO}, follow=True)
    assert "原话里写了 2 条需求" in page.content.decode()
    assert Need.objects.get().raw_words == TWO
