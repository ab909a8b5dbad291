"""One search over everything that the reader may see. Traditional and simplified characters are the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from yinxian.alliances.queries.directory import Shown as ShownCard
from yinxian.alliances.queries.directory import directory
from yinxian.deals.models import Deal
from yinxian.deals.queries.deals import visible_to
from yinxian.kernel.text import clean, highlight, normalise, snippet, tokenise
from yinxian.market.models import Need, Result
from yinxian.market.queries.lists import Market
from yinxian.network.models import Organisation
from yinxian.network.queries.directory import organisations

PAGE = 20
LONGEST = 200
MOST_CARDS = 200
KINDS = {
    "results": pgettext_lazy("search", "成果"),
    "needs": pgettext_lazy("search", "需求"),
    "deals": pgettext_lazy("search", "项目"),
    "managers": pgettext_lazy("search", "名录"),
    "organisations": pgettext_lazy("search", "单位"),
}
WIDTH = 150


@dataclass(frozen=True)
class Hit:
    heading: SafeString
    snippet: SafeString
    url: str
    note: str = ""


@dataclass(frozen=True)
class Tab:
    kind: str
    label: Any
    count: int
    on: bool


class Search:
    """What was asked, and the hits of each kind. The number of queries does not depend on the number of hits."""

    def __init__(self, reader: Any, asked: str, kind: str = "") -> None:
        self.reader = reader
        self.query = " ".join(clean(asked).split())[:LONGEST]
        self.asked_kind = kind

    @property
    def empty(self) -> bool:
        """Nothing that could be found: no words."""
        return not tokenise(self.query)

    @cached_property
    def kinds(self) -> list[str]:
        """Deals are only for who may have some."""
        return [kind for kind in KINDS if kind != "deals" or self.reader.is_authenticated]

    @cached_property
    def found(self) -> dict[str, Sequence[Any]]:
        if self.empty:
            return {kind: [] for kind in self.kinds}
        return {kind: FINDERS[kind](self) for kind in self.kinds}

    @cached_property
    def kind(self) -> str:
        """The kind that was asked for, else the first with hits."""
        if self.asked_kind in self.kinds:
            return self.asked_kind
        return next((kind for kind in self.kinds if len(self.found[kind])), self.kinds[0])

    @property
    def total(self) -> int:
        return sum(len(rows) for rows in self.found.values())

    def tabs(self) -> list[Tab]:
        return [Tab(kind, KINDS[kind], len(self.found[kind]), kind == self.kind) for kind in self.kinds]

    def page(self, number: object) -> Any:
        """One page of the chosen kind, its items made into hits."""
        page = Paginator(self.found[self.kind], PAGE).get_page(str(number or 1))
        page.object_list = SHOW[self.kind](self, list(page.object_list))
        return page

    @cached_property
    def markets(self) -> dict[type[Result] | type[Need], Market]:
        given = QueryDict(mutable=True)
        given["q"], given["sort"] = self.query, "best"
        return {model: Market(model, self.reader, given) for model in (Result, Need)}


def _listings(model: type[Result] | type[Need]) -> Callable[[Search], Sequence[int]]:
    def find(search: Search) -> Sequence[int]:
        found = search.markets[model].found()
        return found if isinstance(found, list) else list(found.values_list("pk", flat=True))

    return find


def _holds(search: Search, texts: Sequence[str | None]) -> bool:
    """Whether all words of the query stand in the texts, in whichever characters they are written."""
    whole = normalise("\n".join(text for text in texts if text))
    return all(word in whole for word in normalise(search.query).split())


def _deals(search: Search) -> Sequence[Deal]:
    found = visible_to(search.reader).order_by("-changed_at", "-pk")
    return [deal for deal in found if _holds(search, [deal.title, deal.number, deal.buyer.name, deal.supplier.name])]


def _managers(search: Search) -> Sequence[ShownCard]:
    """Cards of the directory, each as its owner lets the reader see it."""
    return directory(search.reader, {"q": search.query}, size=MOST_CARDS).cards


def _organisations(search: Search) -> Sequence[Organisation]:
    return [one for one in organisations() if _holds(search, [one.name, one.name_en, one.about])]


FINDERS: dict[str, Callable[[Search], Sequence[Any]]] = {
    "results": _listings(Result),
    "needs": _listings(Need),
    "deals": _deals,
    "managers": _managers,
    "organisations": _organisations,
}


def _show_listings(model: type[Result] | type[Need], name: str) -> Callable[[Search, list[Any]], list[Hit]]:
    def show(search: Search, pks: list[Any]) -> list[Hit]:
        rows = search.markets[model].rows(pks)
        return [
            Hit(row.heading, row.snippet, reverse(name, args=[row.shown.slug]), row.shown.field_name) for row in rows
        ]

    return show


def _show_deals(search: Search, deals: list[Any]) -> list[Hit]:
    return [
        Hit(
            highlight(deal.title, search.query),
            highlight(_("%(buyer)s 与 %(supplier)s") % {"buyer": deal.buyer, "supplier": deal.supplier}, search.query),
            reverse("deals:deal", args=[deal.slug]),
            f"{deal.number}　{deal.get_state_display()}",
        )
        for deal in deals
    ]


def _show_managers(search: Search, found: list[Any]) -> list[Hit]:
    return [
        Hit(
            highlight(one.name, search.query),
            snippet(one.headline or one.about, search.query, WIDTH),
            one.url,
            str(one.card.get_profession_display()),
        )
        for one in found
    ]


def _show_organisations(search: Search, found: list[Any]) -> list[Hit]:
    return [
        Hit(
            highlight(one.shown_name, search.query),
            snippet(one.about, search.query, WIDTH),
            reverse("network:organisation", args=[one.slug]),
            str(one.get_kind_display()),
        )
        for one in found
    ]


SHOW: dict[str, Callable[[Search, list[Any]], list[Hit]]] = {
    "results": _show_listings(Result, "market:result"),
    "needs": _show_listings(Need, "market:need"),
    "deals": _show_deals,
    "managers": _show_managers,
    "organisations": _show_organisations,
}
