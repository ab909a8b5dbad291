"""Percentages that do not make a whole, dates that cannot be."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from decimal import Decimal

from ..draft import Draft
from ..findings import Hit
from ..kinds import Recognised
from .figures import DIGITS

PERCENT = re.compile(
    r"(\d{1,3}(?:\.\d{1,4})?)%|百分之([一二三四五六七八九十百零\d]{1,5})|"
    r"([一二三四五六七八九])成(?![果本员功为立品套就]|分(?![成享配]))"
)
SPLIT = re.compile("各占|分成|分享|分配|占|份额|比例|承担|分担|享有|所得|归|收益|股|出资|投入|得")
PARTY = re.compile(
    "[甲乙丙丁戊]方|甲、?乙|三方|四方|各方|双方|委托方|受托方|开发方|许可[方人]|被许可[方人]|转让方|受让方|"
    "让与人|受让人|供方|需方|中介方|团队|发明人|学校|企业|经理人|[一-龥]{2,3}(?=\\d)|[一-龥]{1,4}(?=占)"
)
NOT_PARTS = re.compile(
    "不低于|不少于|不高于|不超过|以上|以下|至少|提高|降低|误差|合格率|利用率|转化率|收率|违约金|滞纳金|税率|"
    "利率|逾期|增长|下降|纯度|浓度|效率|命中率|损失率|提成|销售额|净利|产值|at least|not exceed"
)
INSTALMENT = re.compile(
    "(?:总价款?|总额|总金额|合同(?:价款|金额|款|额|总价)|总费用|全部(?:价款|费用)|(?:开发|服务|咨询|转让|"
    "许可|使用|培训|研发)(?:费用?|报酬|经费)(?:总额)?|价款|报酬|费用|款)的?\\s*(\\d{1,3}(?:\\.\\d+)?)%"
    "|(?:支付|付|定金|首付款?|预付款?|进度款|尾款|余款|质保金|第[一二三四五]期款?)[:,]?(?:合同)?(?:总?价款?|"
    "总额)?的?\\s*(\\d{1,3}(?:\\.\\d+)?)%"
)
NOT_INSTALMENT = re.compile(
    "违约金|滞纳金|赔偿|逾期|每日|罚|提成|销售额|利润|产值|佣金|中介|居间|上限|税|扣除|奖励|收益|分成|不超过|以上|超过"
)
ROW = re.compile(r"(?:[二三四五]期|[二三四五两]笔|分期|分[二三四五两][期次笔])")
STEP = re.compile(
    r"(?:签约|签订|签署|生效|首期?|首款|首付|[一二三四五]期|样[机品件]|中试|小试|交付|进场|到货|中期|验收|终验|结题|尾款|质保)[^,、。%]{0,4}?"
    r"(\d{1,3}(?:\.\d+)?)%"
)
REST = re.compile("余款|剩余|其余|余下|余额|付清|结清")
DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
SIGNED = re.compile("(?:签订|签署|签约|订立)(?:日期|时间|日|于)?[:为是]?[^。]{0,6}$|(?:signed|dated?)[^.]{0,12}$")
STARTS = re.compile("(?:自|从|由|起始日期?[:为]|开始(?:日期|时间)?[:为]?|from)\\s*$")
ENDS = re.compile(
    "(?:至|到|止于|截至|截止(?:日期|到|于)?[:为]?|届满日?[:为]?|终止(?:日期|于)?[:为]?|结束(?:日期|"
    "时间)?[:为]?|until|through|\\bto)\\s*$|[-~—]+\\s*$"
)
TERM = re.compile("有效期|合同期限|履行期限|开发期限|研究开发期限|服务期限?|许可期限|期限|合作期限?|term|period")
DUE = re.compile("前(?:[^,。]{0,6})(?:支付|付清|交付|提交|完成)|(?:于|在)[^,。]{0,4}$")
LENGTH = re.compile(
    r"(?:共计?|合计|为期|期限为?|总计|历时)?\s*(\d{1,3}|[一二三四五六七八九十]{1,3})\s*(个月|年)(?!\d|度|月|内|前|后)"
)


def percentages(draft: Draft, kind: Recognised) -> Iterator[Hit]:
    """Shares of the parties in one sentence, and instalments over the whole draft, that are not 100%."""
    for sentence in draft.sentences:
        found = [
            hit
            for hit in PERCENT.finditer(sentence.text)
            if not NOT_PARTS.search(sentence.text[max(0, hit.start() - 12) : hit.end() + 6])
        ]
        named = _list_of(sentence.text, found) or [
            hit for hit in found if PARTY.search(sentence.text[max(0, hit.start() - 12) : hit.start()])
        ]
        if len(named) < 2 or not SPLIT.search(sentence.text) or NOT_INSTALMENT_ALONE.search(sentence.text):
            continue
        values = [_value(hit) for hit in named]
        if "各" in sentence.text[max(0, named[0].start() - 4) : named[0].start()]:
            continue
        total = sum(values, Decimal(0))
        if total != 100 and not REST.search(sentence.text):
            start, end = sentence.start + named[0].start(), sentence.start + named[-1].end()
            yield Hit("percent_sum", start, end, params={"total": _plain(total)})
    yield from _each_the_same(draft)
    yield from _instalments(draft)


def _list_of(text: str, found: list[re.Match[str]]) -> list[re.Match[str]]:
    """甲乙丙按40%、35%、25%: percentages in a row are the parts of one whole where parties are named before them."""
    if len(found) < 2 or not PARTY.search(text[: found[0].start()]):
        return []
    gaps = [text[one.end() : other.start()] for one, other in itertools.pairwise(found)]
    return found if all(re.fullmatch("[、,:和与及]|以及", gap) for gap in gaps) else []


NOT_INSTALMENT_ALONE = re.compile("违约金|滞纳金|逾期|每日|不超过|上限")
EACH = re.compile(r"(?:甲乙)?(双方|两方|三方|四方|各方)各(?:占|承担|得|享有|分担)?\s*(\d{1,3}(?:\.\d+)?)%")


def _each_the_same(draft: Draft) -> Iterator[Hit]:
    for sentence in draft.sentences:
        for found in EACH.finditer(sentence.text):
            count = {"双方": 2, "两方": 2, "三方": 3, "四方": 4}.get(found[1], 0)
            total = count * Decimal(found[2])
            if count and not 99 <= total <= 100:
                yield Hit(
                    "percent_sum",
                    sentence.start + found.start(),
                    sentence.start + found.end(),
                    params={"total": _plain(total)},
                )


def _instalments(draft: Draft) -> Iterator[Hit]:
    parts: list[tuple[int, int, Decimal]] = []
    for sentence in draft.sentences:
        for found in INSTALMENT.finditer(sentence.text):
            clause = sentence.text[max(0, found.start() - 20) : found.end() + 10]
            if not NOT_INSTALMENT.search(clause) and re.search("付|款|定金|结算", sentence.text):
                parts.append(
                    (sentence.start + found.start(), sentence.start + found.end(), Decimal(found[1] or found[2]))
                )
        steps = list(STEP.finditer(sentence.text)) if ROW.search(sentence.text) else []
        if len(steps) > 1 and not NOT_INSTALMENT.search(sentence.text):
            told = {part[0] for part in parts}
            rows = [(sentence.start + one.start(), sentence.start + one.end(), Decimal(one[1])) for one in steps]
            parts += [one for one in rows if not any(one[0] <= place <= one[1] for place in told)]
    parts.sort()
    near = [part for part in parts if part[0] - parts[0][0] < 700]
    if len(near) < 2:
        return
    total = sum((part[2] for part in near), Decimal(0))
    rest = REST.search(draft.text, near[0][0], min(len(draft.text), near[-1][1] + 120))
    rest_has_share = rest and re.search(
        r"^[^。;]{0,16}\d%|^[^。;]{0,16}\d\d%", draft.text[rest.end() : rest.end() + 20]
    )
    if (total != 100 and not (rest and not rest_has_share and total < 100)) or total > 100:
        yield Hit("percent_sum", near[0][0], near[-1][1], params={"total": _plain(total)})


def dates(draft: Draft, kind: Recognised) -> Iterator[Hit]:
    """Days that no calendar has; a term that ends before it begins, or before signing; a length that is not that of
    its dates."""
    signed = term = None
    for sentence in draft.sentences:
        start = None
        for found in DATE.finditer(sentence.text):
            day = _day(found)
            place = (sentence.start + found.start(), sentence.start + found.end())
            if day is None:
                yield Hit("date_impossible", *place)
                continue
            lead = sentence.text[max(0, found.start() - 16) : found.start()]
            if SIGNED.search(lead):
                signed = signed or (day, *place)
            if ENDS.search(lead) and start is not None:
                if day < start[0]:
                    yield Hit("date_order", start[1], place[1])
                else:
                    yield from _length(sentence.text, sentence.start, found.end(), start, day)
                if TERM.search(sentence.text) or term is None:
                    term = term or (day, start[1], place[1])
            elif ENDS.search(lead) and TERM.search(sentence.text):
                term = term or (day, *place)
            if STARTS.search(lead) or start is None:
                start = (day, place[0])
    if signed and term and signed[0] > term[0]:
        yield Hit("date_order", term[1], term[2])


def _length(text: str, offset: int, after: int, start: tuple[dt.date, int], end: dt.date) -> Iterator[Hit]:
    found = LENGTH.search(text, after, after + 24)
    if (
        found is None
        or re.search("[。;]", text[after : found.start()])
        or re.search("保密|质保|之?后", text[after : found.end()])
    ):
        return
    said = _count(found[1]) * (12 if found[2] == "年" else 1)
    begins = start[0]
    months = (end.year - begins.year) * 12 + end.month - begins.month + (end.day >= begins.day)
    if said and abs(months - said) > 1 + said // 24:
        yield Hit("date_length", start[1], offset + found.end(), params={"said": str(said), "months": str(months)})


def _day(found: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _value(found: re.Match[str]) -> Decimal:
    if found[1]:
        return Decimal(found[1])
    return Decimal(_count(found[2])) if found[2] else Decimal(10 * DIGITS[found[3]])


def _count(words: str) -> int:
    """``12`` or ``十二`` to a number below a thousand."""
    if words.isascii():
        return int(words)
    total = digit = 0
    for letter in words:
        if letter in "十百":
            total += (digit or 1) * (10 if letter == "十" else 100)
            digit = 0
        else:
            digit = DIGITS.get(letter, 0)
    return total + digit


def _plain(total: Decimal) -> str:
    return format(total.normalize(), "f")
