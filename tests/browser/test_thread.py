"""The whole thread by five people in five browsers: from a company's own words to the fen on the final statement."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page

from tests.browser import steps_deal as deals
from tests.browser import steps_introduction as introductions
from tests.browser import steps_market as market
from tests.browser import steps_money as money
from tests.browser.conftest import Open
from tests.browser.hands import is_silent_about, says
from tests.world import make_people
from yinxian.journal.operations.work import drain
from yinxian.settlement.queries.books import books_balance

PART_OF_96_000 = {
    "沈若溪": "6,681.60",
    "顾明远": "4,454.40",
    "江北理工大学": "25,459.20",
    "江北理工大学 · 转移人员": "2,970.24",
    "江北理工大学 · 催化组": "56,434.56",
}
PART_OF_192_000 = {
    "沈若溪": "13,363.20",
    "顾明远": "8,908.80",
    "江北理工大学": "50,918.40",
    "江北理工大学 · 转移人员": "5,940.48",
    "江北理工大学 · 催化组": "112,869.12",
}
OF_480_000 = {
    "沈若溪": "33,408.00",
    "顾明远": "22,272.00",
    "江北理工大学": "127,296.00",
    "江北理工大学 · 转移人员": "14,851.20",
    "江北理工大学 · 催化组": "282,172.80",
}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_from_plain_words_to_money_that_has_arrived(open_as: Open, tmp_path: Path) -> None:
    with transaction.atomic():
        people = make_people()
    ruoxi, mingyuan, heng = (open_as(user) for user in (people.ruoxi, people.mingyuan, people.heng))
    lan, qiao = open_as(people.lan), open_as(people.qiao)

    need = market.enter_the_need(ruoxi, people)
    market.sign_off(ruoxi, open_as(None, phone=True), need)
    market.publish_a_result(lan, qiao)
    market.publish(qiao, f"/needs/{need}/", market.TITLE)
    drain()
    market.shortlist(ruoxi, need)

    introduction = introductions.introduce(ruoxi, mingyuan, need, people)
    introductions.acknowledge(ruoxi, heng, open_as(None, phone=True), introduction)
    introductions.verify_the_receipt(ruoxi, open_as(None), introduction, tmp_path)

    deal = deals.open_the_deal(ruoxi, introduction)
    contract = deals.draft_the_contract(ruoxi, deal)
    deals.agree(ruoxi, (heng, lan), deal, contract)
    deals.register(ruoxi, deal)

    money.fix_the_split(ruoxi, deal)
    for place, milestone in enumerate(money.plan_the_payments(ruoxi, deal), 1):
        money.pay(heng, milestone, place, tmp_path)
        if place > 1:
            money.deliver(lan, milestone, tmp_path)
        money.release(heng, milestone)
        if place == 3:
            money.splits_as_the_worked_example(ruoxi, milestone)
    drain()
    every_statement_is_right_to_the_fen(ruoxi, mingyuan, lan)
    assert money.statement(heng, escrow_of(ruoxi, deal))[1] == "0.00"
    assert books_balance() == []

    deals.move(ruoxi, deal, "completed", "完成")
    drain()
    credit_and_news_reach_the_people(ruoxi, mingyuan, heng, lan)


def every_statement_is_right_to_the_fen(ruoxi: Page, mingyuan: Page, lan: Page) -> None:
    """Four releases each, in order, and what they add up to: 480,000.00 yuan in all."""
    for account, total in OF_480_000.items():
        page = {"沈若溪": ruoxi, "顾明远": mingyuan}.get(account, lan)
        each, third = PART_OF_96_000[account], PART_OF_192_000[account]
        assert money.statement(page, account) == ([each, each, third, each], total), account


def escrow_of(ruoxi: Page, deal: str) -> str:
    """The escrow account is named after the deal's number."""
    ruoxi.goto(f"/deals/{deal}/")
    return "托管户 " + ruoxi.locator("nav.crumbs").inner_text().split("/")[-1].strip()


def credit_and_news_reach_the_people(ruoxi: Page, mingyuan: Page, heng: Page, lan: Page) -> None:
    """Points by the shares of the fee: a registration (68) and four acceptances (19, 19, 29, 19), at 60 and 40 %."""
    for page, points in ((ruoxi, "91"), (mingyuan, "63")):
        page.goto("/points/")
        says(page, f"我的积分 {points}")
    for page in (ruoxi, mingyuan, heng, lan):
        page.goto("/notices/")
        says(page, market.TITLE)
        is_silent_about(page, "还没有通知")
