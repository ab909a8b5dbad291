"""What settlement holds of a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yinxian.network.personal import KEPT, Held, hold

hold(
    Held(
        "settlement.account",
        _("账户与分录"),
        KEPT,
        _("会计凭证和账簿要保存 30 年（《会计档案管理办法》附表），账要能对平"),
        lookup="owner_user",
    ),
)
