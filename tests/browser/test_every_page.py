"""Every page of the demo in a real browser: nothing serious for axe-core, nothing wider than a phone, no faults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from tests.architecture.demo_world import main_deal, people, values
from tests.architecture.routes import Route, routes
from tests.browser.conftest import Open
from tests.demo import put_in_the_demo

AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
READERS = ("manager", "buyer", "supplier", "association", "nobody")
RUN = """async () => (await axe.run({resultTypes: ["violations"]})).violations
  .filter(found => ["serious", "critical"].includes(found.impact))
  .map(found => found.id + ": " + found.nodes.slice(0, 2).map(node => node.html.slice(0, 160)).join(" | "))"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def may_be_a_page(route: Route) -> bool:
    return route.method == "GET" and not route.address.startswith("/api/")


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.django_db(transaction=True)
def test_every_page_is_accessible_and_fits_a_phone(open_as: Open, half: int) -> None:
    with transaction.atomic():
        put_in_the_demo()
        who = people(main_deal())
        given = values(main_deal(), who)
    pages = {role: open_as(who[role]) for role in READERS}
    source = AXE.read_text(encoding="utf-8")
    wrong: list[str] = []
    seen: set[str] = set()
    for role, page in pages.items():
        page.on("pageerror", lambda error, found=wrong: found.append(f"script: {error}"))
        for route in list(filter(may_be_a_page, routes()))[half::2]:
            if route.address in seen and route.address != "/":
                continue
            names = given | ({"organisation": given["association"]} if route.address.startswith("/points/") else {})
            path = route.path(names)
            answer = page.request.get(path, max_redirects=0)
            if answer.status != 200 or not answer.body().lower().startswith(b"<!doctype html"):
                continue  # a file, or a fragment that stands in another page
            page.goto(path)
            seen.add(route.address)
            wrong += [f"{route.address} as {role}: {fault}" for fault in faults(page, source)]
    assert wrong == []
    assert len(seen) > 30


def faults(page: Any, source: str) -> list[str]:
    """What axe finds at 1440 pixels, and how much wider than the window the page is at 390."""
    page.evaluate(source)
    found: list[str] = page.evaluate(RUN)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("innerWidth === 390")  # until then the desk's width would be measured
    wider = page.evaluate(WIDER)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.wait_for_function("innerWidth === 1440")
    return found + ([f"{wider} pixels wider than a phone"] if wider > 0 else [])
