"""What credentials holds of a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yinxian.network.personal import BLANKED, KEPT, Held, hold

hold(
    Held(
        "credentials.credential",
        _("证书"),
        BLANKED,
        _("已签发的证书要能核验、能列入状态名单，所以留着；公开页和名录不再显示"),
        blank={"shows_page": False, "shows_name": False, "shows_grounds": False, "shows_in_directory": False},
    ),
    Held(
        "credentials.application", _("级别申请"), BLANKED, _("协会的决定留着，您补充的话抹去"), blank={"statement": ""}
    ),
    Held("credentials.proof", _("计入级别的事实"), KEPT, _("授予级别的决定以它为据")),
    Held(
        "credentials.presentation",
        _("交来的别处的证书"),
        BLANKED,
        _("决定和它依据的认可书留着；证书本身和上面的姓名抹去"),
        blank={"holder_name": "—", "document": {}},
    ),
)
