"""The pictures of the README, taken from a running demo.

``python tools/readme_pictures.py http://127.0.0.1:8000`` signs in as the demo's manager, finds the demo's main deal
by its title and writes docs/pictures/*.png: what a window shows of each page at desk width, and one at phone width.
Needs Chromium.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, Page, sync_playwright

from tools.shot import DEMO_PASSWORD, FLAGS, ROOT, chromium, sign_in
from tools.smaller_png import paletted

PICTURES = ROOT / "docs" / "pictures"
MANAGER = "13800000001"
TITLE = "燃气热水器一氧化碳低温催化消除"
DESK, PHONE = (1440, 1060), (390, 844)
LOOK = ("--disable-lcd-text", "--lang=zh-CN")  # coloured edges of letters make a picture larger
LARGEST = 250_000  # bytes: a README with its pictures should open at once


def found(page: Page, base: str, section: str) -> str:
    """The path of the first entry of a list that is about the main deal; SystemExit when the demo has none."""
    page.goto(f"{base}/{section}/?q={quote(TITLE)}")
    link = page.locator(f"main a[href^='/{section}/']").filter(has_text=TITLE).first
    if not link.count():
        raise SystemExit(f"{base} shows no {TITLE} in its {section}: is it the demo?")
    return str(link.get_attribute("href"))


def addresses(page: Page, base: str) -> dict[str, str]:
    """Which page each picture is of. The receipt names the need, the need's page of matches follows from it."""
    introduction = found(page, base, "introductions")
    statement = page.request.get(f"{base}{introduction}receipt.json").json()["statement"]
    page.goto(f"{base}/settlement/")
    own = page.locator("main a[href^='/settlement/']").filter(has_text=statement["manager"]["name"]).first
    year = dt.datetime.now(dt.UTC).year
    account = str(own.get_attribute("href"))
    return {
        "deal": found(page, base, "deals"),
        "match": f"/needs/{statement['listings']['need']['id']}/match/",
        "home": "/",
        "receipt": f"{introduction}receipt/",
        "statement": f"{account}?since={year}-01-01&until={year}-12-31",
    }


def signed_in(browser: Browser, base: str, size: tuple[int, int]) -> Page:
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", device_scale_factor=1, reduced_motion="reduce"
    )
    page = context.new_page()
    sign_in(page, base, MANAGER, DEMO_PASSWORD)
    return page


def take(page: Page, url: str, name: str, *, end: bool = False) -> None:
    """Save what the window shows of a page, its top or its end. SystemExit when it failed or is too large."""
    answer = page.goto(url, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise SystemExit(f"{url} answered {answer.status if answer else 'nothing'}.")
    if end:
        page.evaluate("scrollTo({top: document.documentElement.scrollHeight, behavior: 'instant'})")
    target = PICTURES / f"{name}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(paletted(page.screenshot()))
    size = target.stat().st_size
    print(f"{target.relative_to(ROOT)}  {size // 1000} kB  {url}")
    if size > LARGEST:
        raise SystemExit(f"{target.name} is larger than {LARGEST // 1000} kB.")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Take the pictures of the README from a running demo.")
    parser.add_argument("base", nargs="?", default="http://127.0.0.1:8000", help="where the demo runs")
    base = parser.parse_args(arguments).base.rstrip("/")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS, *LOOK])
        try:
            desk = signed_in(browser, base, DESK)
            paths = addresses(desk, base)
            for name, path in paths.items():
                take(desk, base + path, name, end=name == "receipt")  # the proof stands below
            take(signed_in(browser, base, PHONE), base + paths["deal"], "phone")
        finally:
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
