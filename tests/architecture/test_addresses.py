"""Every address as every role, against docs/permissions.md; the number of queries of every page.

``YINXIAN_RECORD=1`` writes docs/permissions.md (its table) and tests/query_counts.json anew: read the difference.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext

from tests.architecture.demo_world import ROLES, browsers, main_deal, people, values
from tests.architecture.routes import Route, routes
from tests.demo import put_in_the_demo

ROOT = Path(__file__).resolve().parents[2]
MATRIX = ROOT / "docs" / "permissions.md"
COUNTS = ROOT / "tests" / "query_counts.json"
HEAD = "| method | address | action | " + " | ".join(ROLES) + " |"
RECORDING = os.environ.get("YINXIAN_RECORD") == "1"


@pytest.fixture
def data_folder() -> Iterator[None]:
    """The class loads its files once; a folder of its own for each test would lose them."""
    yield


def verdict(answer: HttpResponse) -> str:
    """yes: let in (even if the request itself was refused as wrong or untimely); no: turned away; -: no such method."""
    if answer.status_code == 405:
        return "-"
    if answer.status_code >= 500:
        return "FAULT"
    turned_away = answer.status_code in (401, 403, 404)
    to_sign_in = answer.status_code == 302 and "/accounts/login/" in answer.headers.get("Location", "")
    return "no" if turned_away or to_sign_in else "yes"


def recorded() -> dict[tuple[str, str], tuple[str, list[str]]]:
    rows = {}
    for line in MATRIX.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == len(ROLES) + 3:
            rows[cells[0], cells[1]] = (cells[2], cells[3:])
    return rows


def record(rows: dict[tuple[str, str], tuple[str, list[str]]]) -> None:
    text = MATRIX.read_text(encoding="utf-8")
    lines = [HEAD, "|" + "---|" * (len(ROLES) + 3)]
    for (method, address), (action, cells) in sorted(rows.items(), key=lambda row: (row[0][1], row[0][0])):
        lines.append(f"| `{method}` | `{address}` | `{action}` | " + " | ".join(cells) + " |")
    MATRIX.write_text(text.split(HEAD)[0] + "\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.xdist_group("demo")
class TestAddresses(TestCase):
    who: ClassVar[dict[str, Client]]
    given: ClassVar[dict[str, str]]

    @classmethod
    def setUpTestData(cls) -> None:
        put_in_the_demo()
        persons = people(main_deal())
        cls.given = values(main_deal(), persons)
        cls.who = browsers(persons)

    def ask(self, role: str, route: Route) -> HttpResponse:
        """Ask, and undo whatever it did."""
        given = self.given
        if route.address.startswith("/me/tokens/"):
            given = given | {"token": given["api_token"]}
        if route.address.startswith("/points/"):
            given = given | {"organisation": given["association"]}
        with transaction.atomic():
            browser = self.who[role]
            if route.address.startswith("/api/"):
                answer = browser.generic(route.method, route.path(given), route.body, content_type="application/json")
            else:
                answer = browser.generic(route.method, route.path(given))
            transaction.set_rollback(True)
        if answer.streaming:  # read to its end it closes itself; closed by hand it would close the database too
            b"".join(answer.streaming_content)
        return answer

    def test_every_address_lets_in_whom_the_matrix_says(self) -> None:
        found = {}
        for route in routes():
            cells = [verdict(self.ask(role, route)) for role in ROLES]
            if "-" not in cells:
                found[route.method, route.address] = (route.action, cells)
        faults = [key for key, (_action, cells) in found.items() if "FAULT" in cells]
        assert faults == [], "addresses that fail instead of answering"
        if RECORDING:
            record(found)
        expected = recorded()
        assert found.keys() - expected.keys() == set(), "addresses that docs/permissions.md does not know"
        assert expected.keys() - found.keys() == set(), "rows of docs/permissions.md without an address"
        differ = {key: (found[key][1], expected[key][1]) for key in found if found[key] != expected[key]}
        assert differ == {}, "who is let in differs from docs/permissions.md (found, documented)"

    def test_every_page_makes_the_recorded_number_of_queries(self) -> None:
        counts: dict[str, int] = {}
        for route in routes():
            if route.method != "GET" or route.address.startswith("/api/"):
                continue
            role = next((r for r in ("manager", "supplier", "buyer", "association") if self.lets_in(r, route)), None)
            if role is None:
                continue
            with CaptureQueriesContext(connection) as queries:
                self.ask(role, route)
            made = [q for q in queries.captured_queries if not re.match(r"(SAVEPOINT|RELEASE|ROLLBACK)", q["sql"])]
            counts[f"{route.address} ({role})"] = len(made)
        if RECORDING:
            COUNTS.write_text(json.dumps(counts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        expected: dict[str, int] = json.loads(COUNTS.read_text(encoding="utf-8"))
        assert counts == expected

    def lets_in(self, role: str, route: Route) -> bool:
        return self.ask(role, route).status_code == 200
