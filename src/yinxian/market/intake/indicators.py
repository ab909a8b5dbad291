"""Measurable targets of the wanted technology, each with the words it was read from.

Not taken: the present state, the firm's size, turnover, staff and area, market aims, counts of patents and
papers, and conditions under which something else is measured.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from yinxian.kernel.quantity import Bound, Found, Indicator, parse_quantities, plain

from .conditions import is_condition, is_of_something_else
from .cues import (
    AIMED,
    ASKED,
    ASKED_BEHIND,
    AT_ONCE,
    BETTER_THAN,
    CHANGE,
    CHANGE_TO,
    CONDITION_SPAN,
    COUNTS,
    DEMAND,
    ELSEWHEN,
    ENDURES,
    FROM,
    GENERALLY,
    HALF,
    INSTEAD_OF,
    LACKS,
    LASTS,
    LIFE,
    LISTED,
    LOWERED,
    MOST,
    MOVED,
    NATION,
    NOW,
    OF_THE_FIRM_NOW,
    PRESENT,
    REPEATS,
    REQUESTED,
    SAID_OF_THE_WORLD,
    SO_THAT,
    STRONG,
    SYMBOL,
    THEN,
    TIME_UNITS,
    TO,
    TO_THE_WISH,
    TRIED,
    TURN,
    TURNED,
    UNCHANGED,
    UNITLESS,
    WISHED,
    WITHIN,
    WORSE,
)
from .names import direction, name_after, name_before
from .segments import PROBLEM, Segment, read_role
from .together import at_the_same_rate, in_the_same_unit, kind_of, of_the_same, without_the_present
from .words import Sentence

LIFETIME = "使用寿命"


def read_indicators(text: str, segments: list[Segment]) -> list[Indicator]:
    """The indicators of the text in order, without repetitions, at most MOST."""
    spoken_of: dict[str, str] = {}
    taken: dict[tuple[str, str | None, str | None, str], Indicator] = {}
    for segment in (part for whole in segments for part in _parts(whole)):
        if len(taken) >= MOST:
            break
        for found, indicator in _in_segment(segment, spoken_of):
            key = (indicator["op"], indicator["low"], indicator["high"], indicator["unit"].lower() + found.prefix)
            if key not in taken or taken[key]["name"] != indicator["name"]:
                taken.setdefault((*key[:3], key[3] + indicator["name"]), indicator)
    return list(taken.values())[:MOST]


def _parts(segment: Segment) -> list[Segment]:
    """我公司年产值2亿元，现需把排放降到30mg/m³以下: the firm's own figures, then what it wants."""
    words = segment.sentence.text
    if segment.role != "background" or segment.headed or not (turn := TO_THE_WISH.search(words)):
        return [segment]
    begin, start = turn.start() + 1, segment.sentence.start
    wish = Sentence(words[begin:], start + begin)
    return [replace(segment, sentence=Sentence(words[:begin], start)), Segment(wish, read_role(wish.body), False)]


def _in_segment(segment: Segment, spoken_of: dict[str, str]) -> list[tuple[Found, Indicator]]:
    """The indicators of a sentence. ``spoken_of`` is the last name with each unit, in this and earlier sentences:
    合格率由85%提高到98% says the name once."""
    words = segment.sentence.text
    figures = list(parse_quantities(words))
    if not figures:
        return []
    kept: list[tuple[Found, Indicator]] = []
    perhaps: list[tuple[Found, Indicator]] = []  # taken when others of the sentence are asked for
    condition, last_start, last_end = "", 0, 0
    rate: tuple[str, str, int] | None = None
    last_unit = ""
    under = [match.span() for match in CONDITION_SPAN.finditer(words)]
    for one in figures:
        found = in_the_same_unit(words, at_the_same_rate(words, one, rate), last_unit)
        if "/" in found.bound.unit:
            rate = (*found.bound.unit.split("/", 1), found.end)  # type: ignore[assignment]  # two parts and an end
        last_unit = found.bound.unit or last_unit
        signed = found.sign != ""
        if not signed and last_end and words[last_end : last_end + 1] in ("(", "（") and found.end - last_end < 16:
            continue  # 300kN（锚固长度1m）: under which condition the figure before it holds
        if lasting := _lasts(words, found):
            kept.append((lasting, make_indicator(words, lasting, LIFETIME, lasting.start)))
            last_start, last_end = found.start, found.end
            continue
        name, start = name_before(words, last_end, found.start)
        if is_condition(words, found, name) or (
            found.sign == "" and any(start < found.start < end for start, end in under)
        ):
            condition = words[found.start : found.end]
            continue
        if not name and signed:
            name, start = name_before(words, last_end, found.start, signed=True)
        signed = signed or bool(AIMED.search(words[: found.start]))
        if not name and signed and (name := spoken_of.get(kind_of(found.bound.unit), "")):
            kept = [pair for pair in kept if pair[0].sign or not of_the_same(pair, name, found)]
        if not name and signed and last_end and found.start - last_end <= 2:
            name, start = words[last_start:last_end].strip(), last_start  # 循环1000次≥80%
        full = found.name or name or found.prefix
        start = found.start if found.name else start
        full = full or (name_after(words, found.end) if signed else "")
        full = f"{condition}{full}" if condition and not name else full
        if name and found.bound.unit:
            spoken_of[kind_of(found.bound.unit)] = name
        if found.bound.unit:
            last_start, last_end = found.start, found.end
        if not full:
            continue
        if wanted(words, found, full, segment):
            kept.append((found, make_indicator(words, found, full, start)))
            condition = ""
        elif in_a_list(words, found, name):
            perhaps.append((found, make_indicator(words, found, full, start)))
    return without_the_present([*kept, *perhaps]) if kept else []


def _lasts(words: str, found: Found) -> Found | None:
    """希望能用三年, 用个五年不用换: how long the thing is to last, at least; None for any other figure."""
    before = words[: found.start]
    if found.bound.unit not in ("年", "个月") or found.sign not in ("", ">=") or not LASTS.search(before):
        return None
    if not (WISHED.search(before) or UNCHANGED.match(words[found.end : found.end + 8])) or TRIED.search(before):
        return None
    place = LASTS.search(before)
    start = place.start() if place else found.start
    return replace(found, bound=replace(found.bound, op=">="), sign="sign", start=start)


def wanted(words: str, found: Found, name: str, segment: Segment) -> bool:
    """Whether the quantity is a target of the technology and not something about the firm or the present."""
    bound, role = found.bound, segment.role
    value = bound.low if bound.low is not None else bound.high
    if value is None:
        return False
    if LACKS.search(words[: found.start]) and ASKED_BEHIND.match(words[found.end : found.end + 6]):
        return True  # 达不到客户±0.1毫米的要求
    if is_of_something_else(words, found, name, value):
        return False
    clause = words[max(0, found.start - 40) : found.start]
    clause = re.split(r"[，,；;。：:]", clause)[-1]
    clause = BETTER_THAN.sub("", clause)
    if (TRIED.search(words[: found.start]) or NOW.match(segment.sentence.body)) and not WISHED.search(
        words[: found.start]
    ):
        return MOVED.search(words[: found.start]) is not None and found.sign != "tolerance" and not TRIED.search(words)
    span = words[found.start : found.end]
    strong = bool(STRONG.search(span)) or found.sign == "tolerance"
    after = words[found.end : found.end + 16]
    if not bound.unit and not (SYMBOL.search(span) or _number_alone(words, found, name, strong)):
        return False
    if (FROM.search(clause) and THEN.match(after)) or SO_THAT.match(after):
        return False
    if WORSE.search(clause) and direction(name) == "more" and found.sign in ("", "about") and role != "target":
        return False  # 热效率下降5个百分点: a complaint
    if SAID_OF_THE_WORLD.match(span) and not (
        TURN.search(clause) or (role == "target" and "可达" in span and not PRESENT.search(words))
    ):
        return False
    if NATION.search(words[: found.start]) and not re.search(r"要求|目标|指标", words[: found.start]):
        return False
    if (present := PRESENT.search(clause)) and not TURNED.search(clause[present.end() :] + "|" + span) and not strong:
        return False
    of_the_firm = not segment.headed and OF_THE_FIRM_NOW.match(segment.sentence.body)
    if of_the_firm and not TURN.search(clause) and not TO_THE_WISH.search(words[: found.start]):
        return False
    before = INSTEAD_OF.sub("", words[: found.start])
    if found.sign == "sign" and LISTED.match(words) and not PRESENT.search(before):
        return True
    if role != "target" and not strong and _complains(words, name, found):
        return False
    reached = found.sign == "reach" and not (segment.headed and role == "target")
    reached = reached and not WISHED.search(words[: found.start + 1])  # 要做到: 要 is known by what follows
    if reached and (direction(name) == "less" or PRESENT.search(before) or TRIED.search(before)):
        return False  # 退货率达到4%: a complaint
    if role == "background":
        return strong and segment.headed is False and bool(re.search(r"要求|目标|指标|需求|需要", words))
    if role == "target":
        return strong or found.sign != "" or bound.op == "range" or _bare_target(words, found, name, clause)
    if strong or _asked(clause, found):
        return True
    if bound.unit and (TO.search(clause) or _improves(words, clause, name, found)) and not PRESENT.search(before):
        return True
    if found.bound.unit in REPEATS and WISHED.search(before) and ENDURES.match(words[found.end : found.end + 8]):
        return True  # 做到开合十万次不松
    if CHANGE.search(clause) and (WISHED.search(before) or (segment.headed and not PRESENT.search(before))):
        return True
    if AT_ONCE.search(clause) and WISHED.search(before):
        return True
    if found.sign in ("sign", "reach") and DEMAND.search(clause + span):
        return True
    if PRESENT.search(before) or PROBLEM.search(words):
        return False
    if REQUESTED.search(before):
        return bool(found.sign == "sign" or direction(name) or CHANGE.search(before))
    if found.sign == "sign" and direction(name):
        return True
    return bool(WITHIN.search(span.strip())) and not ELSEWHEN.search(words) and _is_a_clause(words, found)


def _is_a_clause(words: str, found: Found) -> bool:
    """批间差5%以内: a clause of a short name and a limit, and nothing else, in a sentence without another sense."""
    clause = re.split(r"[，,；;。：:、]", words[max(0, found.start - 24) : found.start])[-1].strip()
    return 2 <= len(clause) <= 10 and words[found.end : found.end + 1] in ("", *"，,；;。、\n")


def in_a_list(words: str, found: Found, name: str) -> bool:
    """厚度25μm behind figures that were asked for: a clause that is a name and a figure, nothing else."""
    clause = re.split(r"[，,；;。、：:]", words[max(0, found.start - 24) : found.start])[-1].strip()
    after = words[found.end : found.end + 1]
    if found.sign not in ("", "sign", "reach") or TRIED.search(words[: found.start]):
        return False
    if _complains(words, name, found) or (found.sign == "reach" and direction(name) == "less"):
        return False
    if _improves(words, clause, name, found):
        return not is_of_something_else(words, found, name, found.bound.low or Decimal(0))
    if PRESENT.search(BETTER_THAN.sub("", INSTEAD_OF.sub("", words[: found.start]))) and not WISHED.search(
        words[: found.start]
    ):
        return False
    clause = BETTER_THAN.sub("", clause)
    ends = after in ("", *"，,；;。、\n") or (after == "的" and REQUESTED.search(words[: found.start]))
    if not (name and found.bound.unit and ends and 2 <= len(clause) <= 14):
        return False
    value = found.bound.low if found.bound.low is not None else found.bound.high
    if value is None or PRESENT.search(clause) or is_of_something_else(words, found, name, value):
        return False
    return found.bound.unit not in COUNTS and not (found.bound.unit in TIME_UNITS and not LIFE.search(clause))


def _improves(words: str, clause: str, name: str, found: Found) -> bool:
    """能耗下降20个百分点 beside what was asked for: a change to the better is no state of today."""
    change = CHANGE.search(clause)
    if not change or found.bound.op != "=" or not found.bound.unit or GENERALLY.search(words):
        return False  # 重量每降低1%，油耗可降低0.7%: how the world is
    if LOWERED.match(change[0]):
        return direction(name) == "less"
    return direction(name) == "more" or (change[0].startswith("提") and direction(name) != "less")


def _complains(words: str, name: str, found: Found) -> bool:
    """强度低于300MPa, 故障率高于5%: a comparison that points away from what is better."""
    away = {"more": ("<", "<="), "less": (">", ">=")}.get(direction(name), ())
    if CHANGE.search(words[: found.start]) or "优于" in words[found.start : found.end]:
        return False  # 重量降低15%以上: what is to be done, not what there is
    return found.sign == "sign" and found.bound.op in away


def _number_alone(words: str, found: Found, name: str, strong: bool) -> bool:
    """A figure without a unit: one that the name lets stand alone, or one after which nothing is counted."""
    if not (strong or found.bound.op == "range"):
        return False
    if found.prefix or UNITLESS.search(name):
        return True
    return strong and not words[found.end : found.end + 1].isalnum()


def _bare_target(words: str, found: Found, name: str, clause: str) -> bool:
    if found.bound.unit in TIME_UNITS and not LIFE.search(words[max(0, found.start - 14) : found.end + 4]):
        return False
    return bool(name) and not re.match(r"\s*(?:型|粒度|规格|号|版|类|档)", words[found.end : found.end + 4])


def _asked(clause: str, found: Found) -> bool:
    """In a sentence that is not a target: a bare figure counts only behind a verb of change."""
    return bool(found.bound.unit) and bool(ASKED.search(clause))


def make_indicator(words: str, found: Found, name: str, start: int) -> Indicator:
    """The house's indicator, its operator settled by what the name is: an error should be small, a life long."""
    bound = found.bound
    before = words[max(0, found.start - 12) : found.start]
    better = direction(name)
    if re.search(r"精[度确]|分辨率|分辨力|真空度", name):
        share = bound.unit == "%" and (bound.low or Decimal(0)) >= HALF
        counted = bound.unit in ("", "万像素", "像素", "dpi", "ppi", "位", "bit", "dB", "级")
        better = "more" if share or (counted and "精度" not in name) else "less"
        if bound.op == ">" and found.sign == "sign" and better == "less" and "优于" in words[found.start : found.end]:
            return _row(words, found, name, start, Bound("<", None, bound.low, bound.unit))
    if bound.op in ("=", ">=") and found.sign in ("", "reach") and bound.low is not None:
        changed = CHANGE.search(before) or CHANGE.search(name)
        to = CHANGE_TO.search(before)
        if to:
            less = to[0].startswith(("降", "减", "缩", "下", "压", "控"))
            bound = _at_most(bound) if less else Bound(">=", bound.low, None, bound.unit)
        elif changed:
            bound = Bound(">=", bound.low, None, bound.unit)
        elif better == "less" and found.sign == "reach":
            bound = _at_most(bound)
        elif found.sign == "" and better == "more":
            bound = Bound(">=", bound.low, None, bound.unit)
    return _row(words, found, name, start, bound)


def _row(words: str, found: Found, name: str, start: int, bound: Bound) -> Indicator:
    quote = words[start : found.end].strip(" \n，,、；;。（(")
    return {
        "name": name[:60],
        "op": bound.op,
        "low": None if bound.low is None else plain(bound.low),
        "high": None if bound.high is None else plain(bound.high),
        "unit": bound.unit[:20],
        "quote": quote[:120],
    }


def _at_most(bound: Bound) -> Bound:
    return Bound("<=", None, bound.low, bound.unit)
