"""When money flows: only after acceptance, or without a deposit (民法典 846, 858)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..draft import Draft, Sentence, denied
from ..findings import Hit
from ..kinds import Recognised

PAY = re.compile(
    r"支付|付清|付款|结清|付给|打款|汇付|汇入|结算|给付|付讫|兑付|付至|拨付|支取|付(?=全款|合同|总|余|尾|钱|费|足|给|\d)|给(?:你们?|他们|对方|[甲乙丙]方)?钱|结账|"
    r"\bpa(?:y|id|yable|yment)s?\b"
)
LATE = re.compile(
    "(?:通过|经|完成|组织)[^,]{0,12}验收|(?<!不以)验收(?:合格|通过|完成|完毕|报告|之日|结束|证书|单|后)|终验|"
    "结题|鉴定(?:通过|合格)?后|"
    "投产|达产|量产|见效|产生(?:经济)?(?:效益|收益)|(?:项目|工作|研发|开发|服务)(?:全部)?(?:完成|结束|成功|"
    "完结)(?:之?后|的?.{0,4}日内|时)|"
    "全部(?:完成|交付)(?:之?后)?|完工|完全满意|(?:甲方|委托方)满意|(?:客户|业主|最终用户|下游|第三方|上级)[^,"
    "]{0,10}(?:回款|付款|拨款|款项|资金|工程款|货款|的?钱)|回款|"
    "融资到位|(?:补贴|补助|资助|拨款|专项资金)[^,。]{0,6}(?:发给|发放|发下|拨给|拨下|拨付|下达|下来)|收到[^,。]{0,12}(?:补助|补贴|资助|拨款|专项)[^,。]{0,4}(?:资金|款)?(?:之?后)|(?:补贴|资助|"
    "财政资金|专项资金)[^,]{0,4}到[账位]|(?:试运行|运行|使用|质保)[^,]{0,10}(?:月|年|天|日|期)?(?:期)?满|"
    r"(?:after|upon|following|on)[^.;,]{0,30}(?:acceptance|completion)"
)
EARLY = re.compile(
    r"(?:签约|签订|签署|生效)(?:之?后|之?日|时)?[^,、。\d]{0,4}\d{1,3}(?:\.\d+)?%|"
    "(?:于|在)(?:签约|签订|签署|生效)(?:时|后)?、[^。]{0,30}?(?:支付|付)|"
    "(?:签订|签署|签约|生效|签字|盖章|订立|合同成立|签(?:好|完|了|下)?(?:字|合同|协议))(?:本?合同|本?协议)?(?:之?后|之?日|当日|时|起|的)?[^。"
    "]{0,34}?(?:支付|预付|付款|汇|打款|拨付|付(?=\\d|合同|总))"
    "|(?:支付|付)[^。]{0,12}(?:定金|预付款|首付款?|首期款|启动资金|入门费|订金)|(?:定金|预付款?|首付款?|"
    "首期款?|第[一1](?:期|笔|次)款?|启动(?:资金|款|费)|前期(?:费用|款)|入门费|开工款|订金|预付)"
    "[^。]{0,40}?(?:%|元|支付|付|百分之|成)|开工前[^。]{0,16}(?:支付|付)"
    r"|(?:upon|on|after|following|within[^.;]{0,20}of)[^.;,]{0,24}(?:signing|signature|execution|effective "
    r"date)[^.;]{0,40}pa(?:y|id)|\bpa(?:y|ys|id|yable)\b[^.;]{0,40}(?:within[^.;,]{0,20}of|upon|on|at|after)[^.;,]{0,16}(?:signing|signature|"
    r"execution|effective date)|\b(?:deposit|down ?payment|advance payment|upfront)\b"
)
SOON = re.compile("(?:签订|签署|签约|生效|签字|盖章|订立|签(?:好|完|了|下)?(?:字|合同|协议))[^。]{0,24}(?:支付|付)")
MIDDLE = re.compile(
    "中期|阶段|样[机件品]|交付|里程碑|进度|提交|初稿|小试|中试|安装|调试|到货|milestone|delivery|interim"
)
FULL = re.compile(
    "全部|全额|一次性|总(?:价|额|款|费用)|100%|百分之百|全款|所有|合同(?:价款|款项|金额|款|额)|(?:研发|"
    "研究开发|开发|服务|咨询|转让|许可|技术|培训)(?:费用?|报酬|价款|经费)|报酬|费用|款项|价款|付款|"
    r"\ball\b|\bfull\b|\bentire\b|\blump sum\b|contract price|\bfee"
)
PART = re.compile(
    r"余款|尾款|剩余|余额|余下|其余|余[^,]{0,3}(?:%|元)|质保金|保证金|第[二三四五2-5](?:期|笔|次)|balance|"
    r"remaining|retention|final instal"
)
PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)%")
OUTRIGHT = re.compile(
    "先行?垫付|垫资|先(?:做|干|研发|开发|实施|交付)(?:事)?[,]?后(?:付|结|给)(?:款|费|钱|账)?|"
    "见效(?:果)?(?:之?后)?(?:再)?付(?:款|费)|后付费|不验收不付|"
    "(?:付款|支付|给付)(?:的)?(?:义务|责任)?[^,。]{0,8}(?<!不)以[^。]{2,34}?(?:为|作为)(?:前提|条件|依据)|"
    "(?:自掏腰包|自己(?:掏|出|垫|贴)钱?|自行出资|自家出钱)[^。]{0,24}(?:研|做|试|开发|实施|完成|搞|搭)|"
    "(?:没|未|不)(?:有)?(?:发|拨|到账?|给|收到|回款)[^。]{0,8}(?:就|则|便|即)不(?:付|给|结)|"
    "在此之前[^,。]{0,12}(?:不得|无权|不能|别)[^,。]{0,6}(?:催|要|索要?|请)(?:款|钱|费|付)|"
    "(?:自筹|自带|自备|垫付)(?:全部|一切|所有)?(?:的)?(?:费用|资金|经费|成本)(?:完成|研制|研发|开发|实施)|"
    "先?垫(?:着|上|出)[^。]{0,4}[做弄干搞]|(?:卖[出掉完了]|出了货|赚[到了]|挣[到了]|钱(?:回来|到手|进来)|回了本)[^。]{0,14}?(?:再|才)[^,。]{0,8}?(?:算|给|付|结|打)|"
    "(?:点头|满意|满月|跑满|跑[顺通稳]|转起来|用[顺好]了?|没毛病|过关|看见效果)[^。]{0,14}?(?:再|才)[^,。]{0,8}?(?:给|付|结|打)[^,。]{0,6}(?:钱|款|账|费)|"
    "(?:验收|通过|合格|满意|见效|投产)[^,。]{0,10}(?:再|方可?|才)(?:予以?|能|行)?(?:支付|付款|结算|付)|pay "
    "only (?:after|upon)"
)
NONE = re.compile(
    "(?:不设|不付|不支付|不收取?|不约定|无需(?:支付|缴纳)?|无须(?:支付)?|免(?:付|收|缴)|没有|不要求|不预付|"
    "不另付|不提供|无)(?:甲方|买方|委托方)?(?:支付)?(?:任何)?(?:的)?(?:形式的)?"
    "(?:定金|预付款?|预付费用|首付款?|订金|前期(?:费用|款项?)|启动(?:资金|款)|开工款|首期款)|零(?:定金|预付|首付)|"
    "(?:定金|预付款|首付款|首期款)[^,。]{0,6}(?:为零|0元|(?<!\\d)0%|不设|不付|不支付|免付|免收)|(?:自行|"
    "先行)?(?:垫付|垫资)|"
    "(?:不|别)(?:给|掏|出|付|拿)(?:一分|分文|一文|半分)钱?|(?:一分|分文|一文)钱?(?:都|也)?不(?:给|掏|出|付|拿)(?!,?不(?:成|过))|"
    "(?:签约|签订|签署|生效|启动|开工)(?:时|之?前|之?初|之?际|阶段)?[^,。]{0,8}(?:无需|无须|不需|不必|不发生|不产生|不用|不)(?:再)?(?:支付|付款?|发生)?"
    "(?:任何)?(?:款项|费用|付款|资金|款)(?!的?(?:利息|违约金))|"
    r"no (?:deposit|advance|down ?payment|prepayment|upfront)"
)
NOT_YET = re.compile("(?:无需|无须|不必|不需|不用|免于|暂不|不发生|不产生|不予)[^,。]{0,10}(?:支付|付|预付)")
UNRELATED = re.compile("退还|返还|退款|退回|违约金|赔偿|滞纳金|利息|税|社保|工资|年费|发票|奖励|提成|分成|拖欠|逾期")
ROYALTY = re.compile("提成|销售额的|royalt")
APPLIES = ("development", "assignment", "licence", "consulting", "service", "training", "")


def _timed(draft: Draft) -> Iterator[tuple[Sentence, str]]:
    """Sentences that say when money is paid: early, middle, late, or unknown."""
    for sentence in draft.sentences:
        text = sentence.text
        early = _early(text)
        if early:
            yield sentence, "early"
        elif PAY.search(text) and not UNRELATED.search(text):
            if (late := LATE.search(text)) and denied(text, late.start(), late.end(), 14):
                yield sentence, "unknown"
            elif late:
                yield sentence, "unknown" if PART.search(text) and not PERCENT.search(text) else "late"
            elif MIDDLE.search(text) and not NOT_YET.search(text):
                yield sentence, "middle"
            elif PERCENT.search(text) or re.search(r"\d元", text):
                yield sentence, "unknown"


def _early(text: str) -> bool:
    for found in EARLY.finditer(text):
        between = found.group()
        clause = re.split("[,:]", text[: found.end()])[-1]
        listed = between.startswith(("于", "在"))  # 于签约、交样、结题时分别支付: the first of them is early
        if (
            (LATE.search(between) and not listed)
            or (LATE.search(clause) and not SOON.search(clause))
            or LATE.search(text[found.end() : found.end() + 4])
        ):
            continue
        if NOT_YET.search(between):
            continue
        if NONE.search(text[max(0, found.start() - 10) : found.end() + 8]) or denied(
            text, found.start(), found.end(), 12
        ):
            continue
        if re.search("验收|合格|见效|回款", text[max(0, found.start() - 14) : found.start()]) and not re.search(
            "签|生效", between
        ):
            continue
        return True
    return False


def late_payment(draft: Draft, kind: Recognised) -> Iterator[Hit]:
    if kind.sub_kind == "try_first" or kind.kind in ("nda", "intent", "team"):
        return
    timed = list(_timed(draft))
    early = any(when == "early" for _sentence, when in timed)
    first = True
    for sentence in draft.sentences:
        if (
            (found := OUTRIGHT.search(sentence.text))
            and not denied(sentence.text, found.start(), found.end())
            and not PART.search(sentence.text)
        ):
            yield Hit("pay_after_acceptance", sentence.start + found.start(), sentence.start + found.end())
            first = False
    others = any(when in ("middle", "unknown") for _sentence, when in timed)
    if early or others or not first:
        return
    for sentence, when in timed:
        found = LATE.search(sentence.text)
        if when != "late" or found is None or _partly(sentence.text) or not FULL.search(sentence.text):
            continue
        pay = PAY.search(sentence.text, found.start()) or PAY.search(sentence.text)
        if (
            pay is None
            or denied(sentence.text, pay.start(), pay.end(), 10)
            or re.search("不以[^,]{0,14}验收|无论是否验收|不得以", sentence.text)
        ):
            continue
        start, end = min(found.start(), pay.start()), max(found.end(), pay.end())
        yield Hit("pay_after_acceptance", sentence.start + start, sentence.start + end)
        return


def _partly(text: str) -> bool:
    shares = [(Decimal(found[1]), found.start()) for found in PERCENT.finditer(text)]
    if PART.search(text) or not shares:
        return bool(PART.search(text))
    late = [share for share, place in shares if LATE.search(text, max(0, place - 34), place)]
    return sum(late) < 90


def no_deposit(draft: Draft, kind: Recognised) -> Iterator[Hit]:
    if kind.kind not in APPLIES or kind.sub_kind == "try_first":
        return
    for sentence in draft.sentences:
        if found := NONE.search(sentence.text):
            yield Hit("no_deposit", sentence.start + found.start(), sentence.start + found.end())
            return
    timed = list(_timed(draft))
    outright = next(late_payment(draft, kind), None)
    if outright and not any(when == "early" for _sentence, when in timed):
        yield Hit("no_deposit", outright.start, outright.end)
        return
    whens = [when for _sentence, when in timed]
    if "early" in whens or "unknown" in whens or not {"late", "middle"} & set(whens):
        return
    if kind.kind == "licence" and ROYALTY.search(draft.text):
        return
    sentence = next(found for found, when in timed if when in ("middle", "late"))
    if re.search("不以[^,]{0,14}验收|不得以|无论是否", sentence.text):
        return
    place = PAY.search(sentence.text)
    assert place is not None  # it is timed because it says that something is paid
    yield Hit("no_deposit", sentence.start, sentence.start + place.end())
