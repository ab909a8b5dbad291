"""Liability without an end (民法典 584, 585)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..draft import Draft, denied
from ..findings import Hit
from ..kinds import Recognised

ENDLESS = re.compile(
    "无限(?:连带)?(?:赔偿|清偿)?责任|(?:责任|赔偿[^,。]{0,8}|赔偿额?)(?:不设|没有|无|不存在|不受)(?:任何)?[^,"
    "。]{0,12}(?:上限|限额|限制|封顶)|"
    "不受[^,。]{0,18}(?:金额|总价|价款|限额|费用|总额|报酬)[^,。]{0,8}(?:限制|约束)|不以[^,。]{0,12}(?:价款|"
    "总价|合同金额|总额|费用|报酬)[^,。]{0,6}为限|上不封顶|不封顶|"
    "赔[^。]{0,24}?(?:不设上限|没有上限|无上限|没有封顶)|赔到(?![^,。]{0,10}(?:价|款|额|费|元|万|倍|%))[^,。]{0,10}为止|(?:多少|几多)[^,。]{0,2}(?:都|也)[^,。]{0,3}赔|有多少赔多少|(?:砸锅卖铁|倾家荡产|卖房卖车)[^,。]{0,6}赔|"
    "全都?(?:算|记|落|扣)[在到]?[^,。]{1,6}(?:头上|账上|身上)|(?:损失)?(?:多少|几多)[^,。]{0,4}赔(?:多少|几多)|"
    "以(?:其|自身|全部|个人|家庭)(?:的)?(?:全部)?(?:财产|资产)[^,。]{0,6}(?:承担|担保|赔偿)|"
    r"unlimited liabilit\w+|liabilit\w+[^.;]{0,20}(?:unlimited|without (?:any )?limit|not (?:be )?(?:limited|"
    r"capped))|without (?:any )?(?:cap|limit)"
)
ALL = "(?:一切|所有|任何|全部)"
OWED = "(?:赔偿|承担|补偿|负担|负责|偿付)"
ALL_LOSS = re.compile(
    f"{OWED}[^,。]{{0,22}}?{ALL}[^,。]{{0,16}}?(?:损失|损害|后果|法律责任|责任|赔偿)|"
    f"{ALL}[^,。]{{0,14}}?(?:损失|损害|后果|法律责任|责任)[^。]{{0,10}}?(?:均|都|皆|全部|概)?由[^,。]{{1,"
    f"14}}(?:承担|赔偿|负责|负担)|"
    f"{ALL}[^,。]{{0,14}}?(?:损失|损害)[^。]{{0,24}}?(?:也|都|全|一律)?(?:得|要|该|归|算)[^,。]{{0,8}}?(?:赔|担|认|兜|扛)(?!不)|"
    "照单全收|概不封顶|赔偿到底|(?:金额|数额|数目)(?:多少|大小|多大)[^,。]{0,4}(?:在所不问|不论|不问|不计)|"
    "(?:无论|不论|不管|不问|不分)[^。]{0,14}?(?:原因|过错|对错|责任|何人|谁)[^。]{0,30}?(?:均|都|皆|概|一律|统统|全)?由[^,。]{1,"
    "10}?(?:负责)?(?:全额|全部|全数|完全|一力|到底)?(?:承担|赔偿|负责|赔付)(?=[^。]{0,20}$|[,。])|"
    r"(?:any and all|all) (?:direct and indirect )?(?:loss|damage|liabilit)\w*"
)
REMOTE = re.compile(
    "(?:间接(?:经济)?损失|预期(?:的)?(?:利益|利润|收益)|可得利益|利润损失|停[产工]损失|商誉(?:损失|损害)?|"
    "商业机会|机会损失|惩罚性赔偿|市值损失|"
    r"indirect|consequential|loss of profits?|lost profits?|punitive)"
)
INCLUDES = re.compile(f"{OWED}|包括|含|liable|indemnif|compensat")
PENALTY = re.compile(
    r"违约金[^。,]{0,20}?(\d{2,4})%|(\d{2,4})%[^,。]{0,10}(?:违约金|罚金|赔偿金)|([两二三四五六七八九十百2-9]|"
    r"\d{2,})倍[^,。]{0,12}(?:违约金|赔偿|罚)|"
    "(?:违约金|赔偿金?|罚金)[^,。]{0,20}?([两二三四五六七八九十百2-9]|\\d{2,})倍"
)
JOINT = re.compile("(?:中介|居间|经纪|经理)[人方]?[^。]{0,24}连带(?:保证|担保|赔偿|清偿)?责任")
CAP = re.compile(
    "不超过|不高于|为限|上限为|以[^,。]{0,20}为上限|最高(?:额|不超)|封顶(?!线不)|not exceed|limited to|capped at"
)
EITHER = re.compile(
    "任何一方|任一方|违约方|过错方|一方(?!面)|双方|泄密方|接收方|责任方|either party|each party|defaulting "
    "party|breaching party"
)
HARSH = re.compile("一切|所有|任何|直接和间接|间接|any and all")
OTHERS_RIGHTS = re.compile("侵权|侵犯|侵害|第三人主张|第三方主张|知识产权纠纷|权属纠纷|infring")
OWN_PEOPLE = re.compile("人身|人员|工伤|安全(?:事故|生产)|社保|税|劳动|保险")


def unlimited_liability(draft: Draft, kind: Recognised) -> Iterator[Hit]:
    for sentence in draft.sentences:
        if found := _endless(sentence.text):
            yield Hit("unlimited_liability", sentence.start + found[0], sentence.start + found[1])


def _endless(text: str) -> tuple[int, int] | None:
    for found in ENDLESS.finditer(text):
        if not _denied_plainly(text, found) and not WILFUL.search(text, 0, found.start()):
            return found.span()
    capped = bool(CAP.search(text))
    for found in ALL_LOSS.finditer(text):
        words = found.group()
        loss = "损失" in words or "损害" in words or "loss" in words or "damage" in words
        if capped or denied(text, found.start(), found.end()) or OWN_PEOPLE.search(text):
            continue
        if OTHERS_RIGHTS.search(text) and not (loss and HARSH.search(words)):
            continue
        if EITHER.search(text) and not (HARSH.search(words) and loss):
            continue
        return found.span()
    for found in REMOTE.finditer(text):
        if (
            INCLUDES.search(text)
            and not capped
            and not denied(text, found.start(), found.end(), 40)
            and not _left_out(text, found.start())
        ):
            return found.span()
    for found in PENALTY.finditer(text):
        share, share_after = found[1], found[2]
        if (share or share_after) and int(share or share_after) < 100:
            continue
        if not denied(text, found.start(), found.end()) and "定金" not in text:
            return found.span()
    for found in JOINT.finditer(text):
        if not denied(text, found.start(), found.end()) and not re.search("不[^,。]{0,6}连带", found.group()):
            return found.span()
    return None


WILFUL = re.compile("故意|重大过失|欺诈|人身|wil+ful|gross negligence|fraud|personal injury")


def _denied_plainly(text: str, found: re.Match[str]) -> bool:
    lead = text[max(0, found.start() - 10) : found.start()]
    return bool(
        re.search(r"(?:不|无需|无须|均不|没有|未|\bnot?\b)[^,。]{0,6}$", lead)
    ) and not found.group().startswith(("不", "without"))


def _left_out(text: str, start: int) -> bool:
    """间接损失 named only to say that nobody owes it."""
    return bool(
        re.search("不(?:包括|含|承担|赔偿|负责|就|对)|均不|除外|排除|neither|not (?:be )?liable|no event", text)
    )
