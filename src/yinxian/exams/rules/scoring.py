"""What an answer is worth by its key, in hundredths of a point, with the reason line by line.

A line is {"what", "key", "said", "hundredths", "of"}; ``what`` is a code that the pages put into words. One right
option: all or nothing. Several: nothing once a wrong one is chosen, else the part of the right ones that was chosen.
A number: all when ``kernel.quantity.compare`` says it lies within the tolerance, in whatever unit of the same kind. A
case: each indicator of the key by ``market.intake.agreement.matched``, divided by the more of those asked and those
said (so that inventing indicators costs); field, budget and duration each by its weight.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from yinxian.kernel.money import allocate
from yinxian.kernel.quantity import Indicator, compare, number, plain
from yinxian.market.intake.agreement import matched

HUNDRED = 100
YUAN = {"元": Decimal(1), "千元": Decimal(1_000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
WORDS = {
    "yuan": "元",
    "cny": "元",
    "rmb": "元",
    "％": "%",
    "day": "天",
    "days": "天",
    "日": "天",
    "people": "人",
    "persons": "人",
    "名": "人",
}
"""Words of the same unit that the product's units do not know, because no result or need uses them."""
Line = dict[str, Any]


def score(kind: str, key: Mapping[str, Any], answer: Mapping[str, Any], points: int) -> tuple[int, list[Line]]:
    """Hundredths of a point and the lines that add up to them. A short text is for people."""
    full = points * HUNDRED
    if not answer:
        return 0, [_line("blank", "", "", 0, full)]
    if kind in ("single", "truth"):
        right = answer["chosen"] == key["right"]
        return _one("choice", ",".join(key["right"]), ",".join(answer["chosen"]), full if right else 0, full)
    if kind == "several":
        return _one("choices", *_shown(key, answer), _several(key["right"], answer["chosen"], full), full)
    if kind == "number":
        return _number(key, answer, full)
    return _case(key, answer, full)


def _line(what: str, key: str, said: str, hundredths: int, of: int) -> Line:
    return {"what": what, "key": key, "said": said, "hundredths": hundredths, "of": of}


def _one(what: str, key: str, said: str, hundredths: int, of: int) -> tuple[int, list[Line]]:
    return hundredths, [_line(what, key, said, hundredths, of)]


def _shown(key: Mapping[str, Any], answer: Mapping[str, Any]) -> tuple[str, str]:
    return ",".join(key["right"]), ",".join(answer["chosen"])


def _several(right: Sequence[str], chosen: Sequence[str], full: int) -> int:
    return 0 if set(chosen) - set(right) else full * len(chosen) // len(right)


def _in_yuan(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Money in whatever multiple as 元; words of one unit as one word; everything else as it is."""
    plain_unit = WORDS.get(unit.casefold(), unit)
    return (value * YUAN[plain_unit], "元") if plain_unit in YUAN else (value, plain_unit)


def _number(key: Mapping[str, Any], answer: Mapping[str, Any], full: int) -> tuple[int, list[Line]]:
    """Compared as the product compares a need with a result: in the key's unit, exactly, within the tolerance."""
    value, tolerance, said = number(key["value"]), number(key["tolerance"]), number(answer["value"])
    assert value is not None and tolerance is not None and said is not None  # the checks keep no other
    low, unit = _in_yuan(value - tolerance, key["unit"])
    high, _ = _in_yuan(value + tolerance, key["unit"])
    wanted = Indicator(name="", op="range", low=str(low), high=str(high), unit=unit, quote="")
    said, unit = _in_yuan(said, answer["unit"])
    given = Indicator(name="", op="=", low=str(said), high=None, unit=unit, quote="")
    verdict = compare(wanted, given).verdict
    what = {"met": "number", "fail": "number_off"}.get(verdict, "number_unit")
    asked = plain(value) + (f" ± {plain(tolerance)}" if tolerance else "")
    return _one(
        what,
        f"{asked} {key['unit']}".strip(),
        f"{answer['value']} {answer['unit']}".strip(),
        full if verdict == "met" else 0,
        full,
    )


def _case(key: Mapping[str, Any], answer: Mapping[str, Any], full: int) -> tuple[int, list[Line]]:
    weights = key["weights"]
    parts = dict(zip(weights, allocate(full, list(weights.values())), strict=True))
    lines = _indicator_lines(key["indicators"], answer["indicators"], parts["indicators"])
    good = answer["field"] == key["field"] or answer["field"] in key["field_also"]
    right = bool(answer["field"]) and good if key["field"] else not answer["field"]
    lines.append(_line("field", key["field"], answer["field"], parts["field"] if right else 0, parts["field"]))
    for what in ("budget", "duration"):
        name = "duration_months" if what == "duration" else what
        same = answer[name] == key[name]
        lines.append(_line(what, _said(key[name]), _said(answer[name]), parts[what] if same else 0, parts[what]))
    return sum(line["hundredths"] for line in lines), lines


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{value['low_fen']}-{value['high_fen']}"
    return "" if value is None else str(value)


def _indicator_lines(key: Sequence[Any], said: Sequence[Any], part: int) -> list[Line]:
    places = matched(key, said)
    shares = allocate(part, [1] * max(len(key), len(said)))
    lines = []
    for share, wanted, place in zip(shares, key, places, strict=False):
        found = said[place] if place is not None else None
        shown = indicator_text(found) if found else ""
        lines.append(_line("indicator", indicator_text(wanted), shown, share if found else 0, share))
    unused = [one for place, one in enumerate(said) if place not in places]
    for share, extra in zip(shares[len(key) :] + [0] * len(unused), unused, strict=False):
        lines.append(_line("extra", "", indicator_text(extra), 0, share))
    return lines


def indicator_text(indicator: Mapping[str, Any]) -> str:
    """``CO ≤ 50 ppm``: the name, the bound, the unit."""
    signs = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "=", "about": "≈"}
    low, high, unit = (str(indicator.get(name) or "") for name in ("low", "high", "unit"))
    bound = f"{low}–{high}" if indicator.get("op") == "range" else f"{signs.get(indicator['op'], '')} {low or high}"
    return f"{indicator['name']} {bound} {unit}".strip()


def final(scores: Mapping[str, int]) -> int | None:
    """What an item has, of its scores by who gave them: all where it is void, else an appeal's, else the third's, else
    the mean of two (rounded up), else the rule's; None while people are still grading."""
    for name in ("void", "appeal", "third"):
        if name in scores:
            return scores[name]
    if "first" in scores and "second" in scores:
        return (scores["first"] + scores["second"] + 1) // 2
    return scores.get("rule")


def too_far_apart(first: int, second: int, points: int, differ_bp: int) -> bool:
    """Whether two graders differ by more than the part of the item's points that the blueprint allows."""
    return abs(first - second) * 10_000 > points * HUNDRED * differ_bp
