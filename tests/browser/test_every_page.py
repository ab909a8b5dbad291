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
    """What axe finds on a desk and on a phone, and how much wider than the phone's window the page is."""
    page.evaluate(source)
    found = [f"on a desk: {one}" for one in page.evaluate(RUN)]
    resized(page, 390, 844)
    found += [f"on a phone: {one}" for one in page.evaluate(RUN)]
    wider = page.evaluate(WIDER)
    resized(page, 1440, 900)
    return found + ([f"{wider} pixels wider than a phone"] if wider > 0 else [])


def resized(page: Any, width: int, height: int) -> None:
    """Until the window has its new width, the old one would be measured."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function(f"innerWidth === {width}")
