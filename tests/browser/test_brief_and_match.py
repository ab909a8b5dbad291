"""The brief beside its words, the list of results and its refusals by key, an import of hundreds sorted out."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open
from tests.browser.hands import column, press, says
from tests.matching.world import Market, market, result
from tests.world import People, make_people
from yinxian.journal.operations.work import drain
from yinxian.market.models import Correction, ImportRun, Need
from yinxian.market.operations.briefs import submit_need
from yinxian.matching.models import Candidate

PICTURES = os.environ.get("YINXIAN_PICTURES")
LONG_BEFORE = "我们厂二十年来一直做燃气具，质量体系齐全，产品销往全国。" * 60
WORDS = (
    f"{LONG_BEFORE}热水器一氧化碳偏高，每年退货损失30万元。目标：出口一氧化碳不超过50ppm，寿命≥5年。"
    "委托开发，预算50万元，6个月内完成。"
)


def picture(page: Page, name: str) -> None:
    """Kept only where somebody wants to look (YINXIAN_PICTURES=folder)."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def line(page: Page, words: str) -> Locator:
    return page.locator(".read-line").filter(has_text=words).first


def lit_words(page: Page) -> str:
    return "".join(page.locator("mark.lit").all_inner_texts())


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_line_and_its_words_light_up_and_a_wrong_line_goes_with_one_click(open_as: Open) -> None:
    with transaction.atomic():
        people = make_people()
        need = submit_need(owner_id=people.buyer.pk, actor=people.ruoxi, raw_words=WORDS, title="一氧化碳消除")
    page = open_as(people.ruoxi)
    page.goto(f"/needs/{need.slug}/brief/")
    expect(page.locator("mark.lit")).to_have_count(0)

    line(page, "寿命").hover()  # from the line to the words, which come into view
    expect(page.locator("mark.lit").first).to_be_visible()
    assert lit_words(page) == "寿命≥5年"
    expect(page.locator("mark.lit").first).to_be_in_viewport()
    picture(page, "brief-1440")

    page.locator("mark", has_text="不超过50ppm").first.hover()  # from the words to the line
    expect(page.locator(".read-line.lit").first).to_contain_text("50 ppm")

    line(page, "寿命").get_by_role("button").focus()  # the same by the keyboard, both ways
    assert lit_words(page) == "寿命≥5年"
    page.locator("mark", has_text="不超过50ppm").first.focus()
    expect(page.locator(".read-line.lit").first).to_contain_text("50 ppm")
    sign = page.locator(".read-line[data-line^='s']").first
    sign.focus()
    expect(sign).to_be_focused()
    assert lit_words(page) != ""

    line(page, "寿命").get_by_role("button").click()
    expect(page.locator(".read-line").filter(has_text="寿命")).to_have_count(0)
    kept = Correction.objects.get()
    assert (kept.line, kept.kind, kept.quote, kept.by) == ("indicators", "removed", "寿命≥5年", people.ruoxi)

    phone = open_as(people.ruoxi, phone=True)
    phone.goto(f"/needs/{need.slug}/brief/")
    line(phone, "50 ppm").click()
    assert lit_words(phone) == "出口一氧化碳不超过50ppm"
    expect(line(phone, "50 ppm")).to_contain_text("“出口一氧化碳不超过50ppm”")  # there the words stand far above
    picture(phone, "brief-390")


ROADS = (
    ("钯基蜂窝整体催化器", "贵金属钯涂在蜂窝陶瓷上，烟道里的一氧化碳在低温被催化氧化，热水器点火就起作用。"),
    ("钴酸镧钙钛矿涂层", "钙钛矿涂在金属丝网上，装进热水器烟道消除一氧化碳，抗硫，五年不换。"),
    ("等离子体辅助氧化装置", "介质阻挡放电产生活性氧，把烟道低温烟气里的一氧化碳氧化掉，热水器外加一个模块。"),
    ("金负载氧化铁纳米颗粒", "纳米金催化剂在潮湿的低温烟气里氧化一氧化碳，热水器烟道直接放置。"),
    ("分级燃烧与后置氧化段", "热水器两级燃烧配合后置催化氧化段，冷启动几分钟里的一氧化碳降到很低。"),
)


def more_results(people: People) -> None:
    for place, (title, problem) in enumerate(ROADS):
        row = {"name": "一氧化碳浓度", "op": "<=", "low": None, "high": str(20 + 9 * place), "unit": "ppm"}
        result(people, title, problem, indicators=[row])


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_results_are_refused_by_one_key_compared_five_abreast_and_asked_about(open_as: Open) -> None:
    with transaction.atomic():
        people = make_people()
        more_results(people)
        shelf = market(people)
    page = open_as(people.ruoxi)
    page.goto(f"/needs/{shelf.need.slug}/match/")
    picture(page, "match-1440")
    refuse_by_key(page, shelf)
    shortlist_by_key(page)
    compare(page, shelf)
    why_not_this_one(page, shelf)
    phone = open_as(people.ruoxi, phone=True)
    for name in ("match/", "match/compare/"):
        phone.goto(f"/needs/{shelf.need.slug}/{name}")
        assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        picture(phone, f"{name.strip('/').replace('/', '-')}-390")


def refuse_by_key(page: Page, shelf: Market) -> None:
    """X on a card asks why; 3 is the third of the eight reasons; nothing else is pressed."""
    card = page.locator("article", has_text=shelf.hopcalite.title)
    card.get_by_role("link", name="为何排在这里").focus()
    page.keyboard.press("x")
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text(shelf.hopcalite.title)
    reasons = dialog.locator("button[name='reason']")
    expect(reasons).to_have_count(8)
    reason = reasons.nth(2).get_attribute("value")
    page.keyboard.press("3")
    says(page, "记下了")
    expect(page.locator("article", has_text=shelf.hopcalite.title)).to_have_count(0)
    kept = Candidate.objects.get(result=shelf.hopcalite)
    assert (kept.state, kept.refusal) == (Candidate.State.REFUSED, reason)


def shortlist_by_key(page: Page) -> None:
    for done in range(1, 6):
        page.locator("article").filter(has=page.locator("[data-key='s']")).first.locator("h2 a").focus()
        page.keyboard.press("s")
        expect(page.locator("article .tag", has_text="已入围")).to_have_count(done)
        assert Candidate.objects.filter(state=Candidate.State.SHORTLISTED).count() == done


def compare(page: Page, shelf: Market) -> None:
    """Six were asked for, five stand side by side, each with its own figure and verdict."""
    press_link(page, "去引荐（已入围 5）")
    says(page, "并排比较")
    heads = page.locator("main table thead th")
    expect(heads).to_have_count(6)
    rows = page.locator("main tbody tr").filter(has_text="一氧化碳浓度")
    expect(rows.first.locator("td")).to_have_count(6)
    expect(rows.first).to_contain_text("达到")
    page.goto(f"{page.url}?r={shelf.hopcalite.slug}")
    expect(heads).to_have_count(6)
    expect(heads.nth(1)).to_contain_text(shelf.hopcalite.title)
    picture(page, "compare-1440")


def why_not_this_one(page: Page, shelf: Market) -> None:
    page.goto(f"/needs/{shelf.need.slug}/match/")
    page.locator("#why-not").fill(shelf.pump.slug)
    press(page, "看为什么")
    page.wait_for_url(re.compile(rf"/match/{shelf.pump.slug}/$"))
    says(page, shelf.pump.title, "需求的词带不出它")
    picture(page, "why-1440")


def press_link(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def a_list(rows: int) -> str:
    """A list of needs as an association sends it round: some are plans, some are talk, some are three words."""
    lines = ["需求编号,需求名称,需求内容"]
    for number in range(rows):
        words = (
            f"热水器一氧化碳偏高，客户要求整改，每年损失{number + 10}万元。"
            f"目标：一氧化碳≤{number + 20}ppm，预算50万元，6个月内完成。",
            "随着国家战略推进，本行业普遍面临共性问题，拟开展产业技术创新平台建设，需要资金支持。",
            f"第{number}项除尘",
        )[number % 3]
        lines.append(f"{number},第{number}号需求,{words}")
    return "\n".join(lines)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_list_of_hundreds_goes_in_with_progress_and_is_sorted_out_in_one_table(open_as: Open) -> None:
    with transaction.atomic():
        people = make_people()
        market(people)
    page = open_as(people.heng)
    page.goto("/import/?kind=needs")
    page.locator("[name='owner']").select_option(label=people.buyer.name)
    page.locator("[name='file']").set_input_files(
        files=[{"name": "需求榜单.csv", "mimeType": "text/csv", "buffer": a_list(150).encode()}]
    )
    press(page, "先看看会怎样")
    says(page, "每一行都读懂了")
    press(page, "导入 150 行")
    bar = page.locator("progress")
    expect(bar).to_have_attribute("max", "150")
    drain()
    expect(page.get_by_text("新增 150 条")).to_be_visible()  # the page learns it by itself
    press_link(page, "分诊：先跟哪一条")
    says(page, "先跟哪一条", "150 条需求")

    assert {text.split()[0] for text in column(page, 3)} == {"像真要买"}
    press_link(page, "最清楚")
    clear = [int(text) for text in column(page, 2)]
    assert len(clear) == 25 and clear == sorted(clear, reverse=True)
    press_link(page, "最契合")
    expect(page.locator("td:last-child [hx-get]")).to_have_count(0)
    expect(page.locator("tbody tr").first.locator("td").last).to_contain_text("铈锆固溶体")
    picture(page, "triage-1440")
    press_link(page, "反对最多")
    expect(page.locator("tbody tr").first).to_contain_text("－")
    assert Need.objects.filter(source=ImportRun.objects.get().source).count() == 150
    phone = open_as(people.heng, phone=True)
    phone.goto(page.url)
    assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    picture(phone, "triage-390")
