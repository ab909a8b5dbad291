"""Certified by one association, recognised by the other, checked by a stranger."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.hands import fill, last_part, path_of, press, says
from yinxian.credentials.models import Level

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def apply(manager: Page, level: Level) -> str:
    """The page says what is met and by which facts; nothing is typed in."""
    manager.goto(f"/levels/{level.slug}/")
    says(manager, "都达到了", "4 学时", "1 件事")
    press(manager, "提交申请")
    says(manager, "申请已送到协会")
    return last_part(manager)


def award(reviewer: Page) -> str:
    reviewer.goto("/certificates/desk/")
    reviewer.get_by_role("link", name="沈若溪").click()
    press(reviewer, "授予，并签发证书")
    says(reviewer, "证书已经签出")
    reviewer.get_by_role("link", name="看证书").click()
    reviewer.wait_for_url(re.compile(r"/credentials/\w+/$"))
    return last_part(reviewer)


def take(holder: Page, credential: str, folder: Path) -> Path:
    """The picture that the holder takes along, with the credential baked in."""
    holder.goto(f"/credentials/{credential}/")
    with holder.expect_download() as download:
        holder.get_by_role("link", name="PNG", exact=True).click()
    picture = folder / "certificate.png"
    download.value.save_as(picture)
    return picture


def hand_in(page: Page, picture: Path) -> None:
    page.goto("/verify/")
    page.locator("input[name='file']").set_input_files(picture)
    press(page, "核验", exact=True)


def recognise(reviewer: Page, picture: Path, equals: Level) -> None:
    """From the page that verified it, one step to the endorsement, its fields filled in from the certificate."""
    hand_in(reviewer, picture)
    reviewer.get_by_role("link", name=re.compile("的名义认可这个级别")).click()
    expect(reviewer.locator("[name='their_level_name']")).to_have_value("初级技术经纪人")
    fill(reviewer, equals=str(equals.pk), conditions="到岗一年内补本地政策 8 学时")
    press(reviewer, "签出", exact=True)
    says(reviewer, "认可书已经签出")


def bring(holder: Page, reviewer: Page, picture: Path) -> None:
    """The holder brings the certificate; the association confirms that it is theirs."""
    holder.goto("/certificates/present/")
    holder.locator("input[name='file']").set_input_files(picture)
    press(holder, "核验并提交")
    says(holder, "已送到协会")
    reviewer.goto("/certificates/desk/")
    reviewer.get_by_role("link", name="沈若溪").click()
    says(reviewer, "四项都成立", "认可书第 1 版")
    press(reviewer, "是，按相当的级别记入")
    says(reviewer, "已认可")
    holder.goto("/certificates/")
    says(holder, "沧洲助理经理人")


def check(stranger: Page, address: str, picture: Path) -> None:
    """On a phone, without an account: from the code on the diploma, by its address, and by the picture alone."""
    stranger.goto(path_of(address))
    says(stranger, "沈若溪", "初级技术经纪人", "澜江技术经理人协会")
    fits(stranger)
    stranger.get_by_role("link", name="核验这张证书").click()
    press(stranger, "核验", exact=True)
    holds(stranger)
    hand_in(stranger, picture)
    holds(stranger)


def holds(stranger: Page) -> None:
    says(stranger, "四项都成立", "沈若溪", "由本站的澜江技术经理人协会颁发", "没有撤销", "沧洲协会也认可这个级别")
    expect(stranger.locator(".answers li.yes")).to_have_count(4)
    fits(stranger)


def revoke(reviewer: Page, credential: str) -> None:
    reviewer.goto(f"/credentials/{credential}/")
    fill(reviewer, state="revoked", reason="申请材料不实")
    press(reviewer, "执行")
    says(reviewer, "已撤销")


def does_not_hold(stranger: Page, picture: Path, answer: str) -> None:
    """Three answers hold, one does not, and the page says which."""
    hand_in(stranger, picture)
    says(stranger, "不是四项都成立", answer)
    expect(stranger.locator(".answers li.yes")).to_have_count(3)


def fits(phone: Page) -> None:
    assert phone.evaluate(WIDER) <= 0, phone.url
