"""What settlement says when it refuses."""

from django.utils.translation import gettext_lazy as _

from .refusals_banking import SENTENCES as BANKING

SENTENCES = {
    **BANKING,
    "settlement.amount": _("金额必须大于 0，且不超过十万亿元。没有入账；请改正金额后再试。"),
    "settlement.unbalanced": _("这笔账各方金额相加不为零，没有入账。请核对每一方的金额。"),
    "settlement.key": _("这笔账没有编号，没有入账。请从页面重新提交。"),
    "settlement.key_used": _("这个编号已经用于另一笔账，这一次没有入账。请刷新页面，核对后再提交。"),
    "settlement.currency": _("账户的币种和这笔账不一致，没有入账。请选择同一币种的账户。"),
    "settlement.account_code": _("账户编号“%(account)s”或币种不对，没有开户。请改正后再试。"),
    "settlement.account_taken": _("账户“%(account)s”已属于另一方，没有改动。请核对收款方。"),
    "settlement.account_unknown": _("找不到账户“%(account)s”，没有入账。请核对收款方。"),
    "settlement.insufficient": _("“%(account)s”可用 %(has)s 元，不够 %(wanted)s 元。没有入账；请等款项到账后再试。"),
    "settlement.frozen": _(
        "“%(account)s”有款项因争议冻结，可用 %(has)s 元，不够 %(wanted)s 元。没有入账；请先解决争议。"
    ),
    "settlement.cannot_freeze": _("要冻结的金额不在账上，或已经冻结。没有改动；请刷新页面看最新状态。"),
    "settlement.not_frozen": _("这笔款项没有冻结，或已经解冻。没有改动；请刷新页面看最新状态。"),
    "settlement.already_reversed": _("这笔账已经冲正过，或者它本身就是冲正。没有入账；请刷新页面看最新状态。"),
    "settlement.not_the_owner": _("到账由账户所有者本人，或单位的管理员、财务确认。没有入账；请联系他们。"),
    "settlement.receipt_number": _("请填银行回单编号，最多 60 个字。没有入账；其余内容已保留。"),
    "settlement.paid_on": _("到账日期不能晚于今天，也不能早于 2000 年。没有入账；其余内容已保留，请改日期。"),
    "settlement.request_key": _("请求编号要有 1 到 120 个字。没有办理；请换一个编号再试。"),
    "settlement.booked_ahead": _("记账日期不能晚于今天。没有入账；请改日期。"),
    "settlement.period_closed": _("%(day)s 及以前已经结账，不再接受记账或重复结账。没有入账；请记在未结账的日期。"),
    "settlement.may_not_close": _("结账由协会的管理员或财务办理。没有结账；请联系他们。"),
    "settlement.close_day": _("只能结到今天以前的一天，2000 年以后。没有结账；请改日期。"),
    "settlement.reversed_as_a_whole": _("换汇和主张的报酬要整笔撤销，不能单冲其中一半。没有入账；请从原来的页面办理。"),
    "settlement.not_a_payout": _("这里只能冲正已登记的付款。没有入账；请刷新页面核对。"),
    "settlement.reason": _("请写明为什么冲正，最多 400 字。没有入账；请补上原因。"),
    "settlement.rate": _("汇率要是大于 0 的数，小数最多八位。没有入账；请按银行水单改正。"),
    "settlement.rate_amount": _("卖出金额乘以汇率，和买入金额不一致。没有入账；请按银行水单核对三个数字。"),
    "settlement.rate_source": _("请写汇率的来源，例如银行水单号，最多 120 字。没有入账；其余内容已保留。"),
    "settlement.may_not_settle": _("批量放款由协会的管理员或财务办理。没有放款；请联系他们。"),
    "settlement.run_empty": _("文件是空的，没有放款。请换一个文件。"),
    "settlement.run_elsewhere": _("另一个进程正在办这个文件，这里已停下，没有重复放款。请等它办完。"),
    "settlement.of_a_deal": _("“%(reference)s”是一个项目，款项随付款节点放出。没有放款；请在项目里验收放款。"),
    "settlement.books_format": _("账册只能导出为 beancount 或 hledger。没有导出；请换一种格式。"),
    "settlement.no_rule": _("“%(reference)s”还没有固定分账规则，没有放款。请先固定规则。"),
    "settlement.rule_amount": _("分账规则里的合同金额必须大于 0。规则没有固定；请先填合同金额。"),
    "settlement.rule_costs": _("直接成本不能为负，也不能超过合同金额。规则没有固定；请改正。"),
    "settlement.rule_reward": _("奖励比例要在 0 到 100% 之间。规则没有固定；请改正。"),
    "settlement.rule_staff": _("转移人员的部分不得低于奖励的 5%。规则没有固定；请调高比例。"),
    "settlement.rule_fee": _("服务费的方式、比例、金额或付费方不对。规则没有固定；请改正。"),
    "settlement.rule_ladder": _("阶梯费率要从低到高、最后一档不封顶。规则没有固定；请改正各档。"),
    "settlement.rule_shares": _("各方份额合计是 %(total)s，必须正好是 100.00%%。规则没有固定；请调整份额。"),
}
