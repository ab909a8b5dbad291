"""What deals says when it refuses something about milestones and payments."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "deals.milestone_state": _("这个节点现在是“%(state)s”，不能变为“%(wanted)s”。没有改动；请刷新页面看最新状态。"),
    "deals.not_the_manager": _("只有负责这个项目的技术经理人能排付款计划。没有改动；请联系项目经理人。"),
    "deals.may_not_undo_payment": _("登记错的到账由负责经理人或托管方的管理员、财务撤销。没有改动；请联系他们。"),
    "deals.receipt_in_use": _(
        "这笔款现在是“%(state)s”，或已放出、退还一部分，到账不能再撤销。没有改动；请用退款或争议。"
    ),
    "deals.may_not_fix_split": _("分账规则由负责经理人或供方管理员、财务固定。没有改动；请联系他们。"),
    "deals.may_not_record_payment": _("到账由需方管理员、财务或负责经理人登记。没有登记；请联系他们。"),
    "deals.may_not_submit": _("材料由供方的管理员或成员提交。没有提交；请联系供方。"),
    "deals.only_the_buyer": _("只有需方能提修改意见。没有改动；请联系需方。"),
    "deals.only_the_buyer_releases": _("验收放款由需方管理员或财务确认。没有放款；请联系需方。"),
    "deals.only_the_supplier_refunds": _(
        "托管款已约定给供方，只有供方管理员或财务能同意退回。没有退款；有分歧请提出争议。"
    ),
    "deals.not_a_side": _("争议由需方或供方的管理员、财务提出和答复。没有改动；请联系他们。"),
    "deals.may_not_ask_for_invoice": _("发票由需方管理员、财务或负责经理人索取。没有改动；请联系他们。"),
    "deals.may_not_send_invoice": _("发票由供方登记。没有登记；请联系供方。"),
    "deals.deal_frozen": _("项目处在争议中，款项不动。没有改动；请先在项目页解决争议。"),
    "deals.deal_not_open": _("项目现在是“%(state)s”，签约之后、结束之前才能办理付款。没有改动；请先推进项目。"),
    "deals.no_split_rule": _("合同金额或分账规则还没有固定。没有改动；请先固定分账规则，再排付款计划。"),
    "deals.may_not_store_reward": _("奖励规则由供方的管理员或财务存。没有改动；请联系他们。"),
    "deals.reward_not_a_supplier": _("只有供给方单位有奖励规则。没有改动。"),
    "deals.reward_people": _("科研团队最多 %(limit)s 人，每人要有姓名（40 字以内）。没有保存；已填的内容都还在。"),
    "deals.staff_without_reward": _("单位还没有存奖励规则，先定奖励占净收入多少，再定转移人员怎么分。没有改动。"),
    "deals.staff_people": _(
        "转移人员要选 1 到 %(limit)s 名本单位现在的成员，每人份额大于零、合计百分之百，起止日期不颠倒。没有保存。"
    ),
    "deals.reward_below_the_law": _(
        "国家设立的高校院所转让、许可成果，奖励不得低于净收入的 %(floor)s（%(article)s）。规则没有固定；请调高比例。"
    ),
    "deals.reward_below_own_rule": _(
        "本协会的规则（%(article)s）要求奖励不低于净收入的 %(floor)s。"
        "规则没有固定；请调高比例，或请协会管理员核对规则。"
    ),
    "deals.part_below_the_rule": _(
        "本协会的规则（%(article)s）要求这一部分不低于奖励的 %(floor)s，现在是 %(main)s。规则没有固定；请调整各人比例。"
    ),
    "deals.foreign_exchanged": _("结汇金额要大于 0，且不超过外币到账金额。没有记账；其余内容已保留，请改金额。"),
    "deals.foreign_too_much": _(
        "按这个汇率，结汇后超过还差的 %(left)s 元。没有记账；最多结汇 %(currency)s %(most)s，其余留在外币托管户。"
    ),
    "deals.foreign_held": _("外币托管户里还有没结汇的款，不能终止。没有改动；请先登记退回需方。"),
    "deals.split_sheet_not_yours": _("分账单由负责经理人、其机构和供方查看。您自己的部分在付款节点页。"),
    "deals.split_sheet_not_yet": _("分账规则还没有固定，算不出分账单。请先固定规则。"),
    "deals.bank_foreign": _(
        "这笔流水是 %(currency)s，不能当人民币入账。没有入账；请打开这一笔，按银行水单写明结汇金额、汇率和出处。"
    ),
    "deals.bank_not_expected": _("这笔流水和所选的付款对不上，或不归本单位保管。没有入账；请重新选择。"),
    "deals.not_payable": _("所选的款里有不归本单位付、已付或已生成付款文件的。没有生成；请刷新页面重选。"),
    "deals.royalty_before_plan": _("先固定分账规则、排好付款计划，再定提成。没有改动；请先办这两步。"),
    "deals.royalty_base_kind": _("请选择提成按什么算。没有保存；其余内容已保留。"),
    "deals.royalty_days": _("天数在 0 到 %(limit)s 之间。没有保存；请改正。"),
    "deals.royalty_in_use": _("已有报过的期次，提成不能重定。没有改动；如有变更请双方另行约定。"),
    "deals.royalty_by_the_buyer": _("提成报告由需方的管理员或财务提交。没有提交；请联系需方。"),
    "deals.royalty_reported": _("这一期已经报过，数字和这次不同。没有改动；有误请双方另行约定。"),
    "deals.royalty_too_early": _("这一期还没有结束，期满后再报。没有提交。"),
    "deals.royalty_in_order": _("前面还有没报的期次。没有提交；请从最早的一期报起。"),
    "deals.equity_share": _("股权比例要大于 0，不超过 100%。没有记录；其余内容已保留。"),
    "deals.equity_day": _("登记日期不能晚于今天，也不能早于 2000 年。没有记录；其余内容已保留。"),
    "deals.equity_known": _("这家公司同一天的股权已经记录过。没有再记；请核对。"),
    "deals.split_fixed": _("这个项目的分账规则已经固定，不能再改。没有改动。"),
    "deals.too_early_to_split": _("引荐确认、合同金额定下之后才能固定分账规则。没有改动；请先完成签约。"),
    "deals.plan_in_use": _("已有节点收到款项，付款计划不能重排。没有改动；如有变更请双方另行约定。"),
    "deals.plan_lines": _("付款计划要有 1 到 %(limit)s 个节点。没有保存；请增减后再试，已填的内容都还在。"),
    "deals.plan_sum": _(
        "各节点合计 %(total)s 元，合同金额是 %(contract)s 元，必须一分不差。已填的内容都还在；请调整。"
    ),
    "deals.deposit_first": _("定金只能是第一个节点。没有保存；已填的内容都还在，请调整次序。"),
    "deals.due_in_past": _("“%(title)s”的应付日期早于签约日。没有保存；已填的内容都还在，请改日期。"),
    "deals.already_funded": _("这个节点现在是“%(state)s”，款项已经齐了。没有再登记；请刷新页面核对。"),
    "deals.payment_too_much": _("这个节点还差 %(left)s 元，登记的金额超过了它。没有登记；多出的部分请记到下一个节点。"),
    "deals.paid_on": _("到账日期不能晚于今天，也不能早于 2000 年。没有登记；其余内容已保留，请改日期。"),
    "deals.receipt_known": _("回单 %(number)s 在这个项目里已登记过。没有再登记；请核对编号。"),
    "deals.nothing_to_submit": _("服务费节点不需要提交材料，到账后由需方直接确认放款。没有改动。"),
    "deals.nothing_submitted": _("供方还没有提交这个节点的材料，不能验收放款。款项仍在托管户；请等供方提交。"),
    "deals.already_released": _("这个节点已经放款，刚才没有再付。请刷新页面看分账结果。"),
    "deals.in_dispute": _("这个节点处在争议中，款项已冻结。没有改动；请双方先对争议给出相同答复。"),
    "deals.nothing_held": _("这个节点还没有款项到账，没有可退的。没有改动。"),
    "deals.more_than_held": _("这个节点还有 %(left)s 元在托管户，不够这么多。没有动款；请改金额。"),
    "deals.refund_all_that_came": _("款项还没有付齐，只能把已到的 %(came)s 元一次退回。没有退款；请改金额或留空。"),
    "deals.divide_within": _("付给供方的金额要大于 0，小于在托管的 %(left)s 元。没有改动；请填写金额。"),
    "deals.no_dispute": _("这个节点没有待处理的争议。没有改动；请刷新页面看最新状态。"),
    "deals.outcome": _("请选择一种处理方式：照付、退还或继续履行。没有改动。"),
    "deals.invoice_not_here": _("服务费的发票由收款的经理人或机构直接开，不在这里索取。没有改动。"),
    "deals.invoice_known": _("发票 %(number)s 已登记过，内容与这次不同。没有再登记；请核对号码。"),
    "deals.issued_on": _("开票日期不能晚于今天，也不能早于 2000 年。没有登记；其余内容已保留，请改日期。"),
    "deals.text_missing": _("这里不能空着。其余内容已保留；请补上再提交。"),
    "deals.text_too_long": _("文字太长，最多 %(limit)s 字。没有保存；请删减，或放进附件。"),
    "deals.too_many_files": _("一次最多 %(limit)s 个文件。没有保存；请打包后再传。"),
}
