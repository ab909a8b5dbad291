"""What reputation says when it refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "reputation.not_yours_to_edit": _("只有这个协会的审核员或管理员能改积分规则。没有改动。"),
    "reputation.scheme_changed": _(
        "规则刚刚被别人改到第 %(version)s 版，这一次没有保存。您填的还在；请对照新版再提交。"
    ),
    "reputation.rule_wrong": _("每一项要填 0 到 10,000 之间的整数。没有保存；您填的还在。"),
}
