"""What market says when it refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "market.result_state": _("这项成果现在是“%(state)s”，不能变为“%(wanted)s”。没有改动；请刷新页面看最新状态。"),
    "market.need_state": _("这条需求现在是“%(state)s”，不能变为“%(wanted)s”。没有改动；请刷新页面看最新状态。"),
    "market.import_state": _("这次导入现在是“%(state)s”，不能变为“%(wanted)s”。没有改动；请刷新页面看最新状态。"),
}
