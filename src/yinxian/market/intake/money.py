"""The budget in fen: what the company means to pay, not what it has, earned or already spent."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TypedDict

from yinxian.kernel.quantity.numerals import MULTIPLIERS, flatten, number_or_chinese

from .segments import Segment

MAX_FEN = 10**16
_NUM = r"[一二两三四五六七八九十百]{1,6}(?=[万亿])|\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?"
_AMOUNT = re.compile(
    rf"(?P<low>{_NUM})\s?(?P<m1>万|亿|千万|百万|千|[wW](?![A-Za-z]))?\s?元?\s?(?:(?:~|-{{1,2}}|至|到)\s?(?P<high>{_NUM}))?\s?多?余?(?P<m2>万|亿|千万|百万|千|[wW](?![A-Za-z]))?\s?(?:左右)?\s?(?P<yuan>元|人民币|RMB|CNY)?(?P<per>/|每)?",
)
_FOR = re.compile(
    r"预算|拟投|拟出资|计划投|预计投|预计(?:总)?(?:费用|经费)|投资额|拟投资|总投资|(?:研发|项目|技术|科研|研究)(?:总)?(?:经费|费用|资金|投入)|经费|(?:愿意?|能|可以?)(?:出|付|给|支付|投入)|出价|报价|"
    r"(?:服务|转让|许可|开发|咨询|技术|合作)费|报酬|合同(?:金额|额)|悬赏|揭榜(?:金额|额)|投入(?:研发)?(?:费用|经费|资金)|费用(?:控制|不超)|budget",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"总(?:预算|投资|投入|经费|额|费用|资金)|合计|共计|总计|预算(?:总额|金额|为|约|共)")
_NOT = re.compile(
    r"已|目前|累计|前期|到位|产值|销售|收入|利润|注册|资产|年产|节约|节省|降低|减少|税|损失|市场|成本|售价|单价|价格|奖|补贴|补助|贷款|融资|规模|增收|效益|年薪|历年|每年投入|"
    r"上年|去年|\d{4}年|捐"
)
_MIGHT = re.compile(
    r"^(?:以内|之内|以下|左右|上下)?(?:吧|的话)?(?:都|也|还|就)?"
    r"(?:可以|能|好|可)(?:谈|商量|接受|说|考虑|出)"
)
_SPEND = re.compile(
    r"(?P<before>[^，,。；;！\n]*?)(?:投入|投资|出资|拿出?|投|花费?)"
    r"(?:资金|经费|费用|研发|人民币|大?约|大概|不超过|不多于|最多|至多|总额|[:：\s])*$"
)
_WISHED = re.compile(r"打算|准备|预备|想|愿|可以?|能|拟|计划|希望|将|要|意向")
_PURPOSE = re.compile(
    r"解决|攻克|突破|搞定|用(?:于|来)|[做办]这|合作|联合|研发|开发|研制|改进|针对|该(?:项目|难题|问题|课题|技术)|此(?:项|题)|本(?:项目|课题|需求)"
)
_SPENT = re.compile(
    r"了(?!解)|过(?!程|滤|大|高|低)|已|建(?:成|设|有|起)|新建|扩建|购|买|引进|获|取得|成功|累计|前期|以前|此前|去年|上年|前年|近.{1,2}年|历年|每年|成立以来|"
    r"占(?:销售|营业|主营|年)|没有?(?:效果|解决)|仍|还是"
)
_WHO = re.compile(r"^[\s:：]*(?:我们?|本|该|企业|公司|单位|厂|司|方|资金|项目|技术|研发)*$")
_ALONE = re.compile(r"^(?:以内|之内|以下|左右|上下)(?:吧)?\s*(?:[，。；;,]|$)")
_MOST = re.compile(r"(?:最多|至多|不超过|顶多|封顶|上限)\s*$")
_TWO = re.compile(r"^([一二两三四五六七八])([二三四五六七八九])(十|百)?$")  # 四五十万: forty to fifty
_OF_WORK = re.compile(r"(?:的)?(?:研发|经费|预算|项目)")
_CLAUSE = re.compile(r"[，,。；;！\n]")


_SHARE = re.compile(r"占[^，,。；;]{0,6}(?:销售|营业|收入|营收)")
_OF_MONEY = re.compile(rf"{_FOR.pattern}|钱|[万亿]", re.IGNORECASE)


class Budget(TypedDict):
    low_fen: int
    high_fen: int


@dataclass(frozen=True)
class _Sum:
    quote: str
    low: int
    high: int
    total: bool
    headed: bool


def read_budget(segments: list[Segment]) -> tuple[Budget | None, list[str]]:
    """The stated budget and the words that say it. A total wins; else the items under the heading of the budget are
    added; else the largest amount that a word such as 预算 or 拟投入 governs. None and no words when nothing is said.
    """
    sums: list[_Sum] = []
    for segment in segments:
        if segment.role != "money" and not _OF_MONEY.search(segment.sentence.text):
            continue
        sums.extend(_sums(segment))
    if not sums:
        return None, []
    if totals := [one for one in sums if one.total]:
        best = max(totals, key=lambda one: one.high)
        return {"low_fen": best.low, "high_fen": best.high}, [best.quote]
    headed = [one for one in sums if one.headed]
    if len(headed) > 1:
        whole: Budget = {"low_fen": sum(one.low for one in headed), "high_fen": sum(one.high for one in headed)}
        return whole, [one.quote for one in headed]
    best = max(sums, key=lambda one: one.high)
    return {"low_fen": best.low, "high_fen": best.high}, [best.quote]


def _sums(segment: Segment) -> list[_Sum]:
    text = flatten(segment.sentence.text)
    found: list[_Sum] = []
    for match in _AMOUNT.finditer(text):
        multiplier = match["m2"] or match["m1"] or ""
        if match["per"] or (not match["yuan"] and multiplier not in ("万", "亿", "千万", "百万", "w", "W")):
            continue
        clause = _CLAUSE.split(text[max(0, match.start() - 30) : match.start()])[-1]
        wide = text[max(0, match.start() - 16) : match.start()]
        after = text[match.end() : match.end() + 8]
        said = match["m2"] or match["m1"] or ""
        alone = not clause.strip() and _ALONE.match(after)
        more = found and _MOST.search(clause)
        colloquial = said and segment.role != "background" and (_MIGHT.match(after) or alone or more)
        said_for = _FOR.search(clause) or _FOR.search(wide)
        of_work = _OF_WORK.match(after) and not _SPENT.search(text[match.end() :])
        to_spend = segment.role != "background" and _to_be_spent(text, clause, match.end())
        governed = bool(colloquial or said_for or of_work or to_spend)
        if _SHARE.search(text[: match.start()]):
            continue  # 研发投入占销售收入 5%，投入 2000 万元: what the firm spends every year
        if _NOT.search(clause) or not (governed or (segment.role == "money" and segment.headed)):
            continue
        low, high = _ends(match, multiplier)
        if low is not None and high is not None and 0 < max(low, high) <= MAX_FEN:
            total = bool(_TOTAL.search(clause)) and not re.search(r"分项|其中", clause)
            headed = segment.role == "money" and segment.headed
            begin = match.start() - len(clause.lstrip(" :：（(")) if len(clause) < 16 else match.start()
            quote = segment.sentence.text[begin : match.end()].strip(" :：，,。；")
            if found and _MOST.search(clause) and not total and low >= found[-1].high:
                found[-1] = replace(found[-1], high=high)  # 四五十万可以谈，最多六十万
                continue
            found.append(_Sum(quote, min(low, high), max(low, high), total, headed))
    return found


def _to_be_spent(text: str, clause: str, end: int) -> bool:
    """投入 200 万元 without 拟 or 计划: when it is wished or for this need, or stands alone; never what was spent."""
    spend = _SPEND.match(clause)
    if spend is None or _SPENT.search(clause) or _SPENT.search(text[end:]):
        return False
    if _WISHED.search(spend["before"]) or _PURPOSE.search(text[: end - 1]) or _PURPOSE.search(text[end:]):
        return True
    return bool(_WHO.match(spend["before"])) and not text[end:].strip(" 左右以内元。；;，,")


def _ends(match: re.Match[str], multiplier: str) -> tuple[int | None, int | None]:
    if not match["high"] and (two := _TWO.match(match["low"])):
        tens = two[3] or ""
        return _fen(two[1] + tens, multiplier), _fen(two[2] + tens, multiplier)
    low = _fen(match["low"], match["m1"] or multiplier)
    return low, _fen(match["high"], multiplier) if match["high"] else low


def _fen(digits: str, multiplier: str) -> int | None:
    value = number_or_chinese(digits)
    if value is None:
        return None
    return int(value * MULTIPLIERS.get({"w": "万", "W": "万"}.get(multiplier, multiplier), 1) * 100)
