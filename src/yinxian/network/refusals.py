"""What network says when it refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "network.not_admin": _("只有本单位的管理员能做这件事。没有改动；请找管理员，或先切换到您管理的单位。"),
    "network.not_reviewer": _("只有协会的审核员或管理员能做这件事。没有改动。"),
    "network.name_taken": _("已经有叫这个名字的单位。没有新建；请找它的管理员把您加为成员，或换一个全称。"),
    "network.phone_wrong": _("手机号看不懂：请写 11 位手机号，或带国家代码的号码。其余内容已保留。"),
    "network.phone_taken": _("这个手机号或邮箱已经属于另一个人。没有改动。"),
    "network.already_member": _("他已经是本单位的成员。没有改动。"),
    "network.last_admin": _("这是最后一位管理员，不能离开或改任。没有改动；请先让另一个人做管理员。"),
    "network.already_admitted": _("这个单位已经在协会里。没有改动。"),
    "network.not_association": _("只能申请加入协会。没有改动。"),
    "network.not_applied": _("这个单位没有申请加入，或申请已经处理过。没有改动。"),
    "network.not_yours": _("这不是您的。没有改动。"),
    "network.confirm_with_name": _("写的不是您的姓名，没有注销。请照账号里的姓名写。"),
    "network.cannot_be_forgotten_yet": _("还有 %(count)s 件事没有办完或交接，没有注销。请看页上列的。"),
}
