"""What reputation says when it refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "reputation.not_yours_to_edit": _("只有这个协会的审核员或管理员能改积分规则。没有改动。"),
    "reputation.scheme_changed": _(
        "规则刚刚被别人改到第 %(version)s 版，这一次没有保存。您填的还在；请对照新版再提交。"
    ),
    "reputation.rules_none": _("一条规则也没有，或者多得不像话。没有保存。"),
    "reputation.rule_unknown": _("有一条规则说的不是能得分的事。没有保存。"),
    "reputation.rule_twice": _("“%(event)s”写了两条规则，只能有一条。没有保存。"),
    "reputation.rule_wrong": _("“%(event)s”的每一项要填 0 到 10,000 之间的整数。没有保存；您填的还在。"),
    "reputation.rule_cap": _("“%(event)s”每次的分比一次最多的还多。没有保存；您填的还在。"),
    "reputation.rule_year_cap": _("“%(event)s”一年最多的分比一次最多的还少。没有保存；您填的还在。"),
    "reputation.rule_share": _("“%(event)s”照另一件事计分，要填 0 到 1000 之间的百分数，不能是 0。没有保存。"),
    "reputation.rule_cycle": _("规则绕成了一个圈：%(circle)s。总要有一条自己写明分数。没有保存；您填的还在。"),
    "reputation.rule_units": _("“%(event)s”不能照“%(other)s”计分：那一条没有写，或者两件事计量的单位不同。没有保存。"),
    "reputation.decay_wrong": _("每满一年还剩多少，要大于零，最多百分之百。没有保存；您填的还在。"),
    "reputation.year_cap_wrong": _("一人一年最多的分要填 1 到 1,000,000 之间的整数，不限就空着。没有保存。"),
    "reputation.scheme_day": _("生效的日子要从今天起、三年之内。没有改动。"),
    "reputation.scheme_started": _("第 %(version)s 版已经定了生效的日子，不能再改。要改，请另写一版。"),
    "reputation.scheme_overtaken": _(
        "现在用的已经是第 %(version)s 版，比这一版新。没有改动；要用这些规则，请另写一版。"
    ),
    "reputation.not_your_point": _("只能为自己的积分申诉。没有改动。"),
    "reputation.appealed_before": _("这一项已经申诉过，一项只能申诉一次。没有再记。"),
    "reputation.point_undone": _("这件事后来更正了，给过的分已经收回，不能再更正。没有改动。"),
    "reputation.reason_needed": _("请写明理由。没有提交。"),
    "reputation.reason_long": _("理由最多 %(limit)s 个字。没有提交；您写的还在。"),
    "reputation.fact_not_counted": _("这件事不在您的信用事实里。没有提交。"),
    "reputation.nobody_decides": _("您还不属于任何协会，没有人能决定这件异议。没有提交；请先在名片里选所属协会。"),
    "reputation.appeal_state": _("这件申诉已经决定过了：%(state)s。您的决定没有记下。"),
    "reputation.not_yours_to_decide": _("申诉由协会的另一个人决定，不能由本人决定。没有改动。"),
    "reputation.change_wrong": _("更正要填一个不是 0 的整数，改完不能低于 0（这一项原来是 %(amount)s 分）。没有记下。"),
    "reputation.relation_wrong": _("请选一家在网络内的单位和一种关系。没有保存。"),
    "reputation.declared_before": _("与这家单位的关系已经申报过了。没有再记。"),
    "reputation.not_your_relation": _("只能了结自己申报的关系。没有改动。"),
    "reputation.relation_over": _("这一项关系已经了结了。没有改动。"),
    "reputation.no_manager": _("有经理人名片的人才有信用事实。没有改动；请先填名片。"),
    "reputation.credit_not_shown": _("这位经理人的信用事实只给一部分人看：协作网络内的人，或与本人有引荐往来的各方。"),
    "reputation.audience_wrong": _("请选一种公开的范围。没有改动。"),
    "reputation.period_wrong": _("起止日期颠倒了，或者长过十年。没有改动。"),
    "reputation.staff_no_points": _("选中的人在这段时间里一分也没有，分不出份额。没有保存。"),
    "reputation.staff_chosen": _("请至少选一名本单位的成员，最多 %(limit)s 名。没有保存。"),
}
