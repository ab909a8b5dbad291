"""What a person's hands do on a page: press, fill, choose, and read a table."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

expect.set_options(timeout=45_000)


def press(place: Page | Locator, name: str, *, exact: bool = False) -> None:
    place.get_by_role("button", name=name, exact=exact).first.click()


def fill(page: Page, **values: str) -> None:
    """By the names of the fields; two underscores stand for a hyphen."""
    for name, value in values.items():
        field = page.locator(f"main [name='{name.replace('__', '-')}']").first
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"[name='{name}'][value='{value}']").check()


def says(page: Page, *words: str) -> None:
    """The page's own part, not its frame, says all of these."""
    for word in words:
        expect(page.locator("main")).to_contain_text(word)


def is_silent_about(page: Page, *words: str) -> None:
    for word in words:
        expect(page.locator("main")).not_to_contain_text(word)


def path_of(address: str) -> str:
    """A signed link as the person opens it, wherever the node's public address points."""
    return urlsplit(address).path


def last_part(page: Page) -> str:
    """The identifier at the end of the page's address."""
    return urlsplit(page.url).path.strip("/").split("/")[-1]


def column(page: Page, number: int) -> list[str]:
    """The cells of one column (from 1) of the page's first table, without the empty ones."""
    cells = page.locator("main table").first.locator(f"tbody tr > *:nth-child({number})").all_inner_texts()
    return [cell.strip() for cell in cells if cell.strip()]
