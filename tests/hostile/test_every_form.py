"""Every form, list and endpoint with bad input of every kind: an answer in words, never a fault, nothing unescaped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, TestCase
from django.urls import resolve

from tests.architecture.demo_world import ROLES, browsers, main_deal, people, values
from tests.architecture.routes import Route, routes
from tests.architecture.test_addresses import recorded
from tests.demo import put_in_the_demo
from tests.hostile.bodies import FIGURES, MARK, MIXED, TEXTS, Forms, PageForm, encoded, multipart
from yinxian.config.api import api

FORM, JSON = "multipart/form-data; boundary=edge", "application/json"
ASKING = ("manager", "buyer", "supplier", "association", "operator")
FILTERS = ("page", "sort", "q", "kind", "state", "export", "group", "field", "region", "trl", "all", "r", "from", "to")
ODD = ("-1", FIGURES[2], TEXTS["surrogate"], MIXED)
ODD_NAMES = ("9" * 30, "a%00b", "%ED%A0%80", "%3Cscript%3Ehostile()%3C/script%3E", "長" * 300)
DEEP: Any = json.loads("[" * 200 + "]" * 200)
NO_OBJECT = ("", "{", "null", "[]", "0", "[" * 100_000, '{"a":' * 5000 + "1" + "}" * 5000, "\xff")
SPOILT: tuple[Any, ...] = (
    *({"str": text} for text in TEXTS.values()),
    {"str": MIXED, "int": -1},
    {"int": 0},
    {"int": 10**30},
    {"int": 2**63 - 1},
    {"str": "0001-01-01"},
    {"str": "9999-12-31"},
    None,
    [],
    DEEP,
    1.5,
    True,
)


@pytest.fixture
def data_folder() -> Iterator[None]:
    """The class loads its files once; a folder of its own for each test would lose them."""
    yield


@pytest.mark.xdist_group("forms")
class TestEveryForm(TestCase):
    who: ClassVar[dict[str, Client]]
    given: ClassVar[dict[str, str]]
    seen: ClassVar[list[tuple[str, Route, str]]] = []

    @classmethod
    def setUpTestData(cls) -> None:
        put_in_the_demo()
        persons = people(main_deal())
        cls.given = values(main_deal(), persons)
        cls.who = browsers(persons)

    def setUp(self) -> None:
        self.faults: list[str] = []

    def ask(self, role: str, method: str, path: str, body: str | bytes = b"", kind: str = FORM) -> tuple[int, str]:
        """The worst status and the words of the answer, and of the page it leads to."""
        answers = [self.who[role].generic(method, path, body, content_type=kind)]
        where = answers[0].headers.get("Location", "")
        if answers[0].status_code == 302 and where.startswith("/") and not where.startswith("/accounts/"):
            answers.append(self.who[role].get(where))
        return max(answer.status_code for answer in answers), "".join(map(words_of, answers))

    def try_it(self, what: str, role: str, method: str, path: str, body: str | bytes = b"", kind: str = FORM) -> None:
        """Ask, remember what is wrong with the answer, and undo whatever it did."""
        with transaction.atomic():
            status, words = self.ask(role, method, path, body, kind)
            transaction.set_rollback(True)
        if status >= 500 or MARK in words:
            self.faults.append(f"{method} {what} ({role}): {status}{' unescaped' if MARK in words else ''}")

    def path(self, route: Route) -> str:
        given = self.given
        if route.address.startswith("/me/tokens/"):
            given = given | {"token": given["api_token"]}
        if route.address.startswith("/points/"):
            given = given | {"organisation": given["association"]}
        return route.path(given)

    def pages(self) -> list[tuple[str, Route, str]]:
        """Every page for every role that it opens to, with what it says; asked for once."""
        if not self.seen:
            self.seen.extend(self._pages())
        return self.seen

    def _pages(self) -> Iterator[tuple[str, Route, str]]:
        for route in (route for route in routes() if route.method == "GET" and not route.address.startswith("/api/")):
            for role in ASKING:
                with transaction.atomic():
                    status, words = self.ask(role, "GET", self.path(route))
                    transaction.set_rollback(True)
                if status == 200:
                    yield role, route, words

    def forms(self) -> dict[str, tuple[str, PageForm]]:
        """{name of the address: (who may send it, the form as the page gives it)}; the fullest one counts."""
        found: dict[str, tuple[str, PageForm]] = {}
        for role, route, words in self.pages():
            for form in Forms(words, self.path(route)).found if "<form" in words else []:
                name = resolve(form.action).view_name if form.method == "post" else ""
                if name and (name not in found or len(found[name][1].fields) < len(form.fields)):
                    found[name] = role, form
        return found

    def test_every_form_answers_bad_input_and_takes_the_same_twice_as_one(self) -> None:
        forms = self.forms()
        assert len(forms) > 40
        doubled = set()
        for name, (role, form) in forms.items():
            for kind, pairs in form.bodies().items():
                self.try_it(f"{name} {kind}", role, "POST", form.action, multipart(pairs))
            with transaction.atomic():
                body = multipart(form.sensible())
                counts = [(self.ask(role, "POST", form.action, body), rows())[1] for _time in range(2)]
                transaction.set_rollback(True)
            if counts[0] != counts[1]:
                doubled.add(name)
        assert self.faults == []
        assert doubled == set(), "forms that have a second effect when they are sent twice"

    def test_every_address_answers_fields_that_it_does_not_ask_for(self) -> None:
        """Forms that stand on no page of the demo get every name that any form has."""
        names = {one.name for _role, form in self.forms().values() for one in form.fields} | set(FILTERS)
        for route in (route for route in routes() if route.method == "POST" and not route.address.startswith("/api/")):
            for bad in (MIXED, FIGURES[2], TEXTS["nul"]):
                body = multipart([(name, bad) for name in sorted(names)])
                self.try_it(f"{route.address} {bad[:9]!r}", "manager", "POST", self.path(route), body)
        assert self.faults == []

    def test_every_page_answers_odd_questions_and_addresses(self) -> None:
        asked = [encoded([(name, odd) for name in FILTERS]) for odd in ODD] + [encoded([("q", TEXTS["long"])])]
        opened = {route.address: (role, route) for role, route, _words in self.pages()}
        for address, (role, route) in opened.items():
            for query in asked:
                self.try_it(f"{address} {query[-20:]}", role, "GET", f"{self.path(route)}?{query}")
        for route in (route for route in routes() if route.names and route.method == "GET"):
            for odd in ODD_NAMES:
                self.try_it(
                    f"{route.address} {odd[:20]}", "manager", "GET", route.path(dict.fromkeys(route.names, odd))
                )
        assert self.faults == []

    def test_every_endpoint_answers_bad_json_and_odd_questions(self) -> None:
        schema = api.get_openapi_schema()["paths"]
        for route in (route for route in routes() if route.address.startswith("/api/")):
            if route.method == "GET":
                told = schema[route.address.replace("<", "{").replace(">", "}")]["get"].get("parameters", [])
                names = [one["name"] for one in told if one["in"] == "query"]
                for odd in ODD if names else ():
                    query = encoded([(name, odd) for name in names])
                    self.try_it(f"{route.address} {odd[:9]!r}", "manager", "GET", f"{self.path(route)}?{query}")
                continue
            example = json.loads(route.body) if route.body else {}
            role = let_in(route)
            for body in [*NO_OBJECT, *(json.dumps(spoilt(example, bad)) for bad in SPOILT if example)]:
                self.try_it(f"{route.address} {body[:40]}", role, route.method, self.path(route), body, JSON)
        assert self.faults == []


def let_in(route: Route) -> str:
    """The first of those who ask whom docs/permissions.md lets in: what is bad gets furthest from there."""
    _action, cells = recorded().get((route.method, route.address), ("", []))
    by_role = dict(zip(ROLES, cells, strict=False))
    return next((role for role in ASKING if by_role.get(role) == "yes"), ASKING[0])


def spoilt(example: Any, bad: Any) -> Any:
    """Bad values of the same type reach the operations; others stop at the schema."""
    if isinstance(bad, dict):
        return {name: bad.get(type(value).__name__, value) for name, value in example.items()}
    return dict.fromkeys(example, bad)


def words_of(answer: HttpResponse) -> str:
    """The words of a page; what is no page (a file, JSON) says nothing and is read to its end, so that it closes."""
    if answer.streaming:
        assert sum(map(len, answer)) >= 0
        return ""
    page = answer.headers.get("Content-Type", "").startswith("text/html")
    return answer.content.decode("utf-8", "replace") if page else ""


def rows() -> dict[str, int]:
    """How many rows each table of the house has, asked in one statement."""
    tables = sorted({one._meta.db_table for one in apps.get_models() if one.__module__.startswith("yinxian.")})
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'(SELECT count(*) FROM {quoted(table)})' for table in tables)}")
        return dict(zip(tables, cursor.fetchone() or (), strict=True))
