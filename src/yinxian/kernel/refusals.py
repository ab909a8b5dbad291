"""What the kernel says when it refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "kernel.state": _("现在是“%(state)s”，不能变为“%(wanted)s”。没有改动；请刷新页面看最新状态。"),
    "kernel.amount": _("金额看不懂：请写 0 以上、最多两位小数的数，例如 192,000.00 或 48万。其余内容已保留。"),
    "kernel.amount_large": _("金额太大：最多 10 万亿元。请看看是不是多写了几位。其余内容已保留。"),
    "kernel.percent": _("比例看不懂：请写 0 到 100 之间、最多两位小数的数，例如 11.60。其余内容已保留。"),
    "kernel.too_large": _("文件太大：最多 %(limit)s。没有保存任何内容；请拆开后再传。"),
    "kernel.empty_file": _("文件是空的。没有保存任何内容；请检查后再传。"),
    "kernel.unreadable_file": _("这个文件读不出来：%(reason)s。没有保存任何内容。"),
    "kernel.request_too_large": _("发来的内容超过了上限，没有保存任何内容。请把文字放进文件里上传，或者分几次发。"),
    "kernel.request_unreadable": _("发来的内容读不出来。没有改动任何东西；请对照接口文档检查后再发。"),
    "kernel.request_wrong": _("这几项不对：%(fields)s。没有改动任何东西；请改好后再发。"),
    "kernel.sign_in": _("还没有登录，或者令牌不对、已停用。没有改动任何东西；请登录，或换一个有效的令牌。"),
    "kernel.not_found": _("没有找到，或者您不能看。没有改动任何东西；请检查编号。"),
    "kernel.too_many": _("一次最多 %(limit)s 条。没有改动；请分几次做。"),
    "kernel.link_unknown": _("这个链接不对，或者已被撤回。请向发给您链接的人再要一个。"),
    "kernel.link_expired": _("这个链接已过期。请向发给您链接的人再要一个。"),
    "kernel.link_used": _("这个链接已经用过了，您的答复已记录在案，这一次没有再做。"),
}
