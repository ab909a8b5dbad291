"""What every contract of a kind needs and this one does not say (民法典 845, 852 ff., 862 ff., 878 ff.)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..draft import Draft
from ..findings import Hit
from ..kinds import Recognised

WORDS: dict[str, str] = {
    "subject": "标的|内容[、和]?范围|项目名称|项目的?内容|研究内容|开发内容|服务内容|咨询(?:内容|事项|问题)|"
    "转让(?:的)?(?:标的|内容|专利|技术|软件|成果)|许可(?:标的|的(?:专利|技术))|委托事项|培训内容|scope|subject",
    "period": "(?:履行|合同|开发|研[究发]|服务|许可|合作|咨询|培训)[^。]{0,8}(?:期限|期间|进度|计划|周期)|"
    "有效期|起止|自\\d{4}年|\\d{4}年\\d{1,2}月|个月内|工作日内完成|完成时间|(?:term|period|schedule|from "
    "\\d|within)",
    "plan": "计划|进度|阶段|节点|里程碑|安排|plan|schedule|milestone",
    "secrecy": "保密|不得(?:泄露|披露|向第三[人方])|confidential",
    "ownership": "(?:知识产权|成果|专利|技术秘密|著作权|所有权|权利)[^。]{0,30}(?:归|属|共有|享有|所有)|归属|"
    "改进[^。]{0,20}(?:归|属|享有|分享)|ownership|vests? in|belongs? to|improvements",
    "acceptance": "验收|考核标准|评价方式|检验(?:标准|方法)|签收确认|评审通过|考核(?:合格|方式)|acceptance",
    "price": "(?:价款|报酬|费用|经费|总价|使用费|转让费|许可费|服务费|咨询费|培训费|金额|对价)[^。]{0,"
    "40}(?:元|%|百分之|分)|(?:元|yuan|rmb|cny|usd)|[壹贰叁肆伍陆柒捌玖]",
    "payment": "支付|付款|付清|结算|分期|pay|paid",
    "liability": "违约|赔偿|责任|breach|liab",
    "dispute": "争议|仲裁|诉讼|人民法院|管辖|dispute|arbitrat|court",
    "risk": "风险|失败[^。]{0,40}(?:承担|分担|负担)|risk",
    "indicators": "技术指标|指标|性能参数|参数要求|技术参数|技术要求|(?:≥|≤|>=|<=|不低于|不高于|不少于|"
    "不大于|不小于|不超过)\\s*\\d|indicator|specification",
    "title": "(?:权属|合法(?:拥有|权利人|持有)|有权(?:转让|许可|处分)|权利状(?:态|况)|有效(?:的|状态|专利)|"
    "专利号|登记号|申请号|法律状态|拥有[^。]{0,14}(?:权|技术))|title|owner",
    "documents": "(?:技术)?(?:资料|文件|图纸|文档|源代码|清单|载体)[^。]{0,30}(?:交付|提供|移交|交接|清单)|"
    "(?:交付|提供|移交|交接)[^。]{0,30}(?:资料|文件|图纸|文档|源代码|证书)|deliver",
    "exclusivity": "独占|排他|普通许可|独家|非独占|exclusive|sole licen",
    "territory": "地域|区域|地区|境内|全国|全球|中国|范围内|省|territor",
    "improvements": "改进|改良|improvement",
    "report": "报告|咨询意见|论证(?:意见|书)|方案|report",
    "problem": "(?:技术)?问题|难题|服务(?:内容|目标|要求|事项)|目标|problem|scope|objective",
    "quality": "质量|指标|标准|要求|数量|不低于|不少于|合格|quality|standard",
    "trainees": "学员|培训对象|参训|受训|人员|人数|trainee",
    "content": "培训内容|课程|授课|教学|大纲|content|curriculum",
    "place": "地点|地址|场所|线上|现场|place|venue|online",
    "glossary": "名词|术语|定义|definition|glossary",
    "guidance": "指导|培训|协助|guidance|assist|training",
    "equipment": "设备|仪器|器材|equipment",
    "earlier": "此前|已(?:经)?许可|在先(?:的)?许可|权利负担|质押|earlier|encumbrance|prior licen",
    "sublicence": "再许可|分许可|转许可|许可第三|sub-?licen",
    "data": "(?:提供|交付)[^。]{0,20}(?:资料|数据|背景)|data|information",
    "technology": "(?:技术|成果|项目)(?:名称)?|technology",
    "audit": "查账|审计|账簿|账目|报表|核查|audit|books",
    "secret_scope": "保密信息|保密内容|秘密(?:范围|信息)|confidential information",
    "secret_use": "(?:仅|只)[^。]{0,20}(?:用于|为|限)|目的|不得[^。]{0,20}(?:用于|使用)|sole(?:ly)? for|purpose",
    "secret_term": "(?:保密)?(?:期限|义务)[^。]{0,30}(?:年|月|永久|公开)|(?<!\\d)\\d{1,2}年|"
    "[一二三四五六七八九十]年|years?",
    "secret_out": "除外|例外|公知|公开(?:的|渠道)|已(?:经)?(?:知悉|公开)|依法(?:必须)?披露|exception|public",
    "secret_back": "返还|归还|销毁|交还|return|destroy",
    "binding": "约束力|不具有法律|效力|binding",
    "next_step": "正式(?:的)?(?:合同|协议)|后续|下一步|definitive|next",
    "shares": "\\d+(?:\\.\\d+)?%|比例|份额|百分之|share",
    "duties": "分工|职责|负责|工作|duties|responsib",
    "trial": "试用|试(?:验|行)|trial",
    "convert": "转(?:为|入)|付费|许可费|使用费|convert",
}
COMMON = ("subject", "period", "secrecy", "ownership", "acceptance", "price", "payment", "dispute")
NEEDED: dict[str, tuple[str, ...]] = {
    "development": (*COMMON, "plan", "indicators", "risk"),
    "assignment": ("subject", "title", "documents", "secrecy", "price", "payment", "improvements", "dispute"),
    "licence": (
        "subject",
        "title",
        "exclusivity",
        "territory",
        "period",
        "secrecy",
        "price",
        "payment",
        "improvements",
        "dispute",
    ),
    "consulting": ("problem", "period", "secrecy", "report", "acceptance", "price", "payment", "ownership", "dispute"),
    "service": ("problem", "period", "quality", "secrecy", "acceptance", "price", "payment", "ownership", "dispute"),
    "training": ("trainees", "content", "place", "period", "price", "payment", "dispute"),
    "brokerage": ("technology", "secrecy", "liability", "dispute"),
    "nda": ("secret_scope", "secret_use", "secret_term", "liability", "dispute"),
    "intent": ("subject", "secrecy", "next_step", "binding"),
    "team": ("shares", "duties", "dispute"),
}
USUAL: dict[str, tuple[str, ...]] = {
    "development": ("glossary", "equipment", "guidance", "liability"),
    "assignment": ("acceptance", "earlier", "guidance", "glossary", "liability"),
    "licence": ("acceptance", "earlier", "sublicence", "guidance", "audit", "glossary", "liability"),
    "consulting": ("data", "glossary", "liability"),
    "service": ("data", "glossary", "liability"),
    "training": ("quality", "secrecy", "liability"),
    "brokerage": ("glossary",),
    "nda": ("secret_out", "secret_back"),
    "intent": ("period", "dispute"),
    "team": ("secrecy", "liability"),
}
ROYALTY = re.compile("提成|royalt")


def missing_items(draft: Draft, kind: Recognised) -> Iterator[Hit]:
    """Only of a whole contract of a known kind: an excerpt says nothing of what stands elsewhere."""
    if kind.whole:
        yield from (Hit("missing", 0, _title_end(draft), item) for item in _absent(draft, NEEDED.get(kind.kind, ())))


def reminders(draft: Draft, kind: Recognised) -> list[str]:
    """What such contracts usually say too, and this one does not."""
    if not kind.whole:
        return []
    usual = USUAL.get(kind.kind, ())
    if "audit" in usual and not ROYALTY.search(draft.text):
        usual = tuple(item for item in usual if item != "audit")
    return list(_absent(draft, usual))


def _absent(draft: Draft, items: tuple[str, ...]) -> Iterator[str]:
    head = _title_end(draft)  # the title names the kind and fulfils nothing
    return (item for item in items if not re.search(WORDS[item], draft.text[head:]))


def _title_end(draft: Draft) -> int:
    first = draft.sentences[0] if draft.sentences else None
    return first.start + len(first.text) if first else 0
