"""From a company's own words to a shortlisted result."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Page, expect

from tests.browser.hands import choose, fill, is_silent_about, last_part, path_of, press, says
from tests.conftest import SHARED
from tests.world import People

TITLE = "烟气一氧化碳室温催化消除"
RESULT = "铜锰铈氧化物室温催化消除一氧化碳"
OWN_WORDS = (
    "我们厂做燃气热水器二十来年了，冬天刚点火那几分钟烟气里一氧化碳能冲到七八百个ppm，用户投诉说呛。"
    "想在排烟口加个东西，把一氧化碳压到50ppm以下，压降不能超过80Pa，用五年不用换。预算四十到六十万，半年内要见样机。"
)


def need_words() -> str:
    """A real company's need where the texts are at hand, else our own."""
    path = SHARED / "demands.json"
    if not path.exists():
        return OWN_WORDS
    rows = json.loads(path.read_text(encoding="utf-8"))
    return str(max((row["text"] for row in rows if len(row["text"]) < 900), key=len))


def enter_the_need(page: Page, people: People) -> str:
    """The manager types in the client's words and edits the brief that was read from them."""
    words = need_words()
    page.goto("/needs/new/")
    fill(page, raw_words=words, owner=people.buyer.slug)
    press(page, "收下，写需求书")
    page.wait_for_url(re.compile(r"/needs/(\w+)/brief/"))
    need = page.url.split("/needs/")[1].split("/")[0]
    expect(page.get_by_text(words[:40]).first).to_be_visible()
    fill(page, title=TITLE, budget_low="40万", budget_high="60万", field="06")
    count = page.locator("[data-rows='i'] [data-row]").count()
    for name, op, low, unit in (("CO 浓度", "<=", "50", "ppm"), ("压降", "<=", "80", "Pa")):
        press(page, "加一个指标")
        row = f"i__{count}__"
        fill(page, **{f"{row}name": name, f"{row}op": op, f"{row}low": low, f"{row}unit": unit})
        count += 1
    choose(page, "modes", "development")
    press(page, "存为新的一版")
    says(page, "第 2 版")
    return need


def sign_off(manager: Page, client: Page, need: str) -> None:
    """The client agrees by a signed link, on a phone, without an account; a second look answers nothing twice."""
    manager.goto(f"/needs/{need}/brief/")
    fill(manager, recipient="周衡，研发总监")
    press(manager, "生成签认链接")
    link = path_of(manager.locator("p.code").inner_text())
    client.goto(link)
    says(client, "CO 浓度", "50 ppm", "80 Pa")
    fill(client, name="周衡")
    press(client, "对，就按这个找")
    says(client, "已签认，谢谢")
    client.goto(link)
    says(client, "已签认，谢谢")
    expect(client.get_by_role("button", name="对，就按这个找")).to_have_count(0)
    manager.goto(f"/needs/{need}/")
    says(manager, "企业已签认", "企业确认")


def publish_a_result(supplier: Page, reviewer: Page) -> str:
    supplier.goto("/results/new/")
    fill(
        supplier,
        title=RESULT,
        teaser="在室温把烟气里的一氧化碳氧化掉，蜂窝陶瓷载体，可装进排烟段。",
        description="蜂窝陶瓷载体上的铜锰铈复合氧化物，在室温下把一氧化碳氧化为二氧化碳，适合燃气热水器烟气。",
        field="06",
        trl="6",
        contact_name="林岚",
        contact_phone="13800000004",
    )
    for place, (name, op, low, unit) in enumerate((("出口 CO 浓度", "<=", "0.0032", "%"), ("压降", "<=", "60", "Pa"))):
        if not supplier.locator(f"[name='ind-{place}-name']").count():
            supplier.locator("[data-rows='ind'] [data-row-add]").click()
        row = f"ind__{place}__"
        fill(supplier, **{f"{row}name": name, f"{row}op": op, f"{row}low": low, f"{row}unit": unit})
    choose(supplier, "modes", "development")
    press(supplier, "保存")
    supplier.wait_for_url(re.compile(r"/results/R\w+/$"))
    result = last_part(supplier)
    press(supplier, "提交审核")
    says(supplier, "待审核")
    publish(reviewer, f"/results/{result}/", RESULT)
    supplier.reload()
    is_silent_about(supplier, "待审核")
    return result


def publish(reviewer: Page, path: str, title: str) -> None:
    """The association finds it in its queue, reads it and publishes it: nobody else can."""
    reviewer.goto("/review/")
    says(reviewer, title)
    reviewer.goto(path)
    press(reviewer, "发布", exact=True)
    says(reviewer, "已记下您的决定")
    is_silent_about(reviewer, title)


def shortlist(manager: Page, need: str) -> None:
    """Units differ, the table compares: 0.0032 % is 32 ppm, which meets 50 ppm."""
    manager.goto(f"/needs/{need}/match/")
    card = manager.locator("article").filter(has_text=RESULT).first
    row = card.locator("tr").filter(has_text="CO 浓度").first
    expect(row).to_contain_text("32 ppm")
    expect(row).to_contain_text("达到")
    press(card, "入围")
    says(manager, "已入围")
