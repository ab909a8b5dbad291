"""What reputation holds of a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yinxian.network.personal import BLANKED, DELETED, KEPT, Held, hold

hold(
    Held("reputation.point", _("积分"), KEPT, _("每一分都对着一件别人确认过的事")),
    Held(
        "reputation.appeal",
        _("积分和信用的申诉"),
        BLANKED,
        _("决定留着，您的理由抹去"),
        blank={"reason": "—"},
    ),
    Held(
        "reputation.relation",
        _("申报的关系"),
        BLANKED,
        _("哪天起与哪个单位有关系留着，积分按它算；说明抹去"),
        blank={"note": ""},
    ),
    Held("reputation.creditchoice", _("信用给谁看"), DELETED, _("只有您自己用")),
)
