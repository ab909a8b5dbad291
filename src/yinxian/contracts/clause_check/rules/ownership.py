"""Who owns what comes out: where a draft leaves the law's balance (民法典 849, 850, 859 to 861, 875, 885)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..draft import Draft, denied
from ..findings import Hit
from ..kinds import Recognised

RESULTS = (
    "(?:知识产权|专利(?:权|申请权)?|申请专利的权利|研[发究](?:开发)?成果|开发成果|技术成果|技术秘密|成果|"
    "(?:搞|做|写|弄|研|试|调|改|琢磨|鼓捣)出来?的(?:一切|所有|全部|任何)?(?:东西|玩意|成果|程序|软件|数据|配方|方子|工艺|图纸)|"
    "发明创造|著作权|版权|新成果|所有权|"
    "intellectual property|inventions?|results?|patents?)"
)
WHOLLY = re.compile(
    "统统|通通|全都|全部|全(?=归|是|由|给)|一切|所有(?!权)|均|独家|单独|独占|完全|永久|排他|无偿|自动|exclusive|solely|\\ball\\b"
)
# What a developer keeps or gets for what it gives up.
RETURNS = re.compile(
    "优先受让|优先权|免费实施|有权(?:免费|无偿|继续)?(?:使用|实施)|可以?(?:免费|无偿|依法|自行)?(?:使用|"
    "实施)|科研(?:教学|和教学|目的|使用)?|后续研究|署名(?!权由|权归)|"
    "收益(?:分享|分配|的)|分享收益|奖励|另行(?:支付)?(?:补偿|报酬|付酬)|对价|补偿金?|转让费|许可费|"
    "共同(?:享有|所有|申请)|双方(?:共有|共同)|各自"
)
IMPROVE = (
    "(?:改(?:进|动|装)?出来的(?:新?东西|玩意|成果|技术)?|后续改进|改进(?:的)?(?:成果|技术|部分)?|改良|二次开发|衍生|"
    "升级|优化成果|新(?:的)?(?:技术)?成果|improvements?)"
)
BAN_IMPROVE = re.compile(
    "(?:不得|禁止|不允许|无权|不可|严禁|放弃)(?:[^,。]{0,20})(?:改进|改良|二次开发|后续(?:研究|开发|改进|"
    "研发)|新(?:的)?研究)|"
    "(?:不得|禁止|不允许|无权|不可|严禁)[^,。]{0,12}(?:从事|开展|进行|参与|研究|研发|开发)[^,。]{0,"
    "12}(?:同类|类似|竞争性|相同或类似|同领域|相关(?:领域|技术))[^,。]{0,8}(?:研究|研发|开发|技术|产品)|"
    "不(?:再|得)?(?:从事|开展|进行|参与)[^,。]{0,12}(?:同类|类似|竞争性)[^,。]{0,8}(?:研究|研发|开发)|"
    "(?:不得|禁止|不允许)[^,。]{0,6}(?:从|向)[^,。]{0,8}(?:他人|第三方|第三人|其他(?:来源|渠道|单位))[^,。"
    "]{0,10}(?:获得|取得|采购|引进|购买)[^,。]{0,8}技术"
)
NAME_RIGHT = re.compile(
    "(?:放弃|不享有|不再享有|丧失|无)(?:[^,。]{0,10})(?:署名权|署名|荣誉|完成者(?:的)?身份|发明人(?:身份|"
    "资格|署名))|(?:不得|无权|不能|不许|不准)[^,。]{0,8}(?:主张|要求)?署名"
)
NO_USE = re.compile(
    "(?:不得|无权|禁止|不再享有|不享有)[^,。]{0,12}(?:使用|实施|利用)[^,。]{0,14}(?:成果|技术秘密|该技术|"
    "上述技术|项目技术|研发技术)|(?:不得|无权|不能|不许|不准)(?:再|自己|私自)?[^,。]{0,3}用(?=$|[,。])"
)
FREE_GRANT = re.compile(
    f"{IMPROVE}[^。]{{0,30}}?(?:(?:无偿|免费)[^,。]{{0,6}}(?:归|转让|许可|提供|回授|交付|授予)|白(?:给|送|让|归))|(?:无偿|免费)[^,。"
    f"]{{0,16}}(?:回授|转让|提供|许可)[^,。]{{0,10}}{IMPROVE}|"
    f"(?:grant|assign|transfer)\\w*[^.;]{{0,50}}improvements?[^.;]{{0,40}}(?:free of charge|without (?:charge|"
    f"compensation|consideration))"
)
IMPROVED = IMPROVE.replace("|新(?:的)?(?:技术)?成果", "")
TO = (
    "(?:[^。,]{0,22}?)(?:(?:统统|通通|全都|都|全)是(?=[^。,]{1,10}的(?:$|[,。]))|"
    "归|属于?|归属于?|由|vests? in|belongs? to|owned by|property of)"
)
TAKES_EARLIER = re.compile(
    "(?:背景(?:技术|知识产权|专利)|(?:签订|订立|签署|生效|合作)(?:之?前|以前)[^,。]{0,16}(?:技术|成果|专利|知识产权|软件)|"
    "(?:此前|先前|以往|原先|原有|既有|已有|存量|名下|自有)[^,。]{0,14}(?:技术|成果|专利|知识产权|软件))[^。]{0,28}?"
    "(?:一并|一律|均|也|亦|同样|全部|悉数|同时|自动)[^,。]{0,6}(?:转?归|归属|属于?|移转|转让)"
)
NOT_RESULTS = re.compile(
    "背景(?:知识产权|技术)|原有|既有|此前|本合同签订前|签订之前|已有(?:的)?(?:知识产权|技术|成果)|各自|标识|"
    "商标|提供的(?:数据|资料|样品)|设备|器材|background"
)


def ownership(draft: Draft, kind: Recognised) -> Iterator[Hit]:
    if kind.kind in ("nda", "intent", "team", "brokerage"):
        return
    for index, sentence in enumerate(draft.sentences):
        for rule, start, end in _in(sentence.text, draft.around(index), kind):
            yield Hit(rule, sentence.start + start, sentence.start + end)
            break


def _returned(near: str) -> bool:
    """Whether the developer keeps or gets something for what it gives up; 不能署名 gives nothing."""
    return any(not denied(near, found.start(), found.end()) for found in RETURNS.finditer(near))


def _in(text: str, near: str, kind: Recognised) -> Iterator[tuple[str, int, int]]:
    for pattern, rule in ((BAN_IMPROVE, "ban_improve"), (NAME_RIGHT, "name_right"), (FREE_GRANT, "grant_back")):
        for found in pattern.finditer(text):
            if re.search("不得(?:以[^,。]{0,10})?限制|不(?:得|应)禁止|one party may not restrict", text[: found.end()]):
                continue
            if rule == "ban_improve" and re.search("未经[^,。]{0,12}(?:同意|许可)|保密期|竞业", text):
                continue
            yield rule, found.start(), found.end()
    for found in TAKES_EARLIER.finditer(text):
        theirs = re.search(f"(?:{kind.client})(?:提供|自有|原有|此前|先前)?的?$", text[: found.start()])
        kept = theirs or re.search("各自|原(?:权利人|所有人|持有人|归属)|提供方|仍", found.group())
        to = re.match(f"(?:{kind.client})", text[found.end() :])
        if not kept and to and not denied(text, found.start(), found.end()):
            yield "developer_right", found.start(), found.end()
            return
    if NOT_RESULTS.search(text):
        return
    yield from _improvements_to_the_giver(text, kind)
    if kind.kind in ("development", ""):
        yield from _developed(text, near, kind)
    elif kind.kind in ("consulting", "service", "training"):
        yield from _served(text, near, kind)


def _improvements_to_the_giver(text: str, kind: Recognised) -> Iterator[tuple[str, int, int]]:
    """875: an improvement belongs to who made it; the other has no share unless that is agreed, and not for nothing."""
    words = IMPROVE if kind.kind in ("licence", "assignment") else IMPROVED
    for made_by, given_to in ((kind.client, kind.supplier), (kind.supplier, kind.client)):
        pattern = (
            f"{made_by}[^。]{{0,40}}?{words}(?:[^。]{{0,6}},?其?[^。]{{0,4}}){TO}(?:{given_to})(?:[^,。"
            f"]{{0,6}})(?:所有|享有)?"
        )
        for found in re.finditer(pattern, text):
            if not denied(text, found.start(), found.end()) and not re.search(
                "各自|完成(?:改进)?的?(?:一)?方|改进方|双方", text
            ):
                yield "improvements", found.start(), found.end()
                return
    all_given = re.search(
        f"{words}[^。]{{0,10}}(?:均|全部|一律|都|概)(?:[^。,]{{0,4}})(?:归|属于?|由)(?:{kind.supplier}|{kind.client})",
        text,
    )
    if all_given and not re.search("各自|完成(?:改进)?的?(?:一)?方|改进方", text):
        yield "improvements", all_given.start(), all_given.end()


def _developed(text: str, near: str, kind: Recognised) -> Iterator[tuple[str, int, int]]:
    """859: the developer may apply for the patent; 860: joint results; 861: each may use the secrets."""
    if kind.sub_kind == "cooperative":
        side = f"(?:{kind.client}|{kind.supplier})"
        for found in re.finditer(
            f"{RESULTS}(?:[^。,]{{0,10}},)?{TO}{side}(?:[^,。]{{0,6}})(?:所有|享有|单独|独家|申请|$|(?=,))", text
        ):
            if not re.search("共有|共同|各自|双方|单独完成|各方", text) and not denied(
                text, found.start(), found.end()
            ):
                yield "joint_results", found.start(), found.end()
                return
    else:
        for found in re.finditer(f"{RESULTS}(?:[^。,]{{0,20}},){{0,2}}{TO}{kind.client}", text):
            whole = WHOLLY.search(text, max(0, found.start() - 16), found.end() + 10)
            if (
                whole
                and not _returned(near)
                and not denied(text, found.start(), found.end())
                and not re.search("共有|共同|双方|实施权|使用权|设备", found.group())
            ):
                yield "developer_right", found.start(), found.end()
                return
    for found in NO_USE.finditer(text):
        if not re.search("未经|保密|泄露|以外|除", text) and re.search(kind.supplier, text[: found.start()]):
            yield "secret_use", found.start(), found.end()
            return


def _served(text: str, near: str, kind: Recognised) -> Iterator[tuple[str, int, int]]:
    """885: what the provider makes from the client's data is the provider's; what the client makes, the client's."""
    mine = (
        f"(?<!利用)(?<!使用)(?<!依据)(?<!根据){kind.supplier}[^。]{{0,40}}?(?:新(?:的)?(?:技术)?成果|"
        f"{RESULTS}){TO}{kind.client}"
    )
    theirs = (
        f"(?<!利用)(?<!使用)(?<!依据)(?<!根据){kind.client}[^。]{{0,40}}?(?:新(?:的)?(?:技术)?成果|"
        f"{RESULTS}){TO}{kind.supplier}"
    )
    for pattern, rule in ((mine, "new_results"), (theirs, "new_results")):
        for found in re.finditer(pattern, text):
            if re.search("报告|共有|双方|各自|另行", found.group()) or denied(text, found.start(), found.end()):
                continue
            if rule == "new_results" and (pattern is theirs or WHOLLY.search(text)) and not _returned(near):
                yield rule, found.start(), found.end()
                return
