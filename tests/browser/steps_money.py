"""From the rule of the split to the fen on every statement."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.hands import column, fill, press, says
from tests.browser.steps_deal import AMOUNTS, STAGES, due

WORKED_EXAMPLE = (
    "192,000.00",
    "22,272.00",
    "13,363.20",
    "8,908.80",
    "169,728.00",
    "118,809.60",
    "5,940.48",
    "112,869.12",
    "50,918.40",
)
A_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def fix_the_split(ruoxi: Page, deal: str) -> None:
    ruoxi.goto(f"/deals/{deal}/split/")
    fill(ruoxi, reward="70", staff="5")
    press(ruoxi, "加一人")
    fill(ruoxi, inventor__0__name="催化组", inventor__0__share="100")
    press(ruoxi, "固定规则")
    says(ruoxi, "分账规则已固定")


def plan_the_payments(ruoxi: Page, deal: str) -> list[str]:
    """Four milestones, the deposit first; their addresses in order."""
    ruoxi.goto(f"/deals/{deal}/plan/")
    for place, (title, amount) in enumerate(zip(STAGES, AMOUNTS, strict=True)):
        row = f"line__{place}__"
        given = {f"{row}title": title, f"{row}amount": amount, f"{row}due_on": due(place + 1)}
        fill(ruoxi, **given, **{f"{row}acceptance": f"{title}按合同验收表"})
    press(ruoxi, "定下计划")
    says(ruoxi, "付款计划已定", "480,000.00")
    links = ruoxi.locator("main a[href^='/milestones/']").all()
    found = dict.fromkeys(str(link.get_attribute("href")) for link in links)
    addresses = [address for address in found if re.fullmatch(r"/milestones/[^/]+/", address)]
    assert len(addresses) == len(STAGES)
    return addresses


def pay(heng: Page, milestone: str, place: int, folder: Path) -> None:
    """Money is at the bank; here its receipt is recorded, with the file."""
    slip = folder / f"slip-{place}.pdf"
    slip.write_bytes(A_PDF)
    heng.goto(milestone)
    fill(heng, number=f"2099-{place:04d}")
    heng.locator("[name='file']").first.set_input_files(slip)
    press(heng, "登记到账")
    says(heng, "到账已登记", f"2099-{place:04d}")


def deliver(lan: Page, milestone: str, folder: Path) -> None:
    report = folder / "report.pdf"
    report.write_bytes(A_PDF)
    lan.goto(milestone)
    fill(lan, text="检测报告、台架记录附后，请按验收表验收。")
    lan.locator("[name='material']").set_input_files(report)
    press(lan, "提交，请需方验收")
    says(lan, "已提交", "report.pdf")


def release(heng: Page, milestone: str) -> None:
    heng.goto(milestone)
    press(heng, "验收并放款")
    says(heng, "已验收放款")


def splits_as_the_worked_example(ruoxi: Page, milestone: str) -> None:
    ruoxi.goto(milestone)
    says(ruoxi, *WORKED_EXAMPLE)


def statement(page: Page, account: str) -> tuple[list[str], str]:
    """What came in, payment by payment, and the balance, as the statement's page shows them."""
    page.goto("/settlement/")
    page.locator("main table").get_by_role("link", name=account, exact=True).click()
    says(page, "对账单")
    return column(page, 4), page.locator("main .stat .figure").last.inner_text()
