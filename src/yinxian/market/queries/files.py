"""The lists as rows of a spreadsheet, with the headers that the importer reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import get_language

from yinxian.kernel.export import yuan

from ..codes import PriceKind
from .shown import Shown

Value = Callable[[Shown], Any]


def _of(name: str) -> Value:
    return lambda one: one.values.get(name, "")


def _bounds(one: Shown) -> str:
    found = []
    for row in one.values.get("indicators") or (one.values.get("brief") or {}).get("indicators") or []:
        op, low, high = row.get("op") or "=", row.get("low") or "", row.get("high") or ""
        figure = f"{low}–{high}" if op == "range" else f"{'约' if op == 'about' else op} {high or low}"
        found.append(f"{row.get('name', '')} {figure} {row.get('unit') or ''}".strip())
    return "；".join(found)


def _price(one: Shown) -> str:
    """As the importer reads it: a figure, a range, or the words of the price."""
    low, high = yuan(one.values.get("price_low_fen")), yuan(one.values.get("price_high_fen"))
    if low is not None and high is not None and low != high:
        return f"{low}-{high}"
    if low is not None or high is not None:
        return str(low if low is not None else high)
    words = one.values.get("price_text") or dict(PriceKind.choices).get(one.values.get("price_kind", ""), "")
    return str(words) if "price_text" in one.values else ""


def _budget(one: Shown) -> str:
    low, high = yuan(one.values.get("budget_low_fen")), yuan(one.values.get("budget_high_fen"))
    if low is not None and high is not None and low != high:
        return f"{low}-{high}"
    return str(low if low is not None else high if high is not None else "")


Column = tuple[str, str, Value]
PUBLIC: list[Column] = [
    ("编号", "id", lambda one: one.slug),
    ("名称", "title", _of("title")),
    ("英文名称", "title_en", _of("title_en")),
    ("公开简介", "teaser", _of("teaser")),
    ("技术领域", "field", lambda one: one.field_name),
    ("地区", "region", lambda one: one.region_name),
    ("合作方式", "modes", lambda one: one.mode_names),
    ("发布日期", "published_on", _of("published_on")),
    ("有效期至", "fresh_until", _of("fresh_until")),
]
NETWORK: list[Column] = [
    ("单位", "owner", _of("owner_name")),
    ("负责经理人", "manager", _of("manager_name")),
    ("行业", "industry", _of("industry")),
    ("关键词", "keywords", _of("keywords")),
]
RESULT_PUBLIC: list[Column] = [("技术成熟度", "trl", _of("trl"))]
RESULT: list[Column] = [
    ("解决的问题", "problem", _of("problem")),
    ("详细说明", "description", _of("description")),
    ("优势", "advantage", _of("advantage")),
    ("指标", "indicators", _bounds),
    ("价格", "price", _price),
    ("团队", "team", _of("team")),
    ("已知局限与风险", "limits", _of("limits")),
]
NEED_PUBLIC: list[Column] = [("状态", "state", lambda one: one.state_name)]
NEED: list[Column] = [
    ("企业原话", "raw_words", _of("raw_words")),
    ("使用场景", "scene", _of("scene")),
    ("试过什么", "tried", _of("tried")),
    ("限制条件", "limits", _of("limits")),
    ("预算（元）", "budget", _budget),
    ("期限", "deadline", _of("deadline")),
    ("希望的知识产权归属", "wished_ip", _of("wished_ip")),
    ("谁付款、何时付", "payment_wish", _of("payment_wish")),
]


def _columns(kind: str, network: bool) -> list[Column]:
    found = PUBLIC + (RESULT_PUBLIC if kind == "result" else NEED_PUBLIC)
    if network:
        found = found + NETWORK + (RESULT if kind == "result" else NEED)
    return found


def columns(kind: str, network: bool) -> list[str]:
    """Headers in the reader's language; both are read back by the importer."""
    english = (get_language() or "").startswith("en")
    return [name if english else label for label, name, _value in _columns(kind, network)]


def row(one: Shown, network: bool) -> list[Any]:
    """A listing's cells, for as much as its reader may see."""
    return [value(one) for _label, _name, value in _columns(one.kind, network)]
