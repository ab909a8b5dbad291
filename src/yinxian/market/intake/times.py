"""Until when, or within how long, the company wants it."""

from __future__ import annotations

import calendar
import re
from datetime import date
from decimal import Decimal

from yinxian.kernel.quantity.numerals import flatten, number_or_chinese

from .segments import Segment

_N = r"(?<![\d.])(?P<n>\d{1,3}(?:\.\d{1,2})?|[一二三四五六七八九十两半]{1,3})"
_UNIT = r"(?P<unit>年半|年|个月|周|天|个?季度)"
_WITHIN = re.compile(rf"{_N}\s?{_UNIT}(?P<time>时间)?[)）]?(?P<within>之?内|以内|左右|上下)?")
_DO = re.compile(
    r"^.{0,16}?(?:完成|实现|交付|建成|投产|研发|开发|解决|形成|攻克|突破|研制|量产|见效|落地|上线|验收|供货|产业化|上线|拿出?|见到?|出样|[要把将]|降[到至低]|做[到成出好]|搞[定出]|用上|[改修]好)"
)
_PLAN = re.compile(
    r"(?:计划|预计|拟|项目|开发|研发|实施|建设|合作|完成|执行|研究|攻关|要求)(?:总)?(?:的)?(?:用时?|周期|工期|期限|时间|期|在)?(?:为|约|是|[:：])?\s*$|(?:(?:^|[项目研发开合作实施建设完成付划制])周期|工期|期限|执行期|实施期|研发期|开发期|时限)[^，。；]{0,6}$"
    r"|(?:预计|大概|大约|需|需要)(?:要|用时?|耗时|花)?(?:约|大约)?\s*$|^\s*时间\s*[:：]\s*$"
)
_TAKES = re.compile(r"(?:用|花|争取|力争|在)\s*$")
_NOT = re.compile(
    r"已|寿命|质保|保修|使用|成立|经验|历史|以来|过去|近|合作了?$|连续|累计|每|第|保质|有效期|运行|工作|从事|专利|试验$|盐雾|养护|生长|长达|供货|交货|采购|停产"
)
_PAST_IT = re.compile(r"\s?(?:来|前|后|以上|多|历史|不|无|没)")
_SALES = re.compile(r"销售|利税|产值|收入|利润|上市")
_WANTS = re.compile(r"^\s?(?:就|得|内)?(?:要|见|出)(?:看到|见到?|出|有|拿)?(?:结果|样机|样品|样件|方案|图纸)")
_BY = re.compile(
    r"(?P<year>20\d{2})\s?(?:年|[./-])\s?(?:(?P<month>1[0-2]|0?[1-9])\s?(?:月|[./-](?=\d)|(?=\D|$)))?\s?(?:(?P<day>3[01]|[12]\d|0?[1-9])\s?[日号]?)?\s?(?P<end>年?底|末)?\s?(?P<by>之?前|以前|截止)?"
)
_SOON = re.compile(
    r"(?P<year>今年|明年|后年)?(?:(?P<month>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?P<half>上旬|中旬|初|底|末)?|(?P<end>年?底|年末))"
    r"(?P<by>之?前|以前)"
)
_BY_CUE = re.compile(r"(?:截止|期限|最迟|最晚|不晚于|于|在|到|完成时间|交付|工期|要求|计划|预计|争取)[^，。；]{0,8}$")


_MONTH = r"(20\d{2})\s?[年./-]\s?(1[0-2]|0?[1-9])(?!\d)\s?月?(?:\d{1,2}日)?"
_SPAN = re.compile(rf"{_MONTH}\s?(?:至|到|~|-{{1,2}})\s?{_MONTH}")
_SPAN_CUE = re.compile(r"周期|期限|执行|起止|计划|项目|时间|实施|工期")


def read_duration(segments: list[Segment]) -> tuple[int | None, str]:
    """Months that the work may take, a part of a month counting whole, and the words. None when nothing is said."""
    for segment in segments:
        if segment.role == "background" and segment.headed:
            continue
        text = flatten(segment.sentence.text)
        for match in _WITHIN.finditer(text):
            before, after = text[max(0, match.start() - 14) : match.start()], text[match.end() : match.end() + 24]
            clause = re.split(r"[，,；;]", before)[-1]
            planned = bool(_PLAN.search(clause))
            if _NOT.search(clause) or _PAST_IT.match(after) or _SALES.search(after[:12]):
                continue
            alone = match["within"] and not (text[: match.start()] + text[match.end() :]).strip(" 。；;，,")
            within = match["within"] or (match["time"] and _TAKES.search(clause))
            if planned or alone or _WANTS.match(after) or (within and _DO.match(after)):
                return _months(match["n"], match["unit"]), segment.sentence.text[match.start() : match.end()]
        span = _SPAN.search(text)
        bare = span and not (text[: span.start()] + text[span.end() :]).strip(" 。；;，,")
        if span and (bare or _SPAN_CUE.search(text[max(0, span.start() - 16) : span.start()])):
            from_year, from_month, to_year, to_month = (int(part) for part in span.groups())
            months = (to_year - from_year) * 12 + to_month - from_month + 1
            return (months, span[0]) if 1 <= months <= 600 else (None, "")
    return None, ""


def _months(count: str, unit: str) -> int | None:
    value = number_or_chinese(count)
    if value is None or not 0 < value < 400:
        return None
    season = value * 3
    months = {"年": value * 12, "年半": value * 12 + 6, "个月": value, "季度": season, "个季度": season}.get(unit)
    if months is None:
        months = value * (7 if unit == "周" else 1) / Decimal("30.4")
    return min(600, max(1, int(months.to_integral_value(rounding="ROUND_CEILING"))))


def read_deadline(segments: list[Segment], today: date) -> tuple[date | None, str]:
    """The latest date named as an end (2026年6月底前, 截止2026年12月), and its words. Dates gone by do not count."""
    latest: date | None = None
    quote = ""
    for segment in segments:
        if segment.role == "background":
            continue
        text = flatten(segment.sentence.text)
        for match in _BY.finditer(text):
            before = text[max(0, match.start() - 14) : match.start()]
            if not (match["by"] or match["end"] or match["month"]) or not (match["by"] or _BY_CUE.search(before)):
                continue
            day = _date(match)
            if day and day >= today and (latest is None or day > latest):
                latest, quote = day, segment.sentence.text[match.start() : match.end()].strip()
        if latest is None and (soon := _soon(text, today)):
            latest, quote = soon[0], segment.sentence.text[soon[1] : soon[2]]
    return latest, quote


def _soon(text: str, today: date) -> tuple[date, int, int] | None:
    """今年年底前, 明年六月前, 八月底前: counted from the day the words came in."""
    for match in _SOON.finditer(text):
        if not match["year"] and re.search(r"\d\s?年?$|[年月每]$", text[: match.start()]):
            continue  # 2021年6月前 is another rule's
        year = today.year + {"明年": 1, "后年": 2}.get(match["year"] or "", 0)
        month = int(number_or_chinese(match["month"]) or 12) if match["month"] else 12
        if not match["year"] and month < today.month:
            year += 1
        last = {"上旬": 10, "初": 10, "中旬": 20}.get(match["half"] or "") or calendar.monthrange(year, month)[1]
        if (day := date(year, month, last)) >= today:
            return day, match.start(), match.end()
    return None


def _date(match: re.Match[str]) -> date | None:
    year, month = int(match["year"]), int(match["month"] or 12)
    last = calendar.monthrange(year, month)[1]
    day = int(match["day"] or last)
    return date(year, month, day) if day <= last else None
