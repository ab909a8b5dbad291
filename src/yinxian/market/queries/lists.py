"""The lists of the market: narrowed, counted, sorted, each row as its reader may see it.

The index says what fits a text; the database says what the reader may see of it. The number of queries does not
depend on the number of rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, QuerySet, When
from django.db.models.functions import Substr, Upper
from django.http import QueryDict
from django.utils.safestring import SafeString

from yinxian.kernel.text import highlight, snippet
from yinxian.network.members import is_in_network

from ..models import Need, Result
from ..search import search
from .filters import Dimension, Filters, dimensions, ordering, read_filters, sorts
from .levels import listed_needs, listed_results
from .shown import Shown, shown

PAGE = 25
MOST_HITS = 2000  # of a text query; narrow it to see more
GROUPED: dict[str, Any] = {
    "field": F("field"),
    "trl": F("trl"),
    "region": Substr("region", 1, 2),
    "industry": Upper(Substr("industry", 1, 1)),
}


@dataclass(frozen=True)
class Row:
    """A listing in a list: what is shown, and where the query stands in it."""

    shown: Shown
    heading: SafeString
    snippet: SafeString


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    on: bool
    url: str


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    choices: list[Choice]


class Market:
    """One reader's view of the results or needs on the market, narrowed by filters."""

    def __init__(self, model: type[Result] | type[Need], reader: Any, given: Any) -> None:
        self.model, self.reader, self.given = model, reader, given
        self.network = is_in_network(reader)
        self.filters: Filters = read_filters(given, model, self.network)
        self.kind = "result" if model is Result else "need"

    @cached_property
    def ranks(self) -> dict[int, int] | None:
        """Places by relevance of what the text query found; None without a query."""
        if not self.filters.query:
            return None
        hits = search(self.filters.query, reader_network=self.network, kinds=[self.kind], limit=MOST_HITS).hits
        return {hit.pk: place for place, hit in enumerate(hits)}

    @cached_property
    def base(self) -> QuerySet[Any]:
        found: QuerySet[Any] = listed_results(self.reader) if self.model is Result else listed_needs(self.reader)
        return found if self.ranks is None else found.filter(pk__in=list(self.ranks))

    def narrowed(self, without: str = "") -> QuerySet[Any]:
        return self.base.filter(self.filters.condition(self.model, without))

    def found(self) -> QuerySet[Any] | list[int]:
        """All of them in order: a queryset, or their keys where relevance decides."""
        rows = self.narrowed()
        ranks = self.ranks
        if self.filters.sort == "best" and ranks is not None:
            return sorted(rows.values_list("pk", flat=True).order_by(), key=lambda pk: ranks[pk])
        if self.filters.sort == "price" and self.model is Result:
            rows = rows.annotate(public_price=Case(When(price_confidential=False, then=F("price_low_fen"))))
        return rows.order_by(*ordering(self.model, self.filters.sort))

    def page(self, number: object) -> Page[Any]:
        """A page whose items are rows; the nearest one where the number is none."""
        page: Page[Any] = Paginator(self.found(), PAGE).get_page(str(number or 1))
        page.object_list = self.rows(page.object_list)
        return page

    def rows(self, items: Iterable[Any]) -> list[Row]:
        listings = list(items)
        if listings and isinstance(listings[0], int):
            found = {listing.pk: listing for listing in self.narrowed().filter(pk__in=listings)}
            listings = [found[pk] for pk in listings if pk in found]
        return [row_of(shown(listing), self.filters.query) for listing in listings]

    def everything(self, limit: int) -> list[Shown]:
        """For a file: as many as it may hold, in order."""
        items = self.found()[:limit]
        return [row.shown for row in self.rows(items)]

    def sorts(self) -> list[str]:
        return sorts(self.model, self.network, self.filters.query)

    def facets(self) -> list[Facet]:
        """Counts of every choice, each dimension under the other dimensions' choices."""
        return [self._facet(dimension) for dimension in dimensions(self.model, self.network)]

    def _toggled(self, name: str, value: str) -> str:
        """The query string with the choice taken out where it is on, put in its place where it is off."""
        query = QueryDict(mutable=True)
        query.update(self.given)
        query.pop("page", None)
        if value in self.filters.chosen.get(name, ()):
            query.pop(name, None)
        else:
            query[name] = value
        return f"?{query.urlencode()}"

    def _facet(self, dimension: Dimension) -> Facet:
        rows = self.narrowed(without=dimension.name).order_by()
        if dimension.name in GROUPED:
            grouped = rows.values(group=GROUPED[dimension.name]).annotate(n=Count("pk"))
            counts = {str(row["group"]): row["n"] for row in grouped}
        else:
            each = {
                f"n_{place}": Count("pk", filter=dimension.condition(self.model, choice))
                for place, choice in enumerate(dimension.choices)
            }
            found = rows.aggregate(**each)
            counts = {choice: found[f"n_{place}"] for place, choice in enumerate(dimension.choices)}
        chosen = self.filters.chosen.get(dimension.name, ())
        choices = [
            Choice(value, str(label), counts.get(value, 0), value in chosen, self._toggled(dimension.name, value))
            for value, label in dimension.choices.items()
            if counts.get(value) or value in chosen
        ]
        if dimension.name in ("region", "industry"):
            choices.sort(key=lambda choice: -choice.count)
        return Facet(dimension.name, str(dimension.label), choices)


def row_of(one: Shown, query: str) -> Row:
    """The heading with the query marked in it, and a passage of what the reader may see."""
    if not query:
        return Row(one, highlight(one.heading, []), snippet(one.summary or next(one.passages(), ""), [], 160))
    return Row(one, highlight(one.heading, query), snippet("　".join(one.passages()), query, 160))


def market_of(kind: str, reader: Any, given: Any) -> Market:
    """The list of ``result`` or ``need`` for a reader, narrowed by a query string."""
    return Market(Result if kind == "result" else Need, reader, given)
