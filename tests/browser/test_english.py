"""Someone who reads English switches once and meets no Chinese but names and what people wrote themselves."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.deals.milestone_world import planned_deal
from tests.world import People, make_people
from yinxian.deals.models import Deal
from yinxian.journal.operations.work import drain
from yinxian.network.models import Organisation, User

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
FRAME = """() => [...document.querySelectorAll(`.side, header.top, footer, .tabbar, button, .btn, label, legend, th, dt,
    summary, h1, h2, .help, .thread, input[placeholder], [aria-label]`)]
  .filter(e => !e.closest("[lang=zh-Hans]"))
  .flatMap(e => [e.innerText, e.getAttribute("aria-label"), e.getAttribute("placeholder")])
  .filter(text => text && /[\\u4e00-\\u9fff]/.test(text))"""
PAGES = (
    *("/", "/todo/", "/needs/", "/needs/new/", "/results/", "/results/new/", "/matches/", "/search/?q=CO"),
    *("/introductions/", "/deals/", "/deals/board/", "/contracts/", "/settlement/", "/listings/"),
    *("/directory/", "/me/card/", "/me/memberships/", "/studios/", "/studios/new/", "/alliances/", "/referrals/"),
    *("/certificates/", "/certificates/present/", "/training/", "/training/courses/", "/training/lessons/"),
    *("/training/internships/", "/exams/", "/exams/grading/", "/landings/", "/team-invitations/", "/points/credit/"),
    *("/points/relations/", "/me/privacy/"),
    *("/managers/", "/organisations/", "/points/", "/notices/", "/notices/preferences/", "/me/", "/verify/", "/about/"),
)
OF_A_DEAL = ("", "milestones/", "note/", "meeting/", "file/", "team/", "move/", "register/", "contract/")
OF_A_NEED = ("", "edit/", "brief/", "match/", "evidence/")


def written_by_people(people: People, deal: Deal) -> list[str]:
    """Names and texts of this world, the longest first, so that none leaves a part of itself."""
    names = [*User.objects.values_list("name", flat=True), *Organisation.objects.values_list("name", flat=True)]
    parts = [part for name in User.objects.values_list("name", flat=True) for part in (name[0], name[1:])]
    texts = [deal.title, *deal.milestones.values_list("title", flat=True), *deal.need.raw_words.split()]
    return sorted({*names, *parts, *texts}, key=len, reverse=True)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_frame_is_english_after_one_press(open_as: Open) -> None:
    with transaction.atomic():
        people = make_people()
        deal = planned_deal(people)
    drain()
    assert deal.introduction
    page = open_as(people.ruoxi)
    page.goto("/")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    own = written_by_people(people, deal)
    addresses = [*PAGES, *(f"/deals/{deal.slug}/{part}" for part in OF_A_DEAL)]
    addresses += [f"/needs/{deal.need.slug}/{part}" for part in OF_A_NEED]
    addresses.append(f"/introductions/{deal.introduction.slug}/")
    left = {address: found for address in addresses if (found := chinese_left(page, address, own))}
    assert left == {}
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def chinese_left(page: Page, address: str, own: list[str]) -> list[str]:
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok, f"{address} answers {answer.status}"
    found: set[str] = set()
    for text in page.evaluate(FRAME):
        rest = text.replace("中文", "")
        for words in own:
            rest = rest.replace(words, "")
        found.update(CHINESE.findall(rest))
    return sorted(found)
