"""A team that needs room elsewhere: an offer, the shares of both ends, the choice, the arrival on record."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.hands import choose, fill, last_part, press, says
from yinxian.kernel import clock
from yinxian.network.models import User

PHONE = "13711110000"


def ask(team: Page, manager: User) -> str:
    """What the team needs, and who refers it."""
    today = clock.today()
    team.goto("/landings/new/")
    fill(
        team,
        title="心脏导管产线",
        about="样机已过型检，要建中试线，本地没有洁净厂房。",
        field="04",
        manager=str(manager.pk),
        area="1,200",
        rent="45",
        needed_by=(today + dt.timedelta(days=200)).isoformat(),
        open_until=(today + dt.timedelta(days=40)).isoformat(),
        contact_name="林岚",
        contact_phone=PHONE,
    )
    choose(team, "permits", "gmp")
    press(team, "发布")
    says(team, "已发布", "还没有地区应约")
    return last_part(team)


def offer(region: Page, landing: str, receiver: User) -> None:
    """The region answers each need; the team's contact is not for it to see yet."""
    region.goto(f"/landings/{landing}/")
    assert PHONE not in region.content()
    region.get_by_role("link", name="应约", exact=True).click()
    fill(
        region,
        manager=str(receiver.pk),
        place="海岸医疗器械园",
        area="2 亩",
        rent="30",
        permit_gmp="has",
        valid_until=(clock.today() + dt.timedelta(days=30)).isoformat(),
    )
    press(region, "交给团队")
    says(region, "应约已交给团队")


def share(home: Page, receiving: Page, landing: str) -> None:
    """60 % and 40 %, agreed before anybody is named to anybody."""
    home.goto(f"/landings/{landing}/")
    home.get_by_role("link", name="提出分成").click()
    fill(home, shares__0__bp="60", shares__0__work="引荐", shares__1__bp="40", shares__1__work="接应")
    press(home, "请他们答复")
    says(home, "60.00%", "40.00%", "待答复")
    receiving.goto(f"/landings/{landing}/")
    press(receiving, "同意这一份")
    says(receiving, "您的答复已记录")


def arrive(team: Page, landing: str, folder: Path) -> None:
    """The team chooses and, there, brings the paper that shows it."""
    team.goto(f"/landings/{landing}/")
    team.once("dialog", lambda dialog: dialog.accept())
    press(team, "选定这里")
    says(team, "已选定")
    choose(team, "kind", "licence")
    fill(team, number="91370200MA3X000000", dated_on=clock.today().isoformat(), area="1,334")
    licence = folder / "licence.pdf"
    licence.write_bytes(b"%PDF-1.7 a licence")
    team.locator("main input[name='file']").set_input_files(licence)
    press(team, "交给两地确认")
    says(team, "凭证已收下")


def confirm(home: Page, receiving: Page, landing: str) -> None:
    """Somebody of each region without a share; the second word makes it stand."""
    for page, said in ((home, "已确认，等另一地"), (receiving, "引荐落地成立")):
        page.goto(f"/landings/{landing}/")
        press(page, re.compile("代表.*确认属实"))  # type: ignore[arg-type]  # playwright takes a pattern too
        says(page, said)
