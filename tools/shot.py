"""Pictures of pages, and what is wrong with them: sideways overflow, refused by the CSP, axe-core's serious findings.

``python tools/shot.py /needs/ /deals/ --as 13800000001`` signs in by password at a running server and saves a
full-page PNG of each path at desk and phone width. Exit code 1 when a page has findings. Needs Chromium
(YINXIAN_CHROMIUM or found on the PATH); axe-core comes from frontend/node_modules (``make assets``).
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
WIDTHS = (1440, 390)
DEMO_PASSWORD = "yinxian-demo"  # known to everyone, good for nothing else
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDEST = """() => [...document.querySelectorAll('main *, header *, nav *')]
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(0, 3).map(e => e.tagName.toLowerCase() + '.' + e.className)"""


def chromium() -> str:
    """The path of a Chromium; SystemExit with a sentence when there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("YINXIAN_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise SystemExit("No Chromium found: install one or name it in YINXIAN_CHROMIUM.")
    return found


def sign_in(page: Page, base: str, who: str, password: str) -> None:
    """Sign in by the password form; SystemExit when refused."""
    page.goto(f"{base}/accounts/login/")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", password)
    with page.expect_navigation():
        page.press("input[name=password]", "Enter")
    if "/accounts/login" in page.url:
        raise SystemExit(f"{who} could not sign in: {page.inner_text('main')[:200]}")


def axe_findings(page: Page) -> list[str]:
    """Serious and critical findings of axe-core, one line each."""
    if not AXE.is_file():
        return ["axe-core is not installed: make assets"]
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"axe {item['impact']} {item['id']}: {item['nodes'][0]['target']} ({len(item['nodes'])})"
        for item in result["violations"]
        if item["impact"] in ("serious", "critical")
    ]


def file_name(path: str, width: int) -> str:
    name = re.sub(r"[^\w一-鿿.-]+", "-", path.strip("/")).strip("-") or "home"
    return f"{name[:80]}-{width}.png"


def shoot(context: BrowserContext, url: str, target: Path) -> list[str]:
    """Save a picture of one page and return what is wrong with it."""
    page = context.new_page()
    found: list[str] = []
    page.on("console", lambda message: found.append(f"console: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(f"script: {error}"))
    answer = page.goto(url, wait_until="networkidle")
    if answer is not None and answer.status >= 500:
        found.append(f"status {answer.status}")
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target, full_page=True)
    if (over := page.evaluate(OVERFLOW)) > 0:
        found.append(f"overflows by {over}px: {page.evaluate(WIDEST)}")
    found += axe_findings(page)
    page.close()
    return found


def take(browser: Browser, options: argparse.Namespace) -> int:
    """Take all pictures; returns how many findings there were."""
    count = 0
    for width in options.widths:
        locale = "en" if options.english else "zh-CN"
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale=locale, device_scale_factor=options.scale
        )
        if options.who:
            page = context.new_page()
            sign_in(page, options.base, options.who, options.password)
            page.close()
        if options.english:
            context.add_cookies([{"name": "django_language", "value": "en", "url": options.base}])
        for path in options.paths:
            target = Path(options.out) / file_name(path, width)
            found = shoot(context, options.base + path, target)
            count += len(found)
            print(f"{path} {width} -> {target}")
            for line in found:
                print(f"  ! {line}")
        context.close()
    return count


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("paths", nargs="+", metavar="PATH", help="such as /needs/")
    parser.add_argument("--as", dest="who", default="", help="phone or e-mail to sign in with")
    parser.add_argument("--password", default=DEMO_PASSWORD)
    parser.add_argument("--base", default=f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")
    parser.add_argument("--out", default="screenshots")
    parser.add_argument("--english", action="store_true", help="pages in English")
    parser.add_argument("--widths", type=int, nargs="+", default=WIDTHS)
    parser.add_argument("--scale", type=float, default=1, help="pixels a CSS pixel")
    options = parser.parse_args(arguments)
    options.base = options.base.rstrip("/")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            findings = take(browser, options)
        except Error as error:
            if "ERR_CONNECTION_REFUSED" not in error.message:
                raise
            raise SystemExit(f"Nobody answers at {options.base}: start a server or give --base.") from error
        finally:
            browser.close()
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
