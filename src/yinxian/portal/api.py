"""REST endpoints of portal: what there is to do, and the one search."""

from __future__ import annotations

import datetime as dt
import html
from typing import Any

from django.http import HttpRequest
from django.utils.html import strip_tags
from ninja import Router, Schema

from yinxian.kernel import clock

from .queries.searching import KINDS, Search
from .queries.todo import Person, things_to_do

router = Router()


class TodoOut(Schema):
    on: dt.date
    kind: str
    title: str
    text: str
    url: str


class HitOut(Schema):
    title: str
    text: str
    note: str
    url: str


class FoundOut(Schema):
    kind: str
    counts: dict[str, int]
    pages: int
    items: list[HitOut]


def _plain(marked: str) -> str:
    """The text of a marked passage, without the marks."""
    return html.unescape(strip_tags(marked))


@router.get("/todo", response=list[TodoOut])
def todo(request: HttpRequest) -> list[dict[str, Any]]:
    """What the person has to do, for the organisation that they act for; earliest first."""
    acting = getattr(request, "acting", None)
    person = Person(request.user, acting if acting and acting.pk else None, clock.today())  # type: ignore[arg-type]  # signed in
    return [
        {"on": one.on, "kind": str(one.kind), "title": str(one.title), "text": one.text, "url": one.url}
        for one in things_to_do(person)
    ]


@router.get("/search", response=FoundOut)
def search(request: HttpRequest, q: str, kind: str = "", page: int = 1) -> dict[str, Any]:
    """One page of one kind (results, needs, deals, managers, organisations), and how many there are of each."""
    found = Search(request.user, q, kind if kind in KINDS else "")
    shown = found.page(page)
    return {
        "kind": found.kind,
        "counts": {tab.kind: tab.count for tab in found.tabs()},
        "pages": shown.paginator.num_pages,
        "items": [
            {"title": _plain(hit.heading), "text": _plain(hit.snippet), "note": hit.note, "url": hit.url}
            for hit in shown.object_list
        ],
    }
