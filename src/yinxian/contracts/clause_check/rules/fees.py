"""What a broker's contract leaves open or turns round (民法典 961 to 966; 技术合同司法解释 39)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..draft import Draft, denied
from ..findings import Hit
from ..kinds import Recognised

FEE = (
    "(?:中介(?:服务)?(?:费用?|报酬)|居间(?:服务)?(?:费用?|报酬)|佣金|经纪(?:费|报酬)|信息(?:费|服务费)|"
    "技术经理人(?:费用?|报酬|服务费)|撮合(?:费|服务费)|报酬|服务费|commission|fee)"
)
ITEMS: dict[str, str] = {
    "fee": r"\d+(?:\.\d+)?%|百分之[一二三四五六七八九十百零\d.]+|[\d,.]+\s*(?:万)?元|[壹贰叁肆伍陆柒捌玖]|千分之",
    "payer": f"(?:由|向)?(?:[甲乙丙]方|委托(?:方|人)|需方|供方|买方|卖方|双方|各方|client|buyer|supplier|"
    f"seller)[^。]{{0,30}}(?:支付|承担|给付|付给|pay)|{FEE}[^。]{{0,14}}由[^。]{{1,14}}(?:支付|承担|负担)|paid by",
    "trigger": "(?:合同成立|签订(?:后|之日|时)|签约(?:后|时|之日)|成交|到账|收到[^。]{0,14}(?:款|价款|费)|"
    "生效(?:后|之日)|促成|每(?:到账|收到)|验收(?:合格|通过)?后|首(?:笔|期)款|合同履行|upon|when|after)",
    "time": r"\d+\s*(?:个)?(?:工作)?日(?:内|之内)|[一二三四五六七八九十]+(?:个)?(?:工作)?日内|"
    r"\d+\s*(?:个)?月内|当日|当天|同时支付|立即支付|于?每(?:月|季)|within|days?",
    "costs": "(?:费用|成本|开支|差旅)[^。]{0,24}(?:自行?(?:承担|负担)|由[^。]{1,14}(?:承担|负担|报销)|包含在|"
    "不另|据实|实报)|包含[^。]{0,10}(?:费用|成本)|expenses|costs",
    "tail": "绕[开过]|跳单|规避|撇开|避开|甩开|(?:直接|私下|自行|另行)[^。]{0,16}(?:签约|订立|签订|成交|交易|"
    "合作|达成)|保护期|bypass|circumvent",
}
OPEN = re.compile(
    f"(?:{FEE})[^。]{{0,24}}?(?:另行(?:协商|商定|约定|商议|议定)|面议|再议|酌情|视[^,。]{{1,12}}(?:而定|情况|"
    f"确定)|协商确定|待定|日后(?:商|确)|届时(?:商|确|协)|适当(?:支付|给付)|合理(?:报酬|支付|确定))|"
    f"看着给|意思意思|(?:看|凭)[^,。]{{0,4}}(?:心情|良心|表现)[^,。]{{0,4}}给|(?:给|付|出)[^,。]{{0,8}}(?:一些|一点|些|点儿?)(?:辛苦费|好处费?|茶水费|跑腿费)|"
    f"(?:酌情|适当)(?:支付|给予)[^。]{{0,10}}{FEE}|(?:{FEE})[^.;]{{0,40}}(?:to be (?:agreed|determined|"
    f"negotiated)|agreed (?:later|separately))"
)
DUE_WITHOUT = re.compile(
    f"(?:无论|不论|不管)[^。]{{0,14}}(?:是否|能否|成(?:立)?与否|结果)[^。]{{0,22}}(?:均|都|皆|仍)?(?:应|须|需|"
    f"要)?[^。]{{0,8}}(?:支付|付|给付)[^。]{{0,12}}{FEE}|"
    f"(?:没(?:有)?(?:能)?(?:办|谈|做|促|撮合|签)成|没成|不成)[^。]{{0,14}}(?:也|仍|照样|照旧|同样|还)(?:得|要|应|须)?[^。]{{0,6}}"
    f"(?:支付|付|给|收)[^。]{{0,12}}(?:{FEE}|元|钱)|"
    f"(?:未(?:能)?(?:成立|签订|促成|成交)|不成立|没有成立)[^。]{{0,16}}(?:仍|也|亦|依然|照样)(?:应|须|需|"
    f"要)?[^。]{{0,8}}(?:支付|付|给付|收取)[^。]{{0,12}}{FEE}"
)
CONCEAL = re.compile(
    "(?:无需|无须|不必|没有义务|不负|不承担)[^。]{0,10}(?:核实|如实报告|报告|披露|告知)[^。]{0,16}(?:义务|"
    "责任|真实|信息|情况)?|(?:隐瞒|虚假)[^。]{0,20}(?:不影响|仍(?:有权|应))[^。]{0,12}(?:报酬|费)"
)
NO_TAIL = re.compile(
    "(?:绕[开过]|(?:直接|自己|自行|私下|单独)[^,。]{0,10}(?:签约|签订|签[了成下]|谈[成拢妥]|订立|成交|做成))[^。]{0,30}"
    "(?:无需|无须|不(?:再|必|予|用)?)[^。]{0,8}(?:支付|给付|付|给)[^。]{0,8}(?:报酬|费|佣金)"
)
MENTIONS = re.compile("中介(?:服务)?费|居间(?:服务)?费|佣金|技术经理人(?:的)?(?:报酬|服务费|费用)|中介报酬|居间报酬")


def fee_terms(draft: Draft, kind: Recognised) -> Iterator[Hit]:
    brokerage = kind.kind == "brokerage"
    for sentence in draft.sentences:
        text = sentence.text
        if not brokerage and not MENTIONS.search(text):
            continue
        for pattern, rule in (
            (OPEN, "fee_open"),
            (DUE_WITHOUT, "fee_without_contract"),
            (CONCEAL, "no_report"),
            (NO_TAIL, "no_tail"),
        ):
            found = pattern.search(text)
            if found and (rule != "fee_open" or not denied(text, found.start(), found.end())):
                item = "fee" if rule == "fee_open" else ""
                yield Hit(rule, sentence.start + found.start(), sentence.start + found.end(), item)
                break
    if brokerage and kind.whole:
        yield from _left_open(draft)


def _left_open(draft: Draft) -> Iterator[Hit]:
    """Each term that 961 to 966 would fill in the broker's disfavour or leave to dispute."""
    fees = [sentence for sentence in draft.sentences if re.search(FEE, sentence.text)]
    about = "。".join(sentence.text for sentence in fees)
    place = fees[0] if fees else draft.sentences[0]
    for item, words in ITEMS.items():
        where = draft.text if item in ("tail", "costs", "time") else about
        if not re.search(words, where):
            if item == "fee" and OPEN.search(draft.text):
                continue
            yield Hit("fee_open", place.start, place.start + len(place.text), item)
