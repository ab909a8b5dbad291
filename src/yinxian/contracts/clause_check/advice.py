"""What each rule says to people: its name, the article, why it matters and to whom, and a fairer wording to offer.

The articles are those of the Civil Code (民法典) unless said otherwise. The wording offered is in the language of the
draft; everything else is in the reader's.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Advice:
    """``severity``: 3 do not sign so, 2 negotiate, 1 mend. ``category`` groups rules that belong together."""

    category: str
    title: Text
    article: Text
    why: Text
    whom: Text
    offer: str
    offer_en: str
    severity: int = 2


SUPPLIER, CLIENT, BOTH = _("供方"), _("需方"), _("双方")
BROKER = _("中介方")

ADVICE: dict[str, Advice] = {
    "promise": Advice(
        "success_promise",
        _("承诺研发必然成功"),
        _("民法典第851、858条"),
        _("研究开发的结果不是供方单独能决定的；审批、评审和市场更由别人决定。写成保证，做不到就是违约。"),
        SUPPLIER,
        "研究开发方应当按约定的计划和投入尽职完成工作，按附表所列指标交付；"
        "因现有条件下无法克服的技术困难未达到的，按风险条款处理。",
        "The developer shall carry out the work diligently under the agreed plan and deliver against the "
        "listed indicators; where a technical difficulty cannot be overcome under present conditions, the "
        "clause on risk applies.",
        3,
    ),
    "all_risk": Advice(
        "success_promise",
        _("失败的风险全由一方承担"),
        _("民法典第858条"),
        _("没有约定时，开发失败的风险由双方合理分担；全压在一方，价格里就要有这份风险的对价。"),
        SUPPLIER,
        "因现有条件下无法克服的技术困难致使开发失败或者部分失败的，双方确认后的损失由委托方承担【50】%、研究"
        "开发方承担【50】%。",
        "Losses from a failure caused by technical difficulties that cannot be overcome under present "
        "conditions, once confirmed by both sides, are borne [50]% by the client and [50]% by the developer.",
        3,
    ),
    "refund": Advice(
        "refund_on_failure",
        _("失败就退款，或按结果对赌"),
        _("民法典第858条"),
        _("已经投入的人工和材料退不回来。全退等于由供方一家出资做试验，也使人不敢报真实的进展。"),
        SUPPLIER,
        "未达到指标的，双方按风险条款结算：已完成并经确认的工作据实付酬，未使用的经费退还，不退还已经发生的合理费用。",
        "Where the indicators are not met, the parties settle under the clause on risk: work done and "
        "confirmed is paid for, unspent funds are returned, reasonable costs already incurred are not.",
        3,
    ),
    "pay_after_acceptance": Advice(
        "payment_after_acceptance",
        _("验收之后才付款"),
        _("民法典第846条"),
        _("周期往往半年以上，供方一直垫钱；验收又由付款方掌握，拖一天就晚付一天。"),
        SUPPLIER,
        "委托方分期支付：合同生效后【10】日内支付【30】%；中期检查通过后支付【40】%；验收合格后支付【30】%。",
        "The client pays in instalments: [30]% within [10] days of the effective date, [40]% after the "
        "interim review, [30]% after acceptance.",
        3,
    ),
    "no_deposit": Advice(
        "no_deposit",
        _("没有首付款或定金"),
        _("民法典第586、846条"),
        _("没有先付的一笔，需方随时可以放手，供方的投入没有着落。定金不超过总价的20%%才有定金的效力。"),
        SUPPLIER,
        "合同生效后【10】日内，委托方支付合同总价的【20】%作为首付款，用于启动工作。",
        "Within [10] days of the effective date the client pays [20]% of the contract price as a first "
        "payment with which the work begins.",
        2,
    ),
    "unlimited_liability": Advice(
        "unlimited_liability",
        _("赔偿没有边际"),
        _("民法典第584、585条"),
        _("赔偿不应超过订约时能预见的损失；一切损失、间接损失、无上限，可能是合同额的许多倍。"),
        SUPPLIER,
        "一方违约的，赔偿对方因此受到的直接损失，总额不超过合同总价；故意、重大过失和侵犯保密义务的除外。",
        "A party in breach compensates the other's direct loss, in total not more than the contract price, "
        "except for intent, gross negligence and breach of confidence.",
        3,
    ),
    "developer_right": Advice(
        "ownership",
        _("成果全归委托方，开发方什么也不留"),
        _("民法典第859、861条"),
        _("没有约定时申请专利的权利归开发方。全部让出又没有对价，后续研究、论文和职务奖励都落空。"),
        SUPPLIER,
        "申请专利的权利归委托方的，研究开发方保留署名权和用于教学、后续研究的免费实施权，"
        "并按【】分享转让、许可的收益。",
        "Where the right to apply for patents goes to the client, the developer keeps the right to be named "
        "and a free licence for teaching and further research, and shares [ ] of the income from assignment "
        "and licensing.",
    ),
    "joint_results": Advice(
        "ownership",
        _("合作开发的成果只归一方"),
        _("民法典第860条"),
        _("合作完成的发明创造，没有约定时申请专利的权利归共有；只归一方，另一方的投入没有回报。"),
        BOTH,
        "合作完成的发明创造，申请专利的权利归双方共有；一方转让其共有部分的，对方在同等条件下优先受让。"
        "各自单独完成的归完成方。",
        "The right to apply for patents on what both developed is held jointly; when a party transfers its "
        "share the other has first refusal on equal terms. What one party made alone is its own.",
    ),
    "secret_use": Advice(
        "ownership",
        _("开发方不得使用自己做出的技术秘密"),
        _("民法典第861条"),
        _("技术秘密没有约定时双方都可以使用；禁止开发方使用，连它的后续研究也一并封住。"),
        SUPPLIER,
        "技术秘密成果双方均可以使用；研究开发方不得在【】领域内许可委托方的竞争者使用，期限【】年。",
        "Either side may use the know-how; for [ ] years the developer does not license it to the client's "
        "competitors in the field of [ ].",
    ),
    "improvements": Advice(
        "ownership",
        _("改进的成果归没有改进的一方"),
        _("民法典第875条"),
        _("后续改进的成果，没有约定时归做出改进的一方，对方无权分享；一律归对方，谁也不会再改进。"),
        BOTH,
        "一方对本技术作出后续改进的，改进的成果归该方；对方需要使用的，双方另行约定合理的费用。",
        "Improvements belong to the party that makes them; where the other wishes to use them, the parties "
        "agree a reasonable fee.",
    ),
    "grant_back": Advice(
        "ownership",
        _("改进要无偿交给对方"),
        _("民法典第850、875条；技术合同司法解释第10条"),
        _("要求无偿回授改进，可能被认定为非法垄断技术，这一条无效。"),
        BOTH,
        "改进的成果归改进方；另一方有权在同等条件下优先取得许可，费用按【】计算。",
        "An improvement belongs to whoever made it; the other party has first call on a licence on equal "
        "terms, at a fee of [ ].",
        3,
    ),
    "ban_improve": Advice(
        "ownership",
        _("限制改进或者研究同类技术"),
        _("民法典第850、864条；技术合同司法解释第10条"),
        _("限制对方改进技术、研究或取得同类技术，属于非法垄断技术，这一条无效。"),
        BOTH,
        "任何一方都可以对本技术进行改进，也可以从其他来源取得技术；但应当遵守保密义务。",
        "Either party may improve the technology and obtain technology from elsewhere, subject to the duty "
        "of confidence.",
        3,
    ),
    "name_right": Advice(
        "ownership",
        _("完成人放弃署名"),
        _("民法典第849条"),
        _("完成技术成果的个人有署名、取得荣誉和奖励的权利，合同不能替他们放弃。"),
        _("完成成果的个人"),
        "完成技术成果的个人有在有关技术文件上写明自己是成果完成者、取得荣誉证书和奖励的权利。",
        "Individuals who made the result have the right to be named in its documents and to receive honours "
        "and rewards.",
    ),
    "new_results": Advice(
        "ownership",
        _("新成果的归属与法律相反"),
        _("民法典第885条"),
        _("受托人利用委托人的资料做出的新成果归受托人，委托人利用受托人的工作成果做出的归委托人；反过来要有对价。"),
        BOTH,
        "受托方利用委托方提供的资料和条件完成的新的技术成果归受托方；委托方利用受托方的工作成果完成的新的技术"
        "成果归委托方。",
        "New results that the provider makes from the client's data and conditions belong to the provider; "
        "those that the client makes from the provider's work belong to the client.",
    ),
    "fee_open": Advice(
        "fee_terms",
        _("中介报酬有一项没有约定"),
        _("民法典第963、964、965、966条；技术合同司法解释第39条"),
        _("没有约定的，要靠法律推定：报酬由双方平均负担、费用由中介方自负。事后最容易争的就是这一项。"),
        BROKER,
        "报酬为技术合同每笔到账价款的【】%，由【】支付；每笔到账后【10】日内付清；"
        "中介活动的费用由中介方承担；引荐之日起【12】个月内绕开中介方订立合同的，仍应支付报酬。",
        "The fee is [ ]% of each payment received under the technology contract, payable by [ ] within [10] "
        "days of receipt; the broker bears the cost of its work; a client who goes round the broker within "
        "[12] months of the introduction still owes the fee.",
    ),
    "fee_without_contract": Advice(
        "fee_terms",
        _("合同没有成立也要付报酬"),
        _("民法典第964条"),
        _("没有促成合同的，中介方不得请求报酬；只有约定过的，才能请求已经发生的必要费用。"),
        CLIENT,
        "技术合同没有成立的，中介方不请求报酬；经委托方事先书面同意的必要费用，凭票据据实结算。",
        "Where no technology contract is made no fee is due; necessary costs that the client agreed to in "
        "writing beforehand are settled against receipts.",
    ),
    "no_report": Advice(
        "fee_terms",
        _("免去如实报告的义务"),
        _("民法典第962条"),
        _("中介方应当如实报告；故意隐瞒重要事实的不得请求报酬，并应当赔偿。这一义务不能约定没有。"),
        CLIENT,
        "中介方应当就订立合同的有关事项如实报告；故意隐瞒重要事实或者提供虚假情况的，不得请求报酬并承担赔偿责任。",
        "The broker reports truthfully on everything that bears on the contract; concealing a material fact "
        "forfeits the fee and makes it liable.",
    ),
    "no_tail": Advice(
        "fee_terms",
        _("绕开中介方就不必付酬"),
        _("民法典第965条"),
        _("委托人利用中介方的机会绕开它直接订立合同的，仍应当付酬。约定免付，等于请人绕开。"),
        BROKER,
        "自引荐之日起【12】个月内，委托方利用中介方提供的机会，绕开中介方直接订立合同的，仍应当支付报酬。",
        "A client who, within [12] months of the introduction, uses the opportunity and contracts directly "
        "past the broker still owes the fee.",
    ),
    "amount_words": Advice(
        "amount_mismatch",
        _("大写和小写金额不一致"),
        _("民法典第142、466条"),
        _("两处写的不是一个数：%(one)s 元和 %(other)s 元。谁都可以主张对自己有利的一个。"),
        BOTH,
        "合同总价为人民币【小写】元（大写：【与小写一致】）。",
        "The contract price is RMB [figures] (in words: [the same]).",
        3,
    ),
    "amount_total": Advice(
        "amount_mismatch",
        _("总价前后不一致"),
        _("民法典第142、466条"),
        _("前面的总价是 %(one)s 元，这里是 %(other)s 元。"),
        BOTH,
        "全文的合同总价统一为【】元，各期金额和附件与之一致。",
        "State one contract price throughout, with instalments and annexes that agree with it.",
        3,
    ),
    "amount_share": Advice(
        "amount_mismatch",
        _("比例与金额对不上"),
        _("民法典第142、466条"),
        _("按比例应是 %(one)s 元，写的是 %(other)s 元。"),
        BOTH,
        "支付合同总价的【】%，即【按总价算出的金额】元。",
        "[ ]% of the contract price, being [the amount worked out from it].",
    ),
    "instalments": Advice(
        "amount_mismatch",
        _("各期金额合计不等于总价"),
        _("民法典第142、846条"),
        _("总价 %(one)s 元，各期合计 %(other)s 元。差额由谁、何时付没有着落。"),
        BOTH,
        "各期金额合计等于合同总价；先改总价或者先改最后一期。",
        "The instalments add up to the contract price: correct the price or the last instalment.",
    ),
    "percent_sum": Advice(
        "percent_sum",
        _("比例合计不是 100%%"),
        _("民法典第142、466条"),
        _("这里的比例合计是 %(total)s%%。多出或缺少的部分没有归属。"),
        BOTH,
        "各方（各期）的比例合计为 100%。",
        "The shares (instalments) add up to 100%.",
    ),
    "date_impossible": Advice(
        "date_conflict",
        _("日历上没有这一天"),
        _("民法典第142、466条"),
        _("这个日期不存在，期限从哪天算起、到哪天为止说不清。"),
        BOTH,
        "改为实际的日期。",
        "Put a day that exists.",
        1,
    ),
    "date_order": Advice(
        "date_conflict",
        _("日期的先后不对"),
        _("民法典第142、466条"),
        _("结束早于开始，或者签订时期限已经过去。"),
        BOTH,
        "期限自合同生效之日起至【】年【】月【】日止，晚于签订日期。",
        "The term runs from the effective date to [ ], which is later than the day of signing.",
    ),
    "date_length": Advice(
        "date_conflict",
        _("期限的长短与起止日期对不上"),
        _("民法典第142、466条"),
        _("写明 %(said)s 个月，起止日期之间约 %(months)s 个月。"),
        BOTH,
        "以起止日期为准，删去月数；或者改为一致。",
        "Let the dates decide and strike the number of months, or make them agree.",
        1,
    ),
    "missing": Advice(
        "missing_item",
        _("缺少应有的内容：%(item)s"),
        _("民法典第845条"),
        _("这一项没有约定，履行时要靠法律的补充规则或者再谈一次。"),
        BOTH,
        "补上一条，写明这一项。",
        "Add an article that says it.",
    ),
}
