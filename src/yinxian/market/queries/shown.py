"""The one projection of a listing that pages, API, exports, snippets and the index all use.

A field that the reader's level does not allow is not in it at all. Below the named level, telephone numbers
and addresses that someone wrote into the running text are blanked out too.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yinxian.kernel.regions import industry_name, region_name

from ..codes import Field, Mode
from ..models import Brief, Listing, Need, Result
from .levels import NAMED, NETWORK, NONE, PUBLIC, at_least

BLANK = "•••"
CONTACT = re.compile(
    r"(?<![\d.])(?:\+?86[-\s]?)?1[3-9]\d(?:[-\s]?\d{4}){2}(?![\d.]*\d)"
    r"|(?<![\d.])(?:0\d{2,3}|\(0\d{2,3}\)|（0\d{2,3}）)[-\s]?\d{7,8}(?!\d)"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<=微信)(?:号)?[:： ]*[A-Za-z][\w-]{5,19}|(?<=QQ)[:： ]*\d{5,11}",
    re.ASCII,
)
NO_TEXT = {bool, int, dt.date, dt.datetime}  # most values of a listing that are not empty; asked of every one of them
MAY_CONTACT = re.compile(r"\d{4}|@|微信|QQ", re.ASCII)  # without one of these there is no contact; quick to look for

PUBLIC_FIELDS = ("title", "title_en", "teaser", "teaser_en", "field", "region", "modes", "published_on", "fresh_until")
NETWORK_FIELDS = ("industry", "keywords", "languages", "confidence", "limits")
NAMED_FIELDS = (
    "confidential",
    "contact_name",
    "contact_phone",
    "contact_email",
    "review_reason",
    "source",
    "changed_at",
)
RESULT_NETWORK = ("problem", "description", "advantage", "indicators", "ipc", "ip_rows", "team", "price_kind")
PRICE_FIELDS = ("price_low_fen", "price_high_fen", "price_text")
NEED_NETWORK = (
    "raw_words",
    "scene",
    "tried",
    "budget_low_fen",
    "budget_high_fen",
    "deadline",
    "wished_ip",
    "payment_wish",
)


def without_contacts(value: Any) -> Any:
    """The value with every telephone number and address in its texts blanked out."""
    if isinstance(value, str):
        return CONTACT.sub(BLANK, value) if MAY_CONTACT.search(value) else value
    if isinstance(value, list):
        return [without_contacts(item) for item in value] if value else value
    if isinstance(value, dict):
        return {
            key: without_contacts(item) if item and type(item) not in NO_TEXT else item for key, item in value.items()
        }
    return value


class Shown:
    """A listing as one reader may see it: the allowed fields as attributes and in ``values``."""

    def __init__(self, listing: Result | Need, level: str, values: dict[str, Any]) -> None:
        self.kind = "result" if isinstance(listing, Result) else "need"
        self.slug, self.level, self.values = listing.slug, level, values
        self._listing = listing

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["values"][name]
        except KeyError as error:
            raise AttributeError(name) from error

    def __contains__(self, name: str) -> bool:
        return name in self.values

    @property
    def full(self) -> bool:
        """The reader is in the network or named."""
        return at_least(self.level, NETWORK)

    @property
    def named(self) -> bool:
        return self.level == NAMED

    def _in_language(self, name: str) -> str:
        english = self.values.get(f"{name}_en")
        return str(english if english and (get_language() or "").startswith("en") else self.values[name])

    @property
    def heading(self) -> str:
        return self._in_language("title")

    @property
    def summary(self) -> str:
        return self._in_language("teaser")

    @property
    def state_name(self) -> str:
        """In the reader's language."""
        return str(self._listing.get_state_display()) or _("未知")

    @property
    def field_name(self) -> str:
        return str(dict(Field.choices).get(self.field, ""))

    @property
    def region_name(self) -> str:
        return region_name(self.region)

    @property
    def industry_name(self) -> str:
        return industry_name(self.values.get("industry", ""))

    @property
    def mode_names(self) -> list[str]:
        names = dict(Mode.choices)
        return [str(names[mode]) for mode in self.modes if mode in names]

    def passages(self) -> Iterator[str]:
        """The running texts that a snippet may be cut from."""
        yield from (str(self.values[name]) for name in PASSAGES if self.values.get(name))

    def texts(self) -> Iterator[str]:
        """Every word in it, for the index."""
        yield from texts_in(self.values.get(name) for name in TEXTS)


PASSAGES = ("teaser", "problem", "description", "advantage", "raw_words", "scene", "tried", "limits", "team")
TEXTS = (
    "title",
    "title_en",
    "teaser",
    "teaser_en",
    "keywords",
    "problem",
    "description",
    "advantage",
    "indicators",
    "raw_words",
    "scene",
    "tried",
    "limits",
    "team",
    "ip_rows",
    "brief",
    "owner_name",
)
CODES = {"op", "low", "high", "unit", "code", "score", "kind", "status"}  # in rows: nothing that anyone would read
BRIEF_FIELDS = ("title", "problem", "background", "target", "indicators", "constraints", "keywords", "modes")


def texts_in(values: Iterable[Any]) -> Iterator[str]:
    """Every word in these values."""
    for value in values:
        if isinstance(value, str) and value:
            yield value
        elif value:
            yield from _strings(value)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for key in value:
            if key not in CODES:
                yield from _strings(value[key])


def shown(listing: Result | Need, level: str | None = None, brief: Brief | None = None) -> Shown:
    """The listing at a level (by default the one that ``visible_…`` found for the reader).

    ``brief`` is put in for a need's detail. ValueError for the level none: there is nothing to show.
    """
    level = level or str(getattr(listing, "level", NONE))
    if level not in (PUBLIC, NETWORK, NAMED):
        raise ValueError("nothing of this listing may be shown")
    values: dict[str, Any] = {name: getattr(listing, name) for name in _allowed(listing, level)}
    if at_least(level, NETWORK):
        values |= _parties(listing)
        if brief is not None:
            values["brief"] = {key: brief.content[key] for key in BRIEF_FIELDS if key in brief.content}
    if level != NAMED:
        values = without_contacts(values)
    values["state"] = listing.state
    return Shown(listing, level, values)


def _allowed(listing: Result | Need, level: str) -> Iterator[str]:
    """Names of the fields that the level may see."""
    yield from PUBLIC_FIELDS
    if isinstance(listing, Result):
        yield "trl"
    if at_least(level, NETWORK):
        yield from NETWORK_FIELDS
        yield from RESULT_NETWORK if isinstance(listing, Result) else NEED_NETWORK
        if isinstance(listing, Result) and (level == NAMED or not listing.price_confidential):
            yield from PRICE_FIELDS
    if level == NAMED:
        yield from NAMED_FIELDS
        if isinstance(listing, Result):
            yield from ("evidence", "price_confidential")


def _parties(listing: Listing) -> dict[str, Any]:
    manager = listing.manager
    return {
        "owner_slug": listing.owner.slug,
        "owner_name": listing.owner.shown_name,
        "manager_slug": manager.slug if manager else "",
        "manager_name": manager.get_full_name() if manager else "",
    }
