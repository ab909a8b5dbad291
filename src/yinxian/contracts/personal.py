"""What contracts holds of a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yinxian.network.personal import DELETED, KEPT, Held, hold

hold(
    Held("contracts.checkeddraft", _("查过的草稿"), DELETED, _("只有您自己看得到"), lookup="owner"),
    Held("contracts.signature", _("合同上的签名"), KEPT, _("签过的合同对双方都有效，签名是合同的一部分")),
    Held("contracts.approval", _("对合同的确认"), KEPT, _("合同以双方的确认为据")),
)
