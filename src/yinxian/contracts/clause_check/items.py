"""The names of what a contract may lack, with the article and a wording to offer where one helps."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, str | Promise] = {
    "subject": _("标的的内容、范围和要求"),
    "period": _("履行期限"),
    "plan": _("计划和进度"),
    "secrecy": _("保密"),
    "ownership": _("成果的归属和分享"),
    "acceptance": _("验收标准和方法"),
    "price": _("价款或报酬的数额"),
    "payment": _("支付方式"),
    "liability": _("违约责任"),
    "dispute": _("争议解决"),
    "risk": _("失败风险的承担"),
    "indicators": _("技术指标"),
    "title": _("权利的来源和状态"),
    "documents": _("交付的技术资料"),
    "exclusivity": _("许可方式（独占、排他、普通）"),
    "territory": _("地域"),
    "improvements": _("后续改进的归属和分享"),
    "report": _("咨询报告的形式"),
    "problem": _("要解决的具体问题"),
    "quality": _("质量和数量指标"),
    "trainees": _("培训对象"),
    "content": _("培训内容"),
    "place": _("地点"),
    "glossary": _("名词和术语的解释"),
    "guidance": _("技术指导"),
    "equipment": _("设备的归属"),
    "earlier": _("此前的许可和权利负担"),
    "sublicence": _("能否再许可"),
    "data": _("委托方提供的资料"),
    "technology": _("具体的技术"),
    "audit": _("提成的查账"),
    "secret_scope": _("保密信息的范围"),
    "secret_use": _("保密信息的用途"),
    "secret_term": _("保密期限"),
    "secret_out": _("保密的例外"),
    "secret_back": _("资料的返还和销毁"),
    "binding": _("哪些条款有约束力"),
    "next_step": _("正式合同的安排"),
    "shares": _("各人的比例"),
    "duties": _("各人的分工"),
    "trial": _("试用的安排"),
    "convert": _("转为付费的条件"),
    "fee": _("报酬标准"),
    "payer": _("由谁支付报酬"),
    "trigger": _("何时产生报酬"),
    "time": _("报酬的支付时间"),
    "costs": _("中介活动的费用由谁承担"),
    "tail": _("绕开中介方的处理和保护期"),
}
ARTICLES: dict[str, str | Promise] = {
    "risk": _("民法典第858条"),
    "indicators": _("民法典第845、852条"),
    "ownership": _("民法典第845、859至861、885条"),
    "improvements": _("民法典第875条"),
    "title": _("民法典第870条"),
    "documents": _("民法典第866、868条"),
    "exclusivity": _("民法典第864条；专利司法解释"),
    "territory": _("民法典第864条"),
    "report": _("民法典第878、879条"),
    "price": _("民法典第846条"),
    "payment": _("民法典第846条"),
    "dispute": _("民法典第470条"),
    "liability": _("民法典第470、577条"),
    "fee": _("民法典第963条；技术合同司法解释第39条"),
    "payer": _("民法典第963条"),
    "trigger": _("民法典第963条"),
    "time": _("民法典第963条"),
    "costs": _("民法典第963、964条"),
    "tail": _("民法典第965条"),
}
# What to write, zh and en, where it is not enough to name the item.
OFFERS: dict[str, tuple[str, str]] = {
    "secrecy": (
        "双方从对方得到的未公开资料只用于履行本合同，未经书面同意不得告知第三人；义务在合同终止后【5】年内继续有效。",
        "Unpublished information received from the other side is used for this contract only and not passed "
        "on without written consent; the duty lasts [5] years after its end.",
    ),
    "risk": (
        "因现有条件下无法克服的技术困难致使开发失败的，损失由委托方承担【50】%、研究开发方承担【50】%。",
        "Losses from technical difficulties that cannot be overcome are borne [50]% by the client and [50]% "
        "by the developer.",
    ),
    "acceptance": (
        "按附表所列指标和方法验收；委托方收到成果之日起【15】日内验收，不合格的书面写明与哪一项不符，"
        "逾期不答复视为没有异议。",
        "Acceptance follows the listed indicators and methods within [15] days of receipt; a rejection names "
        "in writing the item not met; silence counts as no objection.",
    ),
    "ownership": (
        "申请专利的权利归研究开发方，委托方可以依法实施并在转让时优先受让；技术秘密双方均可使用，收益按【】分享。",
        "The right to apply for patents is the developer's; the client may practise them and has first "
        "refusal; either side may use the know-how and income is shared [ ].",
    ),
    "improvements": (
        "一方作出后续改进的，改进的成果归该方，对方无权分享；需要使用的另行约定。",
        "Improvements belong to the party that makes them; use by the other is agreed separately.",
    ),
    "indicators": (
        "成果应当达到下列指标：【名称】【数值和单位】【检验方法】。",
        "The result meets these indicators: [name] [value and unit] [method of test].",
    ),
    "dispute": (
        "发生争议的，双方先协商；协商不成的，由【】所在地有管辖权的人民法院处理（或者提交【】仲裁）。",
        "Disputes are first discussed; failing that they go to the competent court at [ ] (or to arbitration at [ ]).",
    ),
    "payment": (
        "委托方按下列时间支付：合同生效后【】%，中期检查后【】%，验收合格后【】%。",
        "The client pays [ ]% on the effective date, [ ]% after the interim review and [ ]% after acceptance.",
    ),
    "fee": (
        "报酬为技术合同每笔到账价款的【】%。",
        "The fee is [ ]% of each payment received under the technology contract.",
    ),
    "payer": ("报酬由【委托方】支付。", "The fee is payable by [the client]."),
    "trigger": (
        "技术合同的价款每到账一笔，就该笔产生相应的报酬。",
        "Each payment received under the technology contract makes its part of the fee due.",
    ),
    "time": ("报酬产生后【10】日内支付。", "The fee is paid within [10] days of falling due."),
    "costs": ("中介活动的费用由中介方承担。", "The broker bears the cost of its work."),
    "tail": (
        "自引荐之日起【12】个月内，委托方绕开中介方直接订立合同的，仍应当支付报酬。",
        "A client who contracts past the broker within [12] months of the introduction still owes the fee.",
    ),
}
