"""What policies says when it refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "policies.not_an_administrator": _("改政策规则的是协会管理员。没有改动；请联系您的协会。"),
    "policies.changed": _(
        "有人刚把这条规则改成了第 %(version)s 版，您的改动没有保存。内容还在表里，请看过新版再提交。"
    ),
    "policies.figure": _("数字不对：比例在 0 到 100% 之间，金额不能为负。没有保存；其余内容已保留。"),
    "policies.tiers": _("各档要从低到高，每行一档，最后一档不封顶。没有保存；请改正各档。"),
    "policies.days": _("失效日期早于施行日期。没有保存；请改日期。"),
    "policies.source": _("请写明出处，例如文件名称、文号和条款。没有保存；其余内容已保留。"),
    "policies.same": _("没有任何改动，所以没有生成新版本。"),
    "policies.base": _("要算的金额没有填，或不在可算的范围内。没有计算；请填一个大于 0 的金额。"),
    "policies.kind": _("事项、地区、算法或计算基数不在可选范围内。没有保存；请从列表里选。"),
    "policies.missing": _("名称和内容都要写。没有保存；其余内容已保留，补上再提交。"),
    "policies.tier_row": _(
        "第 %(place)s 档看不懂：每行先写到多少元，再写比例，最后一行写“以上”。没有保存；请改这一行。"
    ),
}
