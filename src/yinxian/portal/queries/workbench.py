"""The workbench of one person: a greeting, what to do, what stands beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from yinxian.kernel.clock import SHANGHAI
from yinxian.matching.queries.searches import fresh_finds
from yinxian.network.models import Organisation, User

from . import panels
from .funnel import funnel
from .todo import Person, Todo, things_to_do

SHOWN = 8
NUMERALS = "零一两三四五六七八九十"
WEEKDAYS = "一二三四五六日"
Kind = Organisation.Kind
NIGHT = dt.timedelta(days=1)  # what a saved search found since this time yesterday


@dataclass(frozen=True)
class Greeting:
    sentence: str
    date: str


def greeting(user: User, now: dt.datetime, due: int) -> Greeting:
    """``早上好，若溪。今天五件事。`` by the hour in China."""
    local = now.astimezone(SHANGHAI)
    hour = local.hour
    hello = (
        _("夜深了")
        if hour < 5
        else _("早上好")
        if hour < 11
        else _("中午好")
        if hour < 13
        else _("下午好")
        if hour < 18
        else _("晚上好")
    )
    english = (get_language() or "").startswith("en")
    name = user.name_en.split()[0] if english and user.name_en.split() else user.get_short_name()
    count = NUMERALS[due] if not english and due < len(NUMERALS) else str(due)
    if not due:
        return Greeting(_("%(hello)s，%(name)s。今天没有非做不可的事。") % {"hello": hello, "name": name}, _date(local))
    sentence = ngettext("%(hello)s，%(name)s。今天%(count)s件事。", "%(hello)s，%(name)s。今天%(count)s件事。", due)
    return Greeting(sentence % {"hello": hello, "name": name, "count": count}, _date(local))


def _date(local: dt.datetime) -> str:
    if (get_language() or "").startswith("en"):
        return f"{local:%A}, {local.day} {local:%B}"
    return f"{local.month}月{local.day}日　星期{WEEKDAYS[local.weekday()]}"


def due_today(todos: list[Todo], today: dt.date) -> int:
    return sum(todo.on <= today for todo in todos)


def workbench(user: User, organisation: Organisation | None, now: dt.datetime) -> dict[str, Any]:
    """Everything that the page shows. The number of queries does not depend on how much there is."""
    today = now.astimezone(SHANGHAI).date()
    person = Person(user, organisation, today)
    todos = things_to_do(person)
    due = due_today(todos, today)
    deals = panels.my_deals(person)
    shown: dict[str, Any] = {
        "greeting": greeting(user, now, due),
        "due": due,
        "todos": todos[:SHOWN],
        "all": len(todos),
        "person": person,
        "kind": person.kind,
        "money": panels.money(person),
        "deals": deals[: panels.SHOWN],
        "shortlisted": [],
        "running": deals.count(),
    }
    shown["fresh"] = fresh_finds(user, now - NIGHT, panels.SHOWN)
    if person.kind == Kind.ASSOCIATION:
        review = next((todo.url for todo in todos if todo.review), reverse("market:review_queue"))
        return shown | {"association": panels.association(person), "review": review}
    if person.kind in (Kind.BUYER, Kind.SUPPLIER):
        shown["listings"] = panels.my_listings(person)
    if person.is_manager:
        shown["funnel"] = funnel(user, today)
    elif person.kind == Kind.AGENCY:
        shown["managers"] = panels.managers_of_agency(person)
    if person.is_manager or person.kind == Kind.BUYER:
        shown["shortlisted"] = panels.shortlisted(person)
    quiet = not (todos or shown["running"] or shown.get("listings") or shown.get("funnel") or shown["fresh"])
    return shown | {"newcomer": quiet}
