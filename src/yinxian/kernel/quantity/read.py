"""Find quantities in a text: ``parse_quantities``.

One pass of one pattern, in time linear in the text: every repetition in it is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from string import ascii_letters

from .model import Bound
from .numerals import CHINESE, flatten, read_chinese, read_number
from .words import ALIASES, TEMPERATURE, WORDS

BEFORE = {
    ">=": "≥ >= => 不低于 不小于 不少于 不短于 不下于 不得低于 不得小于 不得少于 不能低于 不应低于 "
    "大于等于 大于或等于 高于或等于 至少 最少 最低 起码 不能少于 不能小于 不应小于 不应少于 不得短于 不要低于 别低于 "
    "不少於 at_least not_less_than no_less_than",
    "<=": "≤ <= =< 不高于 不大于 不超过 不多于 不长于 不得超过 不得高于 不得大于 不得多于 不能超过 不应超过 不应大于 "
    "不能高于 不能大于 不能多于 不应高于 不宜超过 不可超过 不要超过 不要高于 别超过 别高于 不超出 不得超出 "
    "小于等于 小于或等于 低于或等于 至多 最多 最大 最高 控制在 控制到 降到 降至 "
    "降低到 降低至 减少到 减少至 减至 缩短到 缩短至 "
    "下降到 下降至 压缩到 压缩至 "
    "压到 压至 压低到 缩到 缩至 减到 顶多 别多于 "
    "降为 低至 减少为 缩短为 降低为 at_most not_more_than no_more_than up_to within",
    ">": "> 大于 高于 超过 超 多于 优于 长于 突破 greater_than more_than above",
    "<": "< 小于 低于 少于 短于 less_than below under",
    "=": "= 等于",
    "about": "≈ ~ 约 约为 大约 大约为 约合 about",
    "reach": "做到 达到 达至 达 高达 可达 满足 提高到 提高至 提升到 提升至 增加到 增加至 增长到 延长到 延长至 "
    "提到 升到 升至 跟得上 提升为 提高为 上升到 上升至 增至 增到 升高到 升高至 拉到 拉高到 加到",
}
AFTER = {
    ">=": "以上 及以上 或以上 及以上的 起",
    "<=": "以内 之内 以下 及以下 或以下 内 范围内",
    "about": "左右 上下",
}
_OP_BEFORE = {word.replace("_", " "): op for op, words in BEFORE.items() for word in words.split()}
_OP_AFTER = {word: op for op, words in AFTER.items() for word in words.split()}


def _any(words: object) -> str:
    return "|".join(re.escape(word) for word in sorted(map(str, words), key=len, reverse=True))  # type: ignore[call-overload]  # an iterable of words


def _unit_pattern() -> str:
    words = sorted({*WORDS, *TEMPERATURE, *ALIASES}, key=len, reverse=True)
    one = "|".join(re.escape(word) + ("(?![A-Za-z])" if word[-1] in ascii_letters else "") for word in words)
    one = rf"(?:{one})(?:\^?-?[23](?![\d.])|-?[²³]|\^?-1(?![\d.]))?"
    each = r"[瓶罐桶盒袋包针粒颗枚支根块匹锅炉单幅页]/(?:分钟?|min|小时|h|秒|s|天)(?![A-Za-z])"
    group = rf"\({one}(?:[·•*×.]{one}){{0,2}}\)"
    times = rf"\s?[·•*×]\s?{one}|\.(?=[A-Za-z]){one}|\s?/\s?(?:\d{{1,4}}(?=[A-Za-z]))?(?:{one}|{group})"
    part = r"/(?:℃|°C|K|kg|h|s|min|mL|ml|小时|年|次|毫升|克|亩|吨|cm|m|g|L)(?![A-Za-z])"
    return rf"(?:{one}(?:{times}){{0,3}}|{each}|{part})"


UNIT = _unit_pattern()
_NUM = r"(?:10\^-?\d{1,2}|(?:\d{1,3}(?:,\d{3}){1,4}(?!\d)|\d{1,15})(?:\.\d{1,12})?(?:\s?[×*x·]\s?10\^?-?[\d²³]{1,2})?)"
_MULT = r"(?:十万|百万|千万|万|亿|千(?![克米瓦伏帕卡焦牛])|百(?!分))"
_PREFIX = r"(?:HRC|HRA|HRB|HBW|HB|HV|pH|PH|Ra|Rz|AC|DC|IP|[φ∅Ø×])"
_COUNTED = (  # 50个ppm
    r"(?:ppm|ppb|[kM]?Pa|dB|bar|mm|μm|nm|mg|kW|Nm)(?![A-Za-z])|百分点|毫克|毫升|毫米|微米|微克|丝|道|大气压|牛|帕"
)
_CN = f"[{CHINESE}]{{1,9}}"
_CN_UNIT = (
    r"(?:倍|成(?![为功本熟品型份形果就])|年|个月|个?小时|天|分钟|秒|吨"
    r"|公里|米"
    r"|毫米|厘米|公斤|千克|克|升|立方米|件|台|次|度|摄氏度|℃|%"
    r"|兆帕|千瓦|毫秒|微米|毫升|分贝|角秒|块钱)"
)
_CN_ALWAYS = {*("倍", "成", "年", "个月", "小时", "个小时", "天", "分钟", "秒", "吨", "公里", "米", "毫米", "公斤")}
_FEW = Decimal(4)
_SHARES = {"百分之": ("%", 1), "千分之": ("‰", 1), "万分之": ("‱", 1), "百万分之": ("ppm", 1), "十万分之": ("ppm", 10)}

QUANTITY = rf"""
    (?P<between>(?P<b_low>{_NUM})\s?(?P<b_unit1>{UNIT})?\s?(?P<b_op1>[≤<])=?\s?(?P<b_name>[A-Za-z\u4e00-\u9fff]{{1,8}})\s?
        (?P<b_op2>[≤<])=?\s?(?P<b_high>{_NUM})\s?(?P<b_unit2>{UNIT})?)
    |(?:(?P<op>{_any(_OP_BEFORE)})\s?(?:到|了|为|在|于|用|要|:)?(?:(?:原来|原有|现在|目前|现有)的?)?\s?)?
     (?:
        (?P<share>(?:百|千|万|百万|十万)分之)(?:(?P<share_num>{_NUM})|(?P<share_cn>{_CN}))(?:(?:~|-|至|到)(?:百|千|万)分之(?:(?P<share_num2>{_NUM})|(?P<share_cn2>{_CN})))?
       |(?P<prefix>{_PREFIX})?\s?(?P<op2>[≥≤><=]=?)?\s?(?P<open>[(\[])?(?P<pm>±|正负|\+/-)?(?(prefix)|(?<![A-Za-z\d.])(?<![A-Za-z]-)(?<!\d/))(?P<low>-?(?<![\d\-]-){_NUM})(?P<m1>{_MULT})?\s?(?:个(?={_COUNTED}))?(?P<u1>{UNIT})?
          (?:\s?(?P<tol>±|正负|\+/-)\s?(?P<tolerance>{_NUM})
            |\s?(?:~|-{{1,2}}|至|到|[和与](?=[^,。;，；\n]{{1,10}}之间))\s?(?P<prefix2>{_PREFIX})?(?P<high>-?{_NUM})(?P<m2>{_MULT})?)?(?(open)\s?[)\]]?)\s?(?:个(?={_COUNTED}))?(?P<u2>{UNIT})?(?(open)[)\]]?)
       |(?P<half>(?<=[降减低少短省约])一半(?!的))
       |(?P<cn>{_CN})(?:(?:至|到)(?P<cn2>{_CN}))?(?P<cn_unit>{_CN_UNIT})(?P<cn_tenth>(?<=成)[一二三四五六七八九](?![一二三四五六七八九十百千万成]))?
     )
     (?:\s?(?P<after>{_any(_OP_AFTER)}))?
    """


FIGURES = re.compile(  # what a quantity cannot be without: the quick look
    rf"\d|分之|一半|[{CHINESE}](?:{_CN_UNIT}|[％﹪])"
)
UNIT_BEFORE = re.compile(rf"(?<![\d.])[(\[]?(?<![\d.])({UNIT})(?:[)\]]\s?:?|\s?:)\s?$")
OP_BEHIND = re.compile(rf"({_any(_OP_BEFORE)})\s?$")
OP_APART = re.compile(rf"({_any(_OP_BEFORE)})[^\d,.;:，。；：、\n]{{1,10}}的\s?$")  # 不超过PE膜的1.5倍
RATE_BEFORE = re.compile(r"每个?(秒|分钟|小时|天|日|月|年|班|吨|公斤|平方米|立方米|亩|米)([^\d,.;，。；、\n]{0,6})$")
FOREIGN = re.compile(  # a unit that nobody here knows, Latin or Chinese: kept as written
    r"\s?([A-Za-zμ]{1,8}(?:/[A-Za-zμ]{1,5}[23²³]?)?)(?![A-Za-z0-9\-])"
    r"|([\u4e00-\u9fff]{1,4}(?:/[A-Za-zμ\u4e00-\u9fff]{1,3})?)(?=[，,。；;、\s)）]|$)"
)
FOREIGN_AFTER = re.compile(  # 35福特杯秒以上: it ends as units do
    rf"\s?([\u4e00-\u9fff]{{1,5}}(?:秒|度|单位|毫米|厘米|克|米|升|帕|伏|安|瓦))({_any(_OP_AFTER)})(?=[，,。；;、\s)）]|$)"
)
NO_UNIT = re.compile(r"左右|上下|之间|以|及|内|间|多|余|等|元|万|亿|的|时$|下$|后$|前$")


@dataclass(frozen=True)
class Found:
    """A quantity in a text. ``sign``: how it was bounded: "" (bare), "reach" (达到), "tolerance" (±) or "sign"."""

    bound: Bound
    start: int
    end: int
    sign: str
    prefix: str = ""
    name: str = ""


@cache
def _pattern() -> re.Pattern[str]:
    """Made when first asked for: that takes most of a second, and most processes read no quantity."""
    return re.compile(QUANTITY, re.VERBOSE)


def parse_quantities(text: str) -> Iterator[Found]:
    """Every quantity of the text, in order. Bare figures come out as ``=``, 达到 as ``>=``, ± 0.02 as ``<=`` 0.02."""
    if not FIGURES.search(text):
        return
    flat = flatten(text)
    for match in _pattern().finditer(flat):
        found = _between(match) if match["between"] else _share(match) if match["share"] else _figure(match)
        if found is not None:
            yield _with_context(found, flat)


def _with_context(found: Found, flat: str) -> Found:
    """Complete the unit from what stands before: 每分钟30件 is 件/分钟, 噪音dB(A):≤80 is in dB(A). Trims blanks."""
    end, bound = found.end, found.bound
    start = found.start + len(flat[found.start : end]) - len(flat[found.start : end].lstrip())
    end -= len(flat[start:end]) - len(flat[start:end].rstrip())
    before = flat[max(0, start - 16) : start]
    if not bound.unit and not found.prefix and (named := UNIT_BEFORE.search(before)):
        bound, start = replace(bound, unit=named[1]), start - len(named[0])
    elif not bound.unit and not found.prefix and found.sign and (foreign := FOREIGN.match(flat, end)):
        unit = foreign[1] or foreign[2]
        if not (NO_UNIT.search(unit) or (unit == "C" and found.sign == "reach")):
            bound, end = replace(bound, unit=unit), foreign.end()
    elif not bound.unit and not found.prefix and (foreign := FOREIGN_AFTER.match(flat, end)):
        if not NO_UNIT.search(foreign[1]):
            figure = replace(found, bound=replace(bound, unit=foreign[1]), start=start, end=foreign.end())
            bare = found.sign in ("", "reach") and bound.op in ("=", ">=")
            return _signed(figure, _OP_AFTER[foreign[2]]) if bare else figure
    elif bound.unit and "/" not in bound.unit and (rate := RATE_BEFORE.search(before)):
        bound, start = replace(bound, unit=f"{bound.unit}/{rate[1]}"), start - len(rate[0])
        found = replace(found, name=OP_BEHIND.sub("", rate[2]).strip()) if found.sign else found
        ahead = OP_BEHIND.search(flat[max(0, start - 8) : start])
        if ahead and not found.sign and bound.op == "=":
            return _signed(replace(found, bound=bound, start=start - len(ahead[0]), end=end), _OP_BEFORE[ahead[1]])
    elif bound.unit in ("倍", "%") and not found.sign and bound.op == "=" and (apart := OP_APART.search(before)):
        return _signed(replace(found, bound=bound, start=start - len(apart[0]), end=end), _OP_BEFORE[apart[1]])
    return replace(found, bound=bound, start=start, end=end)


def _signed(found: Found, op: str) -> Found:
    """The bare figure with the operator that stood apart from it: 达到每分钟30件, 不超过PE膜的1.5倍."""
    sign, op = ("reach", ">=") if op == "reach" else ("sign", op)
    below = op in ("<", "<=")
    low, high = (None, found.bound.low) if below else (found.bound.low, None)
    return replace(found, bound=replace(found.bound, op=op, low=low, high=high), sign=sign)


def _between(match: re.Match[str]) -> Found | None:
    low, high = read_number(match["b_low"]), read_number(match["b_high"])
    if low is None or high is None:
        return None
    name = match["b_name"]
    unit = match["b_unit2"] or match["b_unit1"] or (name if name in ("HB", "HRC", "HV", "HRA", "HRB") else "")
    return Found(Bound("range", low, high, unit), match.start(), match.end(), "sign", name=name)


def _share(match: re.Match[str]) -> Found | None:
    low = read_number(match["share_num"]) if match["share_num"] else read_chinese(match["share_cn"])
    low = Decimal(100) if match["share_cn"] == "百" else low
    second = match["share_num2"] or match["share_cn2"]
    high = None
    if second:
        high = read_number(second) if match["share_num2"] else read_chinese(second)
    unit, times = _SHARES[match["share"]]
    return None if low is None else _bounded(match, low * times, high and high * times, unit)


def _figure(match: re.Match[str]) -> Found | None:
    if match["half"]:
        return _bounded(match, Decimal(50), None, "%")  # 能耗降低一半
    if match["cn"]:
        low = read_chinese(match["cn"])
        few = low is not None and low < _FEW and match["cn_unit"] not in _CN_ALWAYS
        if few and not (match["op"] or match["after"]):
            return None  # 一次, 三台: said of things, not measured
        high = read_chinese(match["cn2"]) if match["cn2"] else None
        unit = match["cn_unit"].replace("个小时", "小时")
        if unit == "成" and low is not None:
            tenth = (match["cn_tenth"] and read_chinese(match["cn_tenth"])) or Decimal(0)  # 九成五
            low, high, unit = low * 10 + tenth, high and high * 10, "%"
        return None if low is None else _bounded(match, low, high, unit)
    numbered = match["open"] and not (
        match["high"] or match["tolerance"] or match["u1"]
    )  # （2）支撑: a number of a list
    unit = "" if numbered else match["u2"] or match["u1"] or ""
    prefix = (match["prefix"] or "").strip("×")
    if not unit and prefix in ("HRC", "HRA", "HRB", "HB", "HBW", "HV"):
        unit = {"HBW": "HB"}.get(prefix, prefix)
    if prefix == "IP" or (prefix and match["op"] == "突破"):
        return None  # a class of protection; 突破Φ1200mm铸锭 names a size
    multiplier = match["m2"] or ""
    low = read_number(match["low"].lstrip("-"), match["m1"] or ("" if not match["high"] else multiplier))
    if low is None:
        return None
    low = -low if match["low"].startswith("-") else low
    if match["pm"]:
        return Found(Bound("<=", None, abs(low), unit), match.start(), match.end(), "tolerance", prefix)
    if match["tolerance"]:
        around = read_number(match["tolerance"]) or Decimal(0)
        if match["u1"] and unit == "%" != match["u1"]:  # 3.3V±5%: a share of the figure
            around, unit = low * around / 100, match["u1"]
        bound = Bound("range", low - around, low + around, unit)
        return Found(bound, match.start(), match.end(), "tolerance", prefix)
    high = read_number(match["high"].lstrip("-"), multiplier) if match["high"] else None
    if high is not None and match["high"].startswith("-"):
        high = -high
    return _bounded(match, low, high, unit, prefix)


def _bounded(match: re.Match[str], low: Decimal, high: Decimal | None, unit: str, prefix: str = "") -> Found:
    span, unit = (match.start(), match.end()), {"块钱": "元"}.get(unit, unit)
    if high is not None:
        return Found(Bound("range", min(low, high), max(low, high), unit), *span, "sign" if match["op"] else "", prefix)
    signed = match["op2"].replace("=>", ">=") if match["op2"] else ""
    op = _OP_BEFORE.get(signed) or _OP_BEFORE.get(match["op"] or "", "")
    after = _OP_AFTER.get(match["after"] or "", "")
    if after and op in ("", "reach", "=", "about"):
        op = after
    sign = "sign" if op not in ("", "reach") else op
    if op in ("<", "<="):
        return Found(Bound(op, None, low, unit), *span, sign, prefix)
    bound = Bound({"": "=", "reach": ">="}.get(op, op), low, None, unit)
    return Found(bound, *span, sign, prefix)
