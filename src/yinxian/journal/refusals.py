"""What the journal says when it refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "journal.receipt_too_large": _("内容超过 1 MB，不会是引荐凭据。没有读取；请发送从凭据页下载的文件原文。"),
}
