"""What notifications says when it refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "notifications.not_yours": _("这条通知不是发给您的。没有改动；请从自己的通知里打开。"),
}
