"""What matching says when it refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "matching.decide": _("只有这条需求的负责经理人、同机构同事和需求方自己能决定候选。没有改动；可以请负责人来定。"),
    "matching.candidate_state": _("这个候选现在是“%(state)s”，不能变为“%(wanted)s”。没有改动；请刷新页面看最新状态。"),
    "matching.need_closed": _("这条需求已是“%(state)s”，不再接受候选。没有改动；需要时请先重新打开需求。"),
    "matching.reason_unknown": _("请在八个原因里选一个。没有改动；补充说明已保留。"),
    "matching.note_too_long": _("补充说明最多 %(limit)s 个字。没有改动；请缩短后再交，其余内容已保留。"),
}
