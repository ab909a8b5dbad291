"""What may be written into a listing: one gate for forms, programs and imports.

Texts are cleaned of characters that cannot be stored or that deceive the eye; everything else that cannot be
right is refused with the field it belongs to, and nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models

from yinxian.kernel.errors import Invalid
from yinxian.kernel.money import MAX_FEN
from yinxian.kernel.regions import INDUSTRIES, PROVINCES
from yinxian.kernel.text import clean

from ..codes import Confidence, Field, Mode, PriceKind
from ..models import Listing, Need, Result

LONGEST_TEXT = 200_000
MOST_KEYWORDS = 3
MOST_ROWS = 60
OPS = (">=", "<=", ">", "<", "=", "range", "about")
IP_KINDS = ("invention", "utility", "design", "software", "secret", "variety", "layout", "other")
IP_STATUS = ("granted", "pending", "expired", "")

COMMON = {"title", "title_en", "teaser", "teaser_en", "field", "industry", "region", "modes", "keywords", "languages"}
COMMON |= {"confidence", "limits"}
QUIET = {"confidential", "contact_name", "contact_phone", "contact_email"}  # nobody reviews these
RESULT_FIELDS = COMMON | QUIET | {"problem", "description", "advantage", "indicators", "trl", "ipc", "ip_rows", "team"}
RESULT_FIELDS |= {"price_kind", "price_low_fen", "price_high_fen", "price_text", "price_confidential", "evidence"}
NEED_FIELDS = COMMON | QUIET | {"scene", "tried", "budget_low_fen", "budget_high_fen", "deadline", "wished_ip"}
NEED_FIELDS |= {"payment_wish"}


def checked(model: type[Result] | type[Need], given: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    """The given values of the listing's own fields, cleaned; Invalid for the first that cannot be right."""
    allowed = RESULT_FIELDS if model is Result else NEED_FIELDS
    values = {name: _one(model, name, given[name], today) for name in given if name in allowed}
    if "title" in values and not values["title"]:
        raise Invalid("market.title_missing", field="title")
    for low, high in (("price_low_fen", "price_high_fen"), ("budget_low_fen", "budget_high_fen")):
        if values.get(low) is not None and values.get(high) is not None and values[low] > values[high]:
            raise Invalid("market.amounts_crossed", field=high)
    return values


def _one(model: type[Listing], name: str, value: Any, today: dt.date) -> Any:
    if name in RULES:
        return RULES[name](name, value)
    if name == "deadline":
        return _deadline(value, today)
    column = model._meta.get_field(name)
    if isinstance(column, models.CharField | models.TextField):
        return line(name, value, column.max_length or LONGEST_TEXT, multiline=isinstance(column, models.TextField))
    return value


def line(name: str, value: Any, limit: int, *, multiline: bool = False) -> str:
    """A cleaned text; Invalid when it is longer than its place."""
    text = clean(str(value or "")).strip()
    if not multiline:
        text = " ".join(text.split())
    if len(text) > limit:
        raise Invalid("market.too_long", field=name, limit=limit, length=len(text))
    return text


def _choice(codes: object) -> Callable[[str, Any], str]:
    known = set(codes)  # type: ignore[call-overload]  # any iterable of codes

    def check(name: str, value: Any) -> str:
        if value and value not in known:
            raise Invalid("market.unknown_choice", field=name)
        return str(value or "")

    return check


def _must(codes: object) -> Callable[[str, Any], str]:
    check = _choice(codes)

    def checked_choice(name: str, value: Any) -> str:
        if not value:
            raise Invalid("market.unknown_choice", field=name)
        return check(name, value)

    return checked_choice


def _codes(name: str, value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or any(one not in Mode.values for one in value):
        raise Invalid("market.unknown_choice", field=name)
    return list(dict.fromkeys(str(one) for one in value))


def _words(most: int) -> Callable[[str, Any], list[str]]:
    def check(name: str, value: Any) -> list[str]:
        found = list(dict.fromkeys(word for one in value or [] if (word := line(name, one, 40))))
        if len(found) > most:
            raise Invalid("market.too_many_words", field=name, limit=most)
        return found

    return check


def _fen(name: str, value: Any) -> int | None:
    if value is None or value == "":
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_FEN:
        raise Invalid("kernel.amount", field=name)
    return value


def _region(name: str, value: Any) -> str:
    code = str(value or "")
    if code and (len(code) != 6 or not code.isascii() or not code.isdigit() or code[:2] not in PROVINCES):
        raise Invalid("market.unknown_choice", field=name)
    return code


def _industry(name: str, value: Any) -> str:
    code = str(value or "").strip().upper()
    if code and (code[:1] not in INDUSTRIES or len(code) > 4 or not (code[1:] or "0").isdigit()):
        raise Invalid("market.unknown_choice", field=name)
    return code


def _trl(name: str, value: Any) -> int | None:
    if value is None or value == "":
        return None
    if not str(value).isascii() or not str(value).isdigit() or not 1 <= int(value) <= 9:
        raise Invalid("market.unknown_choice", field=name)
    return int(value)


def _email(name: str, value: Any) -> str:
    text = line(name, value, 254)
    try:
        if text:
            validate_email(text)
    except ValidationError as error:
        raise Invalid("market.email_wrong", field=name) from error
    return text


def _deadline(value: Any, today: dt.date) -> dt.date | None:
    """A day that has not passed."""
    if value in (None, ""):
        return None
    if isinstance(value, str):
        try:
            value = dt.date.fromisoformat(value)
        except ValueError as error:
            raise Invalid("market.date_wrong", field="deadline") from error
    if not isinstance(value, dt.date) or value.year > today.year + 50:
        raise Invalid("market.date_wrong", field="deadline")
    if value < today:
        raise Invalid("market.date_past", field="deadline")
    return value


def _figure(value: Any) -> str | None:
    text = clean(str(value if value is not None else "")).strip().replace(",", "").replace("，", "")
    if not text:
        return None
    try:
        figure = Decimal(text)
    except InvalidOperation as error:
        raise Invalid("market.indicator_figure", field="indicators", figure=text[:40]) from error
    if not figure.is_finite() or abs(figure.adjusted()) > 60 or len(text) > 60:
        raise Invalid("market.indicator_figure", field="indicators", figure=text[:40])
    return f"{figure:f}"


def indicators(name: str, value: Any) -> list[dict[str, Any]]:
    """Rows of name, bound, figure and unit; empty rows are left out."""
    rows = []
    for row in _rows(name, value):
        op = row.get("op") or "="
        if op not in OPS:
            raise Invalid("market.unknown_choice", field=name)
        low, high = _figure(row.get("low")), _figure(row.get("high"))
        if op in ("<", "<="):
            low, high = None, high or low
        elif op != "range":
            low, high = low or high, None
        label = line(name, row.get("name"), 60)
        if not (label or low or high):
            continue
        if not label or not (low or high) or (op == "range" and not (low and high)):
            raise Invalid("market.indicator_incomplete", field=name)
        if op == "range" and Decimal(str(low)) > Decimal(str(high)):
            raise Invalid("market.amounts_crossed", field=name)
        found = {"name": label, "op": op, "low": low, "high": high, "unit": line(name, row.get("unit"), 30)}
        rows.append(found | {"quote": line(name, row.get("quote"), 300)})
    return rows


def ip_rows(name: str, value: Any) -> list[dict[str, Any]]:
    """Rows of kind, number, status, territory and owners; empty rows are left out."""
    rows = []
    for row in _rows(name, value):
        texts = {key: line(name, row.get(key), 200) for key in ("number", "territory", "owners")}
        if not any(texts.values()):
            continue
        kind, status = row.get("kind") or "other", row.get("status") or ""
        if kind not in IP_KINDS or status not in IP_STATUS:
            raise Invalid("market.unknown_choice", field=name)
        rows.append({"kind": kind, "status": status, **texts})
    return rows


def _rows(name: str, value: Any) -> list[Mapping[str, Any]]:
    if not isinstance(value, list | tuple) or not all(isinstance(row, Mapping) for row in value):
        raise Invalid("market.unknown_choice", field=name)
    if len(value) > MOST_ROWS:
        raise Invalid("kernel.too_many", field=name, limit=MOST_ROWS)
    return list(value)


RULES: dict[str, Callable[[str, Any], Any]] = {
    "field": _choice(Field.values),
    "region": _region,
    "industry": _industry,
    "modes": _codes,
    "keywords": _words(MOST_KEYWORDS),
    "languages": _words(10),
    "confidence": _must(Confidence.values),
    "contact_email": _email,
    "price_kind": _must(PriceKind.values),
    "price_low_fen": _fen,
    "price_high_fen": _fen,
    "budget_low_fen": _fen,
    "budget_high_fen": _fen,
    "price_confidential": lambda name, value: bool(value),
    "trl": _trl,
    "indicators": indicators,
    "ip_rows": ip_rows,
}
