"""Filters and tags of every template: figures, dates and bounds as Chinese and English readers write them.

Load with ``{% load yx %}``. A missing value shows as an em dash. Money is integer fen, never a float.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.http import QueryDict
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils import timezone
from django.utils.html import format_html, linebreaks, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from yinxian.kernel import assets, clock
from yinxian.kernel.money import show_percent, show_yuan

register = template.Library()

MISSING = "—"
ICON = '<svg class="icon" {}><use href="{}"></use></svg>'
WAN_FEN = 1_000_000  # 1 万元 in fen
SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _chinese() -> bool:
    return not (get_language() or "zh-hans").startswith("en")


def _missing(value: object) -> bool:
    return value is None or value == ""


@register.filter
def yuan(fen: int | None) -> str:
    """Show integer fen as yuan: 19200000 → ``192,000.00``. The unit belongs in the column's header."""
    return MISSING if fen is None or _missing(fen) else show_yuan(fen)


@register.filter
def wan(fen: int | None) -> str:
    """Show integer fen as it is said: ``19.20 万元``, in English ``CNY 192,000.00``.

    Half up to 0.01 万元, under 1 万元 in 元. Where every fen counts, use ``yuan``.
    """
    if fen is None or _missing(fen):
        return MISSING
    if not _chinese():
        return f"CNY {show_yuan(fen)}"
    if abs(fen) < WAN_FEN:
        return f"{show_yuan(fen)} 元"
    hundredths = (abs(fen) + WAN_FEN // 200) // (WAN_FEN // 100)
    return f"{show_yuan(hundredths if fen > 0 else -hundredths)} 万元"


@register.filter
def percent(basis_points: int | None) -> str:
    """Show integer basis points: 1160 → ``11.60%``."""
    return MISSING if basis_points is None or _missing(basis_points) else show_percent(basis_points)


@register.filter
def number(value: int | Decimal | None) -> str:
    """Show a count with thousands separators: 12408 → ``12,408``."""
    return MISSING if value is None or _missing(value) else f"{value:,}"


def _local(value: date | datetime | str | None) -> date | datetime | None:
    """Bring a date, an aware datetime or an ISO string to local time; None when there is none."""
    if not value:
        return None
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value) if len(value) > 10 else date.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


@register.filter
def day(value: date | datetime | str | None) -> str:
    """Show a date: ``2026年3月4日``, in English ``4 Mar 2026``."""
    local = _local(value)
    if local is None:
        return MISSING
    if _chinese():
        return f"{local.year}年{local.month}月{local.day}日"
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


@register.filter
def moment(value: datetime | str | None) -> str:
    """Show a date and the time of day: ``2026年3月4日 09:42``, in English ``4 Mar 2026, 09:42``."""
    local = _local(value)
    if not isinstance(local, datetime):
        return day(local)
    return f"{day(local)}{' ' if _chinese() else ', '}{local:%H:%M}"


@register.filter
def ago(value: date | datetime | None, now: datetime | None = None) -> str:
    """Show how long ago, or how far ahead: ``今天 09:42``, ``昨天``, ``3 天后``; further off, the day.

    ``now`` is the kernel's clock unless given.
    """
    local = _local(value)
    if local is None:
        return MISSING
    at = timezone.localtime(now or clock.now())
    when = local.date() if isinstance(local, datetime) else local
    off = (when - at.date()) // timedelta(days=1)
    time = f" {local:%H:%M}" if isinstance(local, datetime) else ""
    chinese = _chinese()
    if off == 0:
        return f"{'今天' if chinese else 'today'}{time}"
    if off in (-1, 1):
        return {-1: "昨天" if chinese else "yesterday", 1: "明天" if chinese else "tomorrow"}[off] + time
    if abs(off) <= 7:
        if chinese:
            return f"{abs(off)} 天{'前' if off < 0 else '后'}"
        return f"{-off} days ago" if off < 0 else f"in {off} days"
    if when.year == at.year:
        return f"{when.month}月{when.day}日" if chinese else f"{when.day} {MONTHS[when.month - 1]}"
    return day(when)


@register.filter
def when(value: Any) -> Any:
    """Show the time of a knot: a date or datetime as ``ago``, any other text as it is."""
    return ago(value) if isinstance(value, date) else value


@register.filter
def nl(text: str | None) -> SafeString:
    """Show plain text as paragraphs and line breaks; everything in it is escaped."""
    return SafeString(linebreaks(text or "", autoescape=True))


@register.filter
def bound(indicator: Mapping[str, Any] | None) -> str:
    """Show what an indicator asks: ``≤ 50 ppm``, ``50–60 ppm``, ``约 50 ppm``."""
    if not indicator:
        return MISSING
    low, high, unit = (str(indicator.get(key) or "") for key in ("low", "high", "unit"))
    sign = str(indicator.get("op") or "")
    tail = f" {unit}" if unit and unit != "%" else unit
    if sign == "range" and low and high:
        return f"{low}–{high}{tail}"
    value = high if sign in ("<", "<=") and high else low or high
    if not value:
        return MISSING
    if sign == "about":
        return f"{'约' if _chinese() else 'about'} {value}{tail}"
    return f"{SIGNS.get(sign, '')} {value}{tail}".strip()


@register.filter
def at(values: Sequence[Any], index: int) -> Any:
    """Take one item of a list; nothing when the list is shorter."""
    return values[index] if 0 <= index < len(values) else ""


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite (listed in frontend/icons.txt). With ``label`` it is read out."""
    if not label:
        return _silent(name)
    return format_html(ICON, format_html('role="img" aria-label="{}"', label), _symbol(name))


@cache
def _silent(name: str) -> SafeString:
    return format_html(ICON, SafeString('aria-hidden="true"'), _symbol(name))


def _symbol(name: str) -> str:
    return f"{assets.url('icons.svg')}#{name}"


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built file, with the build's stamp so that a browser may keep it for ever."""
    return assets.url(name)


@register.simple_tag(takes_context=True)
def qs(context: Context, **changes: Any) -> str:
    """The page's query string with keys set; None or an empty value takes a key out, a list sets several."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for key, value in changes.items():
        if value is None or value == "" or value == []:
            query.pop(key, None)
        elif isinstance(value, list | tuple):
            query.setlist(key, [str(item) for item in value])
        else:
            query[key] = str(value)
    return str(query.urlencode())


@register.simple_tag(takes_context=True)
def block_text(context: Context, name: str) -> str:
    """The text of a block as the page filled it, without tags: lets the share card repeat the title."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks is not None else None
    if block is None:
        return ""
    return " ".join(html.unescape(strip_tags(block.render(context))).split())
