"""From the deal to the contract that both sides have approved."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from playwright.sync_api import Page, expect

from tests.browser.hands import choose, fill, last_part, press, says
from yinxian.journal.operations.work import drain
from yinxian.kernel import clock

STAGES = ("定金", "样机", "台架验收", "小批交付")
AMOUNTS = ("96000", "96000", "192000", "96000")


def due(place: int) -> str:
    return (clock.today() + dt.timedelta(days=30 * place)).isoformat()


def open_the_deal(ruoxi: Page, introduction: str) -> str:
    ruoxi.goto(f"/introductions/{introduction}/")
    press(ruoxi, "立项")
    ruoxi.wait_for_url(re.compile(r"/deals/D\w+/$"))
    deal = last_part(ruoxi)
    for state, label in (("negotiating", "洽谈"), ("intent", "意向")):
        move(ruoxi, deal, state, label)
    return deal


def move(ruoxi: Page, deal: str, state: str, label: str) -> None:
    ruoxi.goto(f"/deals/{deal}/move/")
    choose(ruoxi, "to", state)
    press(ruoxi, "确定")
    says(ruoxi, f"项目转入“{label}”")


def draft_the_contract(ruoxi: Page, deal: str) -> str:
    """A development contract: the brief's indicators stand in it already; the rest is filled in."""
    ruoxi.goto(f"/deals/{deal}/contract/")
    choose(ruoxi, "kind", "development:commissioned")
    press(ruoxi, "起草")
    ruoxi.wait_for_url(re.compile(r"/contracts/\w+/edit/"))
    contract = ruoxi.url.split("/contracts/")[1].split("/")[0]
    expect(ruoxi.locator("[name^='indicators-'][name$='-name'][value='CO 浓度']")).to_have_count(1)
    fill(
        ruoxi,
        amount="480,000.00",
        scope="燃气热水器排烟段一氧化碳低温催化模块的研制。",
        plan="三个月出样机，五个月台架验收，六个月小批交付。",
        place="澜江市",
        start_on=clock.today().isoformat(),
        end_on=due(6),
        deliverables="样机三台、检测报告一份、图纸一套。",
        ip_sharing="需方在燃气具领域独占使用，其余归供方。",
        acceptance="双方在场，按指标表逐项实测，读数经校准仪器确认。",
    )
    for place, (title, amount) in enumerate(zip(STAGES, AMOUNTS, strict=True)):
        if not ruoxi.locator(f"[name='payments-{place}-title']").count():
            ruoxi.locator("[data-rows='payments'] [data-row-add]").click()
        row = f"payments__{place}__"
        given = {f"{row}title": title, f"{row}amount_fen": amount, f"{row}due_on": due(place + 1)}
        fill(ruoxi, **given, **{f"{row}condition": f"{title}完成"})
    press(ruoxi, "保存", exact=True)
    says(ruoxi, "内容齐了", "480,000.00", "肆拾捌万元整")
    return contract


def agree(ruoxi: Page, sides: Iterable[Page], deal: str, contract: str) -> None:
    """Offered, printed as PDF and Word, approved by both: then the deal is signed."""
    page = f"/contracts/{contract}/"
    ruoxi.goto(page)
    press(ruoxi, "交双方确认")
    says(ruoxi, "已交双方确认")
    for side in sides:
        for kind, magic in (("pdf", b"%PDF-"), ("word", b"PK\x03\x04")):
            answer = side.request.get(f"{page}{kind}/")
            assert answer.ok
            assert answer.body().startswith(magic)
        side.goto(page)
        side.once("dialog", lambda dialog: dialog.accept())
        press(side, "确认这一稿")
        expect(side.get_by_role("button", name="确认这一稿")).to_have_count(0)
    says(side, "双方都已确认，合同成立")
    drain()
    ruoxi.goto(f"/deals/{deal}/")
    expect(ruoxi.locator("main .tag").filter(has_text="签约").first).to_be_visible()


def register(ruoxi: Page, deal: str) -> None:
    ruoxi.goto(f"/deals/{deal}/register/")
    fill(ruoxi, number="2099330100000001")
    press(ruoxi, "保存", exact=True)
    says(ruoxi, "登记编号已记下", "2099330100000001")
