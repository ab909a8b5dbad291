"""What a reader may narrow a list by, and what each choice means to the database.

Industry and price belong to the full text: a reader outside the network cannot narrow by them, and a price
marked confidential is never found by its amount.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yinxian.kernel.regions import INDUSTRIES, PROVINCES
from yinxian.kernel.text import clean

from ..codes import TRL, Field, Mode
from ..models import Need, Result

WAN = 1_000_000  # fen
LONGEST_QUERY = 2000
PRICES: dict[str, tuple[str | Promise, int, int | None]] = {
    "0-10": (_("10 万元以下"), 0, 10 * WAN),
    "10-50": (_("10–50 万元"), 10 * WAN, 50 * WAN),
    "50-200": (_("50–200 万元"), 50 * WAN, 200 * WAN),
    "200-": (_("200 万元以上"), 200 * WAN, None),
}


@dataclass(frozen=True)
class Dimension:
    """One way to narrow: its name in the address, its heading, its choices, and the condition for one choice."""

    name: str
    label: str | Promise
    choices: Mapping[str, Any]
    condition: Callable[[type[Result] | type[Need], str], Q]
    network: bool = False
    results_only: bool = False


def _price(model: type[Result] | type[Need], choice: str) -> Q:
    _label, low, high = PRICES[choice]
    if model is Result:
        lower, upper, open_to = "price_low_fen", "price_high_fen", Q(price_confidential=False)
    else:
        lower, upper, open_to = "budget_low_fen", "budget_high_fen", Q()
    top = Q(**{f"{upper}__gte": low}) | Q(**{f"{upper}__isnull": True, f"{lower}__gte": low})
    bottom = Q()
    if high is not None:
        bottom = Q(**{f"{lower}__lt": high}) | Q(**{f"{lower}__isnull": True, f"{upper}__lt": high})
    return open_to & top & bottom


DIMENSIONS = (
    Dimension("field", _("技术领域"), dict(Field.choices), lambda model, choice: Q(field=choice)),
    Dimension("mode", _("合作方式"), dict(Mode.choices), lambda model, choice: Q(modes__icontains=f'"{choice}"')),
    Dimension(
        "trl",
        _("技术成熟度"),
        {str(level): label for level, label in TRL},
        lambda model, choice: Q(trl=int(choice)),
        results_only=True,
    ),
    Dimension(
        "price",
        _("价格"),
        {code: label for code, (label, _low, _high) in PRICES.items()},
        _price,
        network=True,
    ),
    Dimension("region", _("地区"), PROVINCES, lambda model, choice: Q(region__startswith=choice)),
    Dimension(
        "industry",
        _("行业"),
        INDUSTRIES,
        lambda model, choice: Q(industry__istartswith=choice),
        network=True,
    ),
)
SORTS = {
    "best": _("最相关"),
    "new": _("最新发布"),
    "fresh": _("有效期最长"),
    "trl": _("成熟度最高"),
    "price": _("价格从低到高"),
}


@dataclass(frozen=True)
class Filters:
    """What the reader asked for; anything unknown is left out."""

    query: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "new"

    def condition(self, model: type[Result] | type[Need], without: str = "") -> Q:
        """All chosen together, except one dimension (whose own counts are being made)."""
        found = Q()
        for dimension in DIMENSIONS:
            if dimension.name == without or dimension.name not in self.chosen:
                continue
            any_of = Q()
            for choice in self.chosen[dimension.name]:
                any_of |= dimension.condition(model, choice)
            found &= any_of
        return found


def dimensions(model: type[Result] | type[Need], network: bool) -> list[Dimension]:
    """Those that make sense for the kind and that the reader may use."""
    return [one for one in DIMENSIONS if (network or not one.network) and (model is Result or not one.results_only)]


def sorts(model: type[Result] | type[Need], network: bool, query: str) -> list[str]:
    found = ["best"] if query else []
    found += ["new", "fresh"]
    if model is Result:
        found.append("trl")
    return [*found, "price"] if network else found


def read_filters(given: Mapping[str, Any], model: type[Result] | type[Need], network: bool) -> Filters:
    """From a query string (a QueryDict or plain mapping)."""
    query = clean(str(given.get("q") or ""))[:LONGEST_QUERY].strip()
    chosen: dict[str, tuple[str, ...]] = {}
    for dimension in dimensions(model, network):
        values = given.getlist(dimension.name) if hasattr(given, "getlist") else given.get(dimension.name) or []
        values = [values] if isinstance(values, str | int) else values
        known = tuple(dict.fromkeys(str(value) for value in values if str(value) in dimension.choices))
        if known:
            chosen[dimension.name] = known
    allowed = sorts(model, network, query)
    sort = str(given.get("sort") or "")
    return Filters(query, chosen, sort if sort in allowed else allowed[0])


def ordering(model: type[Result] | type[Need], sort: str) -> list[Any]:
    """Columns for a sort; the newest first where they tie."""
    if sort == "price":
        price = F("public_price") if model is Result else F("budget_low_fen")
        return [price.asc(nulls_last=True), "-published_on", "-pk"]
    if sort == "trl":
        return [F("trl").desc(nulls_last=True), "-published_on", "-pk"]
    return ["-fresh_until", "-pk"] if sort == "fresh" else ["-published_on", "-pk"]
