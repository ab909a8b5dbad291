"""The model's answer beside the company's words: what the words do not hold is dropped, and said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from yinxian.kernel.errors import Refusal
from yinxian.kernel.money import MAX_FEN
from yinxian.kernel.quantity import number, parse_quantities, plain
from yinxian.kernel.quantity.numerals import MULTIPLIERS, flatten, number_or_chinese

from ..codes import Mode
from ..intake.content import checked_indicator

TEXTS = ("problem", "scene", "tried", "target", "background")
LONGEST = 2_000
MOST = {"indicators": 60, "constraints": 8, "keywords": 10, "questions": 8}
_FIGURE = re.compile(r"\d{1,15}(?:,\d{3})*(?:\.\d{1,12})?")
_WRITTEN = re.compile(
    r"(?P<n>\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,12})?|[一二两三四五六七八九十百千半]{1,8})\s?(?P<m>万亿|十万|百万|千万|[万亿千wW])?\s?(?P<u>年半|年|个月|周|天)?"
)
_ADDED = re.compile(r"[、,，.．)）]")


class Dropped(NamedTuple):
    """``what`` of the draft, in ``words``, was left out because of ``why``: figure, quote, shape, code."""

    what: str
    words: str
    why: str


class Held(NamedTuple):
    """Every figure that the words hold: as written, multiplied, and as months."""

    figures: frozenset[Decimal]
    months: frozenset[int]


def held_by(text: str) -> Held:
    """The figures of a text. 50万 holds 50 and 500000; 一年半 holds 18 months."""
    flat = flatten(text)
    figures: set[Decimal] = set()
    months: set[int] = set()
    for match in _WRITTEN.finditer(flat):
        value = number_or_chinese(match["n"])
        if value is None:
            continue
        figures |= {value, value * MULTIPLIERS.get((match["m"] or "").replace("w", "万").replace("W", "万"), 1)}
        length = {"年": value * 12, "年半": value * 12 + 6, "个月": value, "周": value / 4, "天": value / 30}
        if match["u"] in length:
            months |= {int(length[match["u"]]), int(length[match["u"]]) + 1}
    for found in parse_quantities(text):
        figures |= {end for end in (found.bound.low, found.bound.high) if end is not None}
    sums = {value for value in figures if value > 0}
    return Held(
        frozenset(value.normalize() for value in sums | {-value for value in sums} | {Decimal(0)}), frozenset(months)
    )


def check(answer: Mapping[str, Any], rules: Mapping[str, Any], text: str) -> tuple[dict[str, Any], list[Dropped]]:
    """The rules' brief with every part of the answer that the words hold, and what was dropped."""
    held = held_by(f"{rules['title']}\n{text}")
    dropped: list[Dropped] = []
    content = dict(rules)
    for name in TEXTS:
        said = _line(answer.get(name), LONGEST)
        if foreign := _foreign(said, held):
            dropped.append(Dropped(name, foreign, "figure"))
        elif said:
            content[name] = said
    rows = list(_indicators(answer.get("indicators"), held, text, dropped))
    if rows:
        content["indicators"] = rows
    budget = answer.get("budget")
    if isinstance(budget, Mapping):
        content["budget"] = _budget(budget, held, dropped) or rules["budget"]
    months = answer.get("duration_months")
    if isinstance(months, int) and not isinstance(months, bool):
        if months in held.months and 1 <= months <= 600:
            content["duration_months"] = months
        else:
            dropped.append(Dropped("duration_months", str(months)[:40], "figure"))
    modes = [mode for mode in _strings(answer.get("modes"), 8) if mode in Mode.values]
    content["modes"] = [mode for mode in Mode.values if mode in modes] or rules["modes"]
    for name in ("constraints", "keywords"):
        lines = []
        for line in _strings(answer.get(name), MOST[name]):
            if _foreign(line, held):
                dropped.append(Dropped(name, line[:80], "figure"))
            else:
                lines.append(line[:200] if name == "constraints" else line[:40])
        content[name] = lines or rules[name]
    asked = [
        {"code": "", "about": "", "text": line[:300]} for line in _strings(answer.get("questions"), MOST["questions"])
    ]
    content["questions"] = asked or rules["questions"]
    return content, dropped


def _indicators(given: Any, held: Held, text: str, dropped: list[Dropped]) -> Iterator[dict[str, Any]]:
    flat = _squeezed(text)
    for place, one in enumerate(given[: MOST["indicators"]] if isinstance(given, list) else [], 1):
        words = _line(one.get("name") if isinstance(one, Mapping) else one, 60)
        try:
            row: dict[str, Any] = dict(checked_indicator(one, place))
        except Refusal:
            dropped.append(Dropped("indicators", words, "shape"))
            continue
        ends = [value for value in (number(row["low"]), number(row["high"])) if value is not None]
        shown = f"{words} {' – '.join(plain(value) for value in ends)} {row['unit']}".strip()
        if any(value.normalize() not in held.figures for value in ends):
            dropped.append(Dropped("indicators", shown, "figure"))
            continue
        if _squeezed(row["quote"]) not in flat:
            dropped.append(Dropped("quote", row["quote"][:80], "quote"))
            row["quote"] = ""
        yield row


def _budget(given: Mapping[str, Any], held: Held, dropped: list[Dropped]) -> dict[str, int] | None:
    low, high = number(str(given.get("low"))), number(str(given.get("high")))
    if low is None or high is None or not {low.normalize(), high.normalize()} <= held.figures:
        dropped.append(Dropped("budget", f"{given.get('low')} – {given.get('high')}"[:60], "figure"))
        return None
    low_fen, high_fen = int(min(low, high) * 100), int(max(low, high) * 100)
    return {"low_fen": low_fen, "high_fen": high_fen} if 0 <= low_fen <= high_fen <= MAX_FEN else None


def _foreign(said: str, held: Held) -> str:
    """The first figure in the model's words that the company's words do not hold; numbers of a list are none."""
    flat = flatten(said)
    for match in _FIGURE.finditer(flat):
        value = number(match[0].replace(",", ""))
        listed = value is not None and value <= len(MOST) * 3 and _ADDED.match(flat[match.end() : match.end() + 1])
        if value is not None and not listed and value.normalize() not in held.figures:
            return said[max(0, match.start() - 12) : match.end() + 8]
    return ""


def _strings(value: Any, most: int) -> list[str]:
    return [line for one in (value[:most] if isinstance(value, list) else []) if (line := _line(one, 300))]


def _line(value: Any, longest: int) -> str:
    if not isinstance(value, str):
        return ""
    return value.encode("utf-8", "ignore").decode("utf-8").replace("\x00", "").strip()[:longest]


def _squeezed(text: str) -> str:
    return "".join(flatten(text).split())
