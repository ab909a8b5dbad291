"""What notifications holds of a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yinxian.network.personal import DELETED, Held, hold

hold(
    Held("notifications.notice", _("通知"), DELETED, _("只有您自己看")),
    Held("notifications.preference", _("通知设置"), DELETED, _("只有您自己用")),
)
