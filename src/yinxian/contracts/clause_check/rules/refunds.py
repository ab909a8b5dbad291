"""Bets on the outcome: money back, or no pay, when research fails (民法典 858)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..draft import Draft, Sentence, denied
from ..findings import Hit
from ..kinds import Recognised
from .fees import MENTIONS

FAIL = (
    "(?:失败|否定|不予认可|未获认可|落选|落空|驳回|否决|失利|流产|夭折|泡汤|"
    "不(?:成功|达标?|合格|能(?!按|擅)|尽如人意|尽人意|如预期|及预期|通过|理想|符合|满意|予立项|予授权|予批准|予通过|起效|见效|够)|"
    "未(?:能?(?:获|促成|通过|达|实现|成功|完成|取得|中标|立项|授权|过|成|满足|见效|起效|"
    "如期(?:量产|投产)|量产|投产|落地|上市)|获|见成效)|"
    "没(?:有)?(?:获得?)?(?:成功|通过|达|效果|实现|取得|拿到|过|成|做成|立项|授权|批|中标|中)|无(?:法|效果?)|"
    "[拿办做过达评考搞弄干调测](?:不到|不成|不过|不下|不了|不出来?|不好|不够)|[挂撑顶扛守保立稳站粘附]不(?:住|稳|牢)|不达(?!成)|低于[^,]{1,12}|"
    # what goes wrong with a thing that was made
    "(?:起|脱|掉)(?:皮|壳|渣|色)|[脱剥散]落|[开断碎]裂|裂[缝开纹]|漏[水油气液电]|渗漏|[生发]锈|变形|褪色|报废|趴窝|停摆|坏[了掉]|出(?:问题|毛病|故障|岔子|差错)|"
    r"\bfail\w*|\bmiss(?:es|ed)?\b|\bfalls? short\b|\bshort of\b|"
    r"\bunsuccessful\b|\bnot (?:be )?(?:achieve|meet|pass|approve|succeed|reach|grant)\w*)"
)
BACK = (
    "(?:怎么(?:来|收|拿)的?,?怎么(?:回去?|退回?|还回?)|(?:从)?哪(?:里|儿)?来的?,?(?:退|还|回)(?:到)?哪(?:里|儿)?去?|奉还|转回|交回|还给|还予|付回|打回|汇回|送回|划回|转还|璧还|吐回|赔还|退还|返还|退回|退赔|退给|返给|归还|交还|吐出|退全款|全额退|如数退|悉数退|原路退|无条件退|退款|退费|退钱|全退|"
    r"\brefund\w*|\breturn(?:s|ed)?\b|\brepa(?:y|id|ys)\b|\breimburse\w*|"
    r"\b(?:go|goes|going|come|comes|be|is|are) (?:sent |given |paid |handed )?back\b|\b(?:give|hand|pay|send)s? back\b)"
)
SCOPE = (
    "(?:先前|此前|前面|之前|已经?)[^,]{0,4}给的?钱|钱[^,]{0,3}(?:全|都|一律|统统|通通)|(?:全都?|统统|通通|一律)(?:给我|给[甲乙]方|要|得)?(?:退|吐|还)|"
    "(?:怎么来|哪(?:里|儿)?来|一[分文]钱?(?:都|也)?(?:不|别)(?:能|得|准|许|该)?(?:留|少|扣|欠|剩)|(?:已|前面|先前|此前)[^,]{0,4}?(?:拿走|收下|付|"
    "进账|入袋|打过去)的?钱?|连同[^,]{0,6}利息|\\bevery\\b|\\beach\\b|全部|全额|所有|一切|一分不少|分文不少|分文不留|一分不留|每一分|各(?:期|笔)款|入账款|收到的|全款|全数|悉数|如数|原数|已(?:经)?(?:收取?|支付|付|到账|拨付)|"
    "所(?:收|付|支付|拨)|收取的|支付的|100%|百分之百|"
    r"本金|加倍|双倍|两倍|\ball\b|\bany\b|\bfull\b|\bentire\b|\bwhole\b|\bpaid\b|\breceived\b)"
)
# Partial, of things and not of money, or the answer to a breach and not to a failure.
FAIR = re.compile(
    "定金罚则|双倍返还定金|返还双倍定金|保证金|押金|余[额款]|剩余|多(?:收|付|支)|未(?:履行|使用|发生|提供|"
    "完成)[^,]{0,8}(?:部分|费用|款|经费|服务)|结余|节余|扣除|"
    "(?:资料|样[品机件本]|图纸|文件|载体|设备|数据|信息|副本|复制件|原件)|按比例|相应(?:部分|"
    "阶段)?的?(?:费用|款项|价款)|合理(?:费用|分担)|"
    "故意|欺诈|隐瞒|虚假|侵权|泄密|擅自|抄袭|重大过失|unused|unspent|balance|pro rata|confidential|"
    "documents?|materials?|deposit"
)
BET = re.compile(
    "对赌|业绩补偿|业绩承诺|估值调整|兜底(?!责任|赔偿|条款)|保底(?!提成|使用费|许可费|费|的?提成|的?使用费)|保本(?:保?息|"
    "保收益)?|刚性兑付|"
    "(?:按|以)[^,]{0,10}(?:价|款|金额|利率|收益率|年化|年息|本金|利息)[^,]{0,14}(?:回购|购回|买回|赎回)|回购(?:甲方|投资方|全部|其)[^,]{0,10}(?:股|"
    "份|投资)|承担回购|"
    "(?:补足|补偿|弥补)[^,]{0,8}差额|(?:原价|溢价|加息|连本带息)[^,]{0,6}(?:收回|买回|购回|接回)|"
    "差额[^,]{0,8}(?:由[^,]{1,8})?(?:补足|补偿)|performance bet|buy-?back"
)
NO_WIN = re.compile(
    "不(?:成功|成|达标|达效|通过|过|见效|满意|合格|成交|落地|授权|立项|中标|获批|起效)[,]?[^,。]{0,6}?(?:就|"
    "则|概|一律|便|即)?"
    "(?:不(?:收|付|给|支付|结算|取|计)[^,。]{0,6}?(?:费|款|钱|酬|分文|一分)|分文不[收取付给]|免费|免单|退款|"
    "退费|全退|全额退|一分不[收付给])"
    r"|no (?:cure|success|win)[, ]+no (?:pay|fee)"
)
IN_VAIN = re.compile(
    FAIL + "[^。]{0,16}?(?:(?:就|都|也|算|等于|当)[^,。]{0,4}白(?:干|忙|做|搞|跑|弄)|"
    "(?:就|我|都|也)?(?:一分钱?|分文)?(?:都|也)?不(?:给|付|出)(?:一分|半分|分文)?(?:钱|工钱)|(?:别|休)想[^,。]{0,4}拿[^,。]{0,6}钱)"
)
NO_PAY = re.compile(
    FAIL + "[^。]{0,30}?(?:无需|无须|不必|不再|不予|免于|免除|有权(?:拒绝|拒不|不予?)|可以?(?:拒绝|不予?)|"
    "不)(?:[^,。]{0,4})(?:支付|付款|结算|给付)"
    "(?:任何|全部|一切|合同|其他|相应|研发|开发|服务)*(?:的)?(?:费用|款项|价款|报酬|经费|合同款|款)"
)
RATHER = re.compile("当期|该期|本期|剩余|余款|尾款|后续|下一|余下")
CONDITION = re.compile(
    FAIL + "|(?:要是|万一|但凡|哪怕)(?![^,。]{0,10}(?:违约|反悔|不想|不干|中途|提前|撤|拖|逾期))[^,。]{1,10}"
)
REFUND = re.compile(BACK)
SCOPED = re.compile(SCOPE)
SELF_SAID = re.compile("退款|退费|退钱|全退|退全款|refund")
AGREED_NOT_FORMED = re.compile(
    "(?:技术合同|合同|交易|协议)[^,。]{0,6}(?:未|没有|不)(?:能)?(?:成立|订立|签订)|未(?:能)?促成"
)


NOT_FORMED = re.compile(  # 964: a broker who brings about nothing has no fee; that is no bet
    AGREED_NOT_FORMED.pattern + "|(?:合同|协议|买卖|生意|单子)[^,。]{0,4}[签谈订做](?:不成|不下来|不拢)"
)


def refund_on_failure(draft: Draft, kind: Recognised) -> Iterator[Hit]:
    brokered = kind.kind == "brokerage" or bool(MENTIONS.search(draft.text))
    for index, sentence in enumerate(draft.sentences):
        text = sentence.text
        for found in (hit for pattern in (BET, NO_WIN, IN_VAIN) for hit in pattern.finditer(text)):
            if RATHER.search(found.group()) or (brokered and NOT_FORMED.search(text)):
                continue
            if not denied(text, found.start(), found.end()):
                yield Hit("refund", sentence.start + found.start(), sentence.start + found.end())
                break
        else:
            yield from _money_back(draft, index, sentence, kind)


def _money_back(draft: Draft, index: int, sentence: Sentence, kind: Recognised) -> Iterator[Hit]:
    text = sentence.text
    brokered = kind.kind == "brokerage" and AGREED_NOT_FORMED.search(text)
    masked = CONDITION.sub(lambda found: "□" * len(found.group()), text)  # 没过全退: the condition denies nothing
    for found in REFUND.finditer(text):
        far = text[max(0, found.start() - 24) : found.end() + 24]
        if FAIR.search(far) or denied(masked, found.start(), found.end()) or brokered:
            continue
        before = draft.before(index)
        cause = (
            CONDITION.search(text)
            or (before and "否则" in text and CONDITION.search(before.text))
            or "否则" in text[: found.start()]
        )
        refused_before = (
            before is not None
            and text.startswith(("上述", "前述", "此时", "届时", "如此"))
            and CONDITION.search(before.text)
        )
        if (cause or refused_before) and (SCOPED.search(far) or SELF_SAID.search(found.group())):
            yield Hit("refund", sentence.start + found.start(), sentence.start + min(len(text), found.end() + 14))
            return
    for found in NO_PAY.finditer(text):
        if not (RATHER.search(found.group()) or brokered or AGREED_NOT_FORMED.search(text)):
            yield Hit("refund", sentence.start + found.start(), sentence.start + found.end())
            return
