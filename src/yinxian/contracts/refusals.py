"""What contracts says when it refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "contracts.contract_state": _("这份合同现在是“%(state)s”，不能变为“%(wanted)s”。没有改动；请刷新页面看最新状态。"),
    "contracts.may_not_draft": _("只有当事机构的人或经办经理人能起草这份合同。没有改动；请由他们来起草。"),
    "contracts.may_not_edit": _("您不能改这份合同：它可能已经确认或作废。没有改动；要改请由经办人另起一份。"),
    "contracts.may_not_offer": _("只有起草人或经办经理人能把合同交双方确认。没有改动。"),
    "contracts.may_not_answer": _("只有当事机构的管理员能代表本方确认。没有改动；请由贵方管理员来确认。"),
    "contracts.may_not_cancel": _("您不能作废这份合同。没有改动；请联系经办经理人。"),
    "contracts.may_not_upload": _("只有当事双方和经办人能上传扫描件。没有保存任何内容。"),
    "contracts.parties": _("合同的双方不能是同一个机构，中介合同还要写明委托方和中介方。没有改动；请检查当事人。"),
    "contracts.sub_kind": _("这个子类不属于这类合同。其余内容已保留；请重新选择。"),
    "contracts.data": _("有一项内容的格式不对：%(what)s。没有改动；请检查后再交。"),
    "contracts.incomplete": _("还缺：%(what)s。已填的内容都在；补齐后再交双方确认。"),
    "contracts.changed_meanwhile": _(
        "在您填写期间，别人改过这份合同。您填的内容没有存入；请刷新看最新一稿，再作修改。"
    ),
    "contracts.not_offered": _("这份合同还没有交双方确认，或已有结果。没有改动；请刷新页面看最新状态。"),
    "contracts.already_approved": _("贵方已经确认过这一稿，这一次没有再记。"),
    "contracts.scan_kind": _("扫描件要用 PDF、JPG 或 PNG，而且打得开。没有保存任何内容；请重新扫描或换一种格式。"),
    "contracts.scan_old": _("这份扫描件对应的是旧的一稿。没有改动；请按最新一稿重新盖章、扫描。"),
}
