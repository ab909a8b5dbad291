"""Amounts in figures and capitals, totals and parts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from yinxian.kernel.money import show_yuan

from ..draft import Draft
from ..findings import Hit
from ..kinds import Recognised

DIGITS = {
    letter: value
    for value, letters in enumerate(("零〇", "壹一", "贰二两", "叁三", "肆四", "伍五", "陆六", "柒七", "捌八", "玖九"))
    for letter in letters
}
PLACES = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
GROUPS = {"万": 10**4, "亿": 10**8}
LETTERS = "零〇壹一贰二两叁三肆四伍五陆六柒七捌八玖九拾十佰百仟千万亿"
CAPITALS = re.compile(
    f"[{LETTERS}]{{2,40}}(?:元|圆|块)(?:[{LETTERS}]角)?(?:零?[{LETTERS}]分)?整?正?|(?<=大写)[^,。]{{0,6}}?[{LETTERS}]{{2,40}}"
)
FIGURE = re.compile(
    r"(?:人民币|rmb|cny|¥|￥)?\s*(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d+)?)\s*(亿元?|千万元?|百万元?|万元?|元|圆|yuan)?"
)
LINK = re.compile(
    r"[\s(),:、]*(?:人民币|rmb|cny|¥|￥|大写|小写|即|计|整|正|元|圆|金额|为|共计|合计|:|数字)*[\s(),:、]*(?:人民币|rmb|cny|¥|￥|大写|小写|即|元|整)*[\s(),:、]*"
)
UNITS = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4}
TOTAL = re.compile(
    "(?:合同)?(?:总价款?|总金额|总额|总费用|总经费|总报酬|合同(?:价款|金额|价格)|价款总额|费用总额|经费和报酬总额|成交(?:总)?额|转让费总?额?|使用费总?额|服务费总?额|咨询费总?额)[^。;%]{0,26}?$"
)
SHARE_OF_TOTAL = re.compile(
    r"(?:总价款?|总额|总金额|合同(?:价款|金额|款|额|总价)|总费用|全部价款)的?\s*(\d{1,3}(?:\.\d+)?)%[^。;]{0,12}?(?:即|计|共计|为|,|\()"
)
INSTALMENT = re.compile(
    "第[一二三四五六1-6](?:期|笔|次)|首(?:期|付|笔)|定金|预付款?|尾款|余款|中期款?|进度款|签订|签约|生效|验收|交付|提交|中期|完成"
)
PARTS = re.compile("违约金|赔偿|罚|提成|利润|保险|注册资本|增值税|税额|上限|不超过")


@dataclass(frozen=True)
class Amount:
    start: int
    end: int
    fen: int
    capital: bool


def read_capitals(words: str) -> int | None:
    """``壹佰万元整`` or ``一百万元`` in fen; None when it is no number."""
    whole, _, rest = re.sub("[整正]", "", words).replace("圆", "元").replace("块", "元").partition("元")
    if not rest and re.search("[角分]", whole):
        return None  # less than a yuan is no price
    total = section = digit = 0
    seen = False
    for letter in whole:
        if letter in DIGITS:
            digit, seen = DIGITS[letter], True
        elif letter in PLACES:
            section += (digit or 1) * PLACES[letter]
            digit, seen = 0, True
        elif letter in GROUPS:
            unit = GROUPS[letter]
            total = (total + section + digit) * unit if unit == 10**8 else total + (section + digit) * unit
            section = digit = 0
    fen = (total + section + digit) * 100
    for value, unit_name in re.findall(f"([{LETTERS}])([角分])", rest):
        fen += DIGITS.get(value, 0) * (10 if unit_name == "角" else 1)
    return fen if seen else None


def amounts(text: str) -> list[Amount]:
    """Amounts of money in their order."""
    found = [
        Amount(hit.start(), hit.end(), fen, True)
        for hit in CAPITALS.finditer(text)
        if (fen := read_capitals(hit.group())) is not None and fen > 0
    ]
    for hit in FIGURE.finditer(text):
        unit = (hit[2] or "").rstrip("元圆")
        money = (
            (hit[2] and hit[2] not in ("yuan",))
            or "人民币" in hit.group()
            or re.search("rmb|cny|[¥￥]", hit.group())
            or hit[2]
        )
        after = text[hit.end() : hit.end() + 2]
        if (
            not money
            or (after[:1] and after[0] in "%年月日号个台套件")
            or (hit[2] == "万" and after and after[0] not in ",、)整( ")
        ):
            continue
        try:
            fen = int(Decimal(hit[1].replace(",", "")) * UNITS.get(unit, 1) * 100)
        except ArithmeticError:
            continue
        if 0 < fen < 10**18:
            found.append(Amount(hit.start(), hit.end(), fen, False))
    return sorted(found, key=lambda amount: amount.start)


def amounts_differ(draft: Draft, kind: Recognised) -> Iterator[Hit]:
    """Figures beside capitals; a share of the total beside its amount; totals that the draft states twice."""
    totals: list[tuple[int, int, int]] = []
    flagged: list[tuple[int, int]] = []
    for sentence in draft.sentences:
        found = amounts(sentence.text)
        for one, other in itertools.pairwise(found):
            between = sentence.text[one.end : other.start]
            if one.capital != other.capital and len(between) <= 16 and LINK.fullmatch(between) and one.fen != other.fen:
                flagged.append((sentence.start + one.start, sentence.start + other.end))
                yield Hit(
                    "amount_words", *flagged[-1], params={"one": show_yuan(one.fen), "other": show_yuan(other.fen)}
                )
        for amount in found:
            if TOTAL.search(sentence.text[max(0, amount.start - 34) : amount.start]) and not PARTS.search(
                sentence.text[max(0, amount.start - 20) : amount.start]
            ):
                totals.append((sentence.start + amount.start, sentence.start + amount.end, amount.fen))
    known = {fen for start, end, fen in totals if not any(a <= start < b for a, b in flagged)}
    if len(known) > 1:
        first = totals[0][2]
        start, end, second = next(found for found in totals if found[2] != first)
        yield Hit("amount_total", start, end, params={"one": show_yuan(first), "other": show_yuan(second)})
    if len(known) == 1:
        yield from _shares(draft, known.pop(), flagged)


def _shares(draft: Draft, total: int, flagged: list[tuple[int, int]]) -> Iterator[Hit]:
    for sentence in draft.sentences:
        for share in SHARE_OF_TOTAL.finditer(sentence.text):
            beside = next((a for a in amounts(sentence.text) if 0 <= a.start - share.end() <= 10), None)
            if beside is None:
                continue
            owed = int(total * Decimal(share[1]) / 100)
            if abs(owed - beside.fen) > 100 and beside.fen != total:
                params = {"one": show_yuan(owed), "other": show_yuan(beside.fen)}
                yield Hit("amount_share", sentence.start + share.start(), sentence.start + beside.end, params=params)


def instalments_differ(draft: Draft, kind: Recognised) -> Iterator[Hit]:
    """Instalments in amounts that do not add up to the total."""
    total = None
    parts: list[tuple[int, int, int]] = []
    for sentence in draft.sentences:
        for amount in amounts(sentence.text):
            lead = sentence.text[max(0, amount.start - 34) : amount.start]
            if amount.capital or PARTS.search(lead):
                continue
            if TOTAL.search(lead):
                total = total or amount.fen
            elif re.search("支付|付|款|定金", lead) and INSTALMENT.search(lead):
                parts.append((sentence.start + amount.start, sentence.start + amount.end, amount.fen))
    if total is None or len(parts) < 2 or re.search("余款|剩余|其余|尾款(?![^。]{0,12}\\d)", draft.text):
        return
    made = sum(fen for _start, _end, fen in parts)
    if made != total:
        params = {"one": show_yuan(total), "other": show_yuan(made)}
        yield Hit("instalments", parts[0][0], parts[-1][1], params=params)
