"""What deals says when it refuses something about a trial."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "deals.trial_state": _("试用现在是“%(state)s”，不能变为“%(wanted)s”。没有改动；请刷新页面看最新状态。"),
    "deals.no_trial": _("这个项目没有约定试用。没有改动；先用后转的项目请经理人先记下试用的约定。"),
    "deals.trial_days": _("天数要在 0 到 %(limit)s 之间。没有保存；其余内容已保留。"),
    "deals.trial_before_signing": _("试用不能早于签约日期开始。没有保存；请改开始日期。"),
    "deals.trial_length": _("试用要在开始之后结束，最长 %(limit)s 个月。没有保存；请改日期。"),
    "deals.trial_decision_day": _("决定日要在试用开始之后，最晚在期满后 %(limit)s 天内。没有保存；请改日期。"),
    "deals.trial_begun": _("试用已经开始，约定不能重写。没有改动；需要更多时间，请用“延长试用”。"),
    "deals.trial_after_payment": _("已经收了许可费，不能再改成先用后转。没有改动；收错了请先撤销到账或退款。"),
    "deals.trial_not_begun": _("试用还没有开始，不能现在决定。没有改动；请在试用开始之后再来。"),
    "deals.trial_decided": _("试用已有结果：%(state)s。没有改动。"),
    "deals.trial_shorter": _("延长之后的日期不能早于原来的日期，决定日也不能早于今天。没有改动；请改日期。"),
    "deals.trial_by_the_buyer": _("转化还是归还，由需方管理员或财务决定。没有改动；请联系需方。"),
    "deals.trial_by_the_supplier": _("是否已归还，由供方确认。没有改动；请联系供方。"),
    "deals.trial_without_plan": _("付款计划还没有排，转化之后不知道付多少。没有改动；请经理人先排付款计划。"),
    "deals.trial_undecided": _("试用还没有决定，许可费现在不收。没有记账；请需方先决定转化，定金可以先收。"),
    "deals.trial_given_back": _("试用后决定不转化，许可费不再收。没有记账；钱已经到账的，请原路退回并联系经理人。"),
}
