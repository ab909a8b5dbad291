"""What settlement says when it refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
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
    "settlement.rule_amount": _("分账规则里的合同金额必须大于 0。规则没有固定；请先填合同金额。"),
    "settlement.rule_costs": _("直接成本不能为负，也不能超过合同金额。规则没有固定；请改正。"),
    "settlement.rule_reward": _("奖励比例要在 0 到 100% 之间。规则没有固定；请改正。"),
    "settlement.rule_staff": _("转移人员的部分不得低于奖励的 5%。规则没有固定；请调高比例。"),
    "settlement.rule_fee": _("服务费的方式、比例、金额或付费方不对。规则没有固定；请改正。"),
    "settlement.rule_ladder": _("阶梯费率要从低到高、最后一档不封顶。规则没有固定；请改正各档。"),
    "settlement.rule_shares": _("各方份额合计是 %(total)s，必须正好是 100.00%%。规则没有固定；请调整份额。"),
}
