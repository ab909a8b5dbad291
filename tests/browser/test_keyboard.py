"""The main work by keyboard alone: nothing is clicked, and whoever tabs sees where they are."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.hands import says
from tests.browser.steps_market import OWN_WORDS
from tests.deals.milestone_world import planned_deal
from tests.world import make_people

MOST = 150  # presses of Tab; more would mean that the way never gets there
WHERE = """([wanted, words]) => {
  const here = document.activeElement;
  const style = getComputedStyle(here);
  const seen = here === document.body || style.boxShadow !== "none"
    || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0);
  return [here.matches(wanted) && here.innerText.includes(words), seen, here.outerHTML.slice(0, 120)];
}"""


def tab_to(page: Page, wanted: str, words: str = "") -> None:
    """Press Tab until the wanted element has the focus; on the way each focus must show."""
    for _press in range(MOST):
        page.keyboard.press("Tab")
        there, seen, what = page.evaluate(WHERE, [wanted, words])
        assert seen, f"the focus does not show on {what}"
        if there:
            return
    raise AssertionError(f"Tab never reaches {wanted} {words}")


def press_button(page: Page, words: str) -> None:
    tab_to(page, "button", words)
    page.keyboard.press("Enter")


def pick(page: Page, name: str, value: str) -> None:
    """Choose in a list with the arrow keys."""
    tab_to(page, f"select[name='{name}']")
    place = "[document.activeElement.value, document.activeElement.options.length]"
    chosen, count = page.evaluate(place)
    for key in ["ArrowUp"] * count + ["ArrowDown"] * count:
        if chosen == value:
            return
        page.keyboard.press(key)
        chosen = page.evaluate(place)[0]
    assert chosen == value


def write(page: Page, name: str, words: str) -> None:
    tab_to(page, f"main [name='{name}']")
    page.keyboard.insert_text(words)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_managers_day_needs_no_mouse(open_as: Open) -> None:
    with transaction.atomic():
        people = make_people()
        deal = planned_deal(people)
    page = open_as()
    sign_in(page, "13800000001")
    search(page, "热水器")
    enter_a_need(page, people.buyer.slug)
    jot(page, deal.slug)


def sign_in(page: Page, phone: str) -> None:
    page.goto("/accounts/login/")
    write(page, "login", phone)
    write(page, "password", "a-password-of-tests")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/$"))
    says(page, "若溪")


def search(page: Page, words: str) -> None:
    """The slash goes to the search, from anywhere but a field."""
    page.keyboard.press("/")
    expect(page.locator("#search-all")).to_be_focused()
    page.keyboard.insert_text(words)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/"))
    expect(page.locator("#search-all")).to_have_value(words)


def enter_a_need(page: Page, owner: str) -> None:
    page.goto("/needs/new/")
    write(page, "raw_words", OWN_WORDS)
    pick(page, "owner", owner)
    press_button(page, "收下，写需求书")
    page.wait_for_url(re.compile(r"/brief/"))
    row = page.locator("[data-rows='i'] [data-row]").count()
    press_button(page, "加一个指标")
    expect(page.locator(f"[name='i-{row}-name']")).to_be_focused()
    page.keyboard.insert_text("外壳温度")
    pick(page, f"i-{row}-op", "<=")
    write(page, f"i-{row}-low", "55")
    write(page, f"i-{row}-unit", "℃")
    press_button(page, "存为新的一版")
    says(page, "第 2 版")


def jot(page: Page, deal: str) -> None:
    """J opens the slip of paper on a deal's page, what is written on it is kept; Escape puts it away."""
    page.goto(f"/deals/{deal}/")
    slip = page.locator("dialog#jot")
    page.keyboard.press("j")
    expect(slip).to_be_visible()
    expect(slip.locator("[name='text']")).to_be_focused()
    page.keyboard.insert_text("台架周四空出来")
    press_button(page, "记下")
    says(page, "记下了", "台架周四空出来")
    page.keyboard.press("j")
    expect(slip).to_be_visible()
    page.keyboard.press("Escape")
    expect(slip).not_to_be_visible()
    expect(page.locator("[data-dialog='jot'][data-key='j']")).to_be_focused()
    for _ in range(12):  # closed and opened at once: the hand is on the paper every time
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.matches('dialog#jot[open] [name=text]')")
        page.keyboard.press("Escape")
