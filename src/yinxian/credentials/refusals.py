"""What credentials says when it refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "credentials.not_yours_to_edit": _("只有这个协会的审核员或管理员能改级别。没有改动。"),
    "credentials.levels_exist": _("这个协会已经有级别了，没有再建。请在现有的级别上修改。"),
    "credentials.level_name_taken": _("已经有叫这个名字的级别。没有新建；您填的还在，请换一个名字。"),
    "credentials.level_changed": _(
        "要求刚刚被别人改到第 %(version)s 版，这一次没有保存。您填的还在；请对照新版再提交。"
    ),
    "credentials.requirement_wrong": _(
        "这一项看不懂：数字要是 0 以上的整数，未定的留空，同一项只写一次。没有保存；您填的还在。"
    ),
    "credentials.application_state": _("这份申请现在是“%(state)s”，不能变为“%(wanted)s”。没有改动；请刷新页面。"),
    "credentials.credential_state": _("这张证书现在是“%(state)s”，不能变为“%(wanted)s”。没有改动；请刷新页面。"),
    "credentials.presentation_state": _("这份材料现在是“%(state)s”，不能变为“%(wanted)s”。没有改动；请刷新页面。"),
    "credentials.proof_wrong": _("这件事的类别或数量不对，没有记入。"),
    "credentials.level_retired": _("这个级别不再受理新的申请。没有提交。"),
    "credentials.applied_before": _("您已经申请过，正在等协会评定。没有再提交。"),
    "credentials.held_already": _("您已持有这个级别，还没到换证的时候（到期前半年起可以换）。没有提交。"),
    "credentials.not_met": _("还有 %(count)s 项没有达到。没有提交，也没有授予；请看申请页上缺的那几项。"),
    "credentials.not_applicant": _("只有申请人自己能撤回。没有改动。"),
    "credentials.not_yours_to_award": _("只有这个协会的审核员或管理员能做，而且不能给自己做。没有改动。"),
    "credentials.not_holder": _("证书页显示什么，只有持证人自己能定。没有改动。"),
    "credentials.reason_needed": _("请写明理由或依据。没有改动；您填的还在。"),
    "credentials.no_name": _("持证人还没有填姓名，不能颁发。没有改动；请他先在“我的”里填好。"),
    "credentials.not_association": _("只有协会能颁发证书。没有改动。"),
    "credentials.not_keeper": _("只有协会的管理员能管密钥。没有改动。"),
    "credentials.no_key": _("现在没有可用的密钥，什么也没有签。请管理员运行 yinxian keys new。"),
    "credentials.key_locked": _(
        "密钥打不开：它是用另一个 YINXIAN_CREDENTIALS_SECRET 存的。什么也没有签；请换回原来的设置。"
    ),
    "credentials.key_revoked_before": _("这把密钥早已作废。没有改动。"),
    "credentials.not_yours_to_recognise": _("只有这个协会的审核员或管理员能签认可书。没有改动。"),
    "credentials.did_wrong": _("对方的 DID 看不懂：要 did:web: 或 did:key: 开头。没有签；您填的还在。"),
    "credentials.recognition_wrong": _("对方的名称、级别和网址都要写，而且不能太长。没有签；您填的还在。"),
    "credentials.own_level": _("这是本会自己的身份，不用认可。没有签。"),
    "credentials.dates_wrong": _("结束的日子早于开始的日子。没有签；您填的还在。"),
    "credentials.recognition_ended": _("这份认可书已经不在有效期。没有改动。"),
    "credentials.not_a_certificate": _("这不是证书。没有提交。"),
    "credentials.not_recognised": _(
        "这张证书没有通过四项核验，或者本站的协会不认可它。没有提交；请先到核验页看是哪一项。"
    ),
    "credentials.other_name": _(
        "证书上的姓名是“%(name)s”，与您的姓名不一致。没有提交；请先在“我的”里改成证书上的姓名。"
    ),
    "credentials.presented_before": _("这张证书已经交过。没有再提交。"),
    "credentials.nothing_to_read": _("没有读出证书：%(detail)s。没有保存任何内容。"),
    "credentials.too_large": _("文件超过 10 MB，不会是证书。没有读取；请选原来的文件，或拍清楚的二维码。"),
}
