"""What introductions say when they refuse."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "deals.introduction_state": _("这次引荐现在是“%(state)s”，不能变为“%(wanted)s”。没有改动；请刷新页面看最新状态。"),
}
