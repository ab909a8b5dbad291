"""An introduction: terms, shares, both sides' word, and the receipt that anyone can verify."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.hands import choose, fill, is_silent_about, last_part, path_of, press, says
from tests.browser.steps_market import RESULT, TITLE
from tests.world import People
from yinxian.journal.operations.work import drain

CONTACT = "13800000004"


def introduce(ruoxi: Page, mingyuan: Page, need: str, people: People) -> str:
    """11.6 % of each release, paid by the supplier; 60.00 % and 40.00 %, accepted before anything is offered."""
    ruoxi.goto(f"/needs/{need}/match/")
    ruoxi.locator("article").filter(has_text=RESULT).get_by_role("link", name="去引荐").first.click()
    choose(ruoxi, "fee_kind", "rate")
    fill(ruoxi, subject=TITLE, fee_rate="11.6", payer="supplier", trigger="release")
    fill(ruoxi, shares__0__holder=f"u{people.ruoxi.pk}", shares__0__bp="60", shares__0__work="需求翻译、撮合与跟进")
    press(ruoxi, "加一份")
    fill(ruoxi, shares__1__holder=f"u{people.mingyuan.pk}", shares__1__bp="40", shares__1__work="技术评估与验收协助")
    press(ruoxi, "存为草稿")
    ruoxi.wait_for_url(re.compile(r"/introductions/\w+/$"))
    introduction = last_part(ruoxi)
    says(ruoxi, "11.6", "60.00%", "40.00%")
    press(ruoxi, "送团队同意")
    says(ruoxi, "待答复")
    expect(ruoxi.get_by_role("button", name="发给双方")).to_have_count(0)
    mingyuan.goto(f"/introductions/{introduction}/")
    press(mingyuan, "同意这一份")
    says(mingyuan, "您的答复已记录")
    ruoxi.reload()
    press(ruoxi, "发给双方")
    says(ruoxi, "已发给双方")
    return introduction


def acknowledge(ruoxi: Page, heng: Page, supplier_on_phone: Page, introduction: str) -> None:
    """The buyer signed in, the supplier by its own link on a phone. Contacts open with the second answer only."""
    page = f"/introductions/{introduction}/"
    heng.goto(page)
    fill(heng, post="研发总监")
    press(heng, "确认", exact=True)
    says(heng, "您的答复已记录")
    is_silent_about(heng, CONTACT)
    ruoxi.goto(page)
    fill(ruoxi, supplier__recipient="林岚")
    press(ruoxi, "生成链接")
    link = path_of(ruoxi.locator("#link").inner_text())
    supplier_on_phone.goto(link)
    says(supplier_on_phone, "江北理工大学", "11.6")
    fill(supplier_on_phone, name="林岚", post="成果转化处")
    press(supplier_on_phone, "确认", exact=True)
    says(supplier_on_phone, "双方都已确认")
    supplier_on_phone.goto(link)
    expect(supplier_on_phone.get_by_role("button", name="确认", exact=True)).to_have_count(0)
    heng.goto(page)
    says(heng, CONTACT)


def verify_the_receipt(ruoxi: Page, nobody: Page, introduction: str, folder: Path) -> None:
    """The sealed receipt holds before a stranger; one changed number and it does not."""
    drain()
    ruoxi.goto(f"/introductions/{introduction}/receipt/")
    says(ruoxi, "已封存")
    with ruoxi.expect_download() as download:
        ruoxi.get_by_role("link", name="下载（JSON）").click()
    receipt = folder / "receipt.json"
    download.value.save_as(receipt)
    nobody.goto("/verify/")
    nobody.locator("input[name='file']").set_input_files(receipt)
    press(nobody, "核验", exact=True)
    says(nobody, "这张凭据成立", "内容一字未改", "已封进本节点的日志", TITLE)
    document = json.loads(receipt.read_text(encoding="utf-8"))
    document["statement"]["shares"][0]["bp"] = 7000
    forged = folder / "forged.json"
    forged.write_text(json.dumps(document), encoding="utf-8")
    nobody.goto("/verify/")
    nobody.locator("input[name='file']").set_input_files(forged)
    press(nobody, "核验", exact=True)
    says(nobody, "这张凭据不能采信")
