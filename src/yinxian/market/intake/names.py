"""The name of an indicator: what stands before the figure, and whether more or less of it is better."""

from __future__ import annotations

import re

_DELIMITER = re.compile(r"[，,；;。：:、\n！!？?|]|\s{2,}|\t")
_LEAD = re.compile(
    r"^(?:[\s(（)）\]\[“”\"'《》\-—•·]|\d{1,2}[)）.、]|[①-⑳]|其中|其(?!他)|且|并且|并(?!发|联)|使得|使(?!用)|让|将|把|对(?!比|流|称|位)|在(?!线)|的|及|和|与|或|"
    r"(?:客户|用户|业主)(?=要求|希望|需)|以及|同时|要求|需求(?=一|的|高|低|能|具)|需要|需(?!求)|应该|应(?!力|变|用|答)|须|必须|希望|期望|能够|能(?!耗|量|力|效|源|级)|可以|可(?!靠|见|溶|用|再)|实现|达到|保证|确保|满足|目标|"
    r"主要(?!成分)|材料的|产品的|技术的|系统的|设备的|项目|另外|此外|最终|预期|通过(?!率)|由|从|于|不(?!锈|良|均|合格|饱和|透)|无法|想|现(?=需|拟|要|想|急)|拟|争取|力争|研制|研发|开发(?!周期|成本|时间)|一种|我们?(?:厂|方|司|公司)?|我|"
    r"目前的?|现在的?|现有的?|当前的?)+"
)
_TAIL = re.compile(
    r"(?:[\s:：(（\[=]|要?[由从][\d.]+|要求|应该?|须|必须|需要?|要|(?<![产性功效节势储])能够?|可以?|可|为|是|在|达到?|到|至|不|约|大约|目标|指标|控制|保持|处于|满足|实现|由目前的?|从目前的?|由|从|自|目前|现在|现有|当前|原来|只有|仅有|不足|翻|提高|提升|降低|减少|缩短|分别|均|都|则|仅|小|大|低|高(?=$)|的|了|范围|Φ|φ|ф|平均$)+$"
)
_PARENTHESIS = re.compile(r"[(（][^()（）]{0,24}[)）]\s*$")
_LESS = re.compile(
    r"误差|偏差|退货|投诉|事故|报废|漏检|误检|磨耗|色差|[圆平直]度$|平面度|同轴度|垂直度|平行度|跳动|挠度|抖动|串扰|消耗|用工|公差|粗糙度|噪[声音]|能耗|电耗|水耗|煤耗|物耗|油耗|损耗|损失|故障|返修|不良|废品|次品|缺陷|泄[漏露]|漏|排放|残[留余]|杂质|含水|水分|灰分|延[迟时]|时延|响应时间|温差|温升|成本|收缩|磨损|"
    r"压降|阻力|风阻|浓度差|失真|误报|漏报|误判|误码|起燃|透过率差|重量|自重|厚度差|挥发|毒性|衰减|变形|应力|价格|气孔|裂纹|灰尘|粉尘|波动|精度|检[出测]限|定量限|功耗|吸水率|膨胀系数|摩擦系数|接触电阻|用量|停机|翘曲|[质属硫磷氯氟铅镉砷汞水灰氨氮氢醛尘盐留油COD]含量"
)
_MORE = re.compile(
    r"寿命|连续|循环|盐雾|耐|续航|收率|良率|良品|合格率|成品率|准确率|正确率|识别率|检出率|回收率|利用率|转化率|去除率|脱除|净化|覆盖率|效率|纯度|强度|硬度|韧性|产量|产能|速度|速率|能力|密度|容量|功率|灵敏度|"
    r"分辨率|可靠|次数|成活|存活|无故障|伸长率|延伸率|弹性|模量|附着力|粘[结接]|剥离|电阻率|击穿|带宽|信噪比|增益|使用|运行|工作|质保|保质|有效|距离|通量|比例|(?<![质属硫磷氯氟铅镉砷汞水灰氨氮氢醛尘盐留油COD])含量|等级|精密|首效|稳定|比表面|抗[压拉弯折剪]|透光|透过率|导热|回用率|命中率|召回率|吞吐|断裂|抑菌|杀菌|灭活|脱硝|脱硫|除尘|热导率"
)


def name_before(words: str, last_end: int, start: int, *, signed: bool = False) -> tuple[str, int]:
    """The name in front of ``start``, and where it begins. Never reaches behind ``last_end`` of the figure before;
    over a comma only for a ``signed`` figure (遥控可靠，满足100米)."""
    floor = max(last_end, start - 48)
    before = words[floor:start]
    stripped = _PARENTHESIS.sub("", before)
    parts = list(_DELIMITER.finditer(stripped))
    for cut in (len(parts), len(parts) - 1):
        begin = parts[cut - 1].end() if cut > 0 else 0
        end = parts[cut].start() if cut < len(parts) else len(stripped)
        if cut < len(parts) and parts[cut][0] not in (":：，," if signed else ":："):
            break
        name = tidy(stripped[begin:end])
        if name:
            return name, floor + begin + stripped[begin:end].find(name[:2])
        if cut == 0:
            break
    return "", start


def name_after(words: str, end: int) -> str:
    """What is counted, where nothing stands before the figure: 不少于600个监测点."""
    return tidy(_DELIMITER.split(words[end : end + 12])[0])


def tidy(text: str) -> str:
    """Without the filling words in front and behind; at most the last 24 characters."""
    text = (
        text.split("(")[-1].split("（")[-1]
        if text.count("(") + text.count("（") > text.count(")") + text.count("）")
        else text
    )
    name = _whole(_TAIL.sub("", _LEAD.sub("", _whole(text, 32))).strip(), 24)
    return name if any(sign.isalpha() for sign in name) else ""


def _whole(text: str, most: int) -> str:
    """The last ``most`` characters, without the rest of a Latin word that the cut went through."""
    cut = text[-most:]
    if len(text) > most and text[-most - 1].isascii() and text[-most - 1].isalnum():
        cut = re.sub(r"^[A-Za-z0-9]+", "", cut)
    return cut.lstrip() if len(text) > most else cut


def direction(name: str) -> str:
    """``less`` or ``more`` where one of them is better, "" where it is a plain value. The last word decides."""
    less = max((match.start() for match in _LESS.finditer(name)), default=-1)
    more = max((match.start() for match in _MORE.finditer(name)), default=-1)
    if less == more:
        return ""
    return "less" if less > more else "more"
