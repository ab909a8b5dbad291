"""What market holds of a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yinxian.network.personal import BLANKED, KEPT, Held, hold

hold(
    Held("market.need", _("负责的需求"), KEPT, _("需求是单位的"), lookup="manager", also=("created_by",)),
    Held("market.result", _("负责的成果"), KEPT, _("成果是单位的"), lookup="manager", also=("created_by",)),
    Held(
        "market.briefcomment",
        _("对需求书的意见"),
        BLANKED,
        _("意见是改需求书的依据，留着；署名抹去"),
        lookup="by_user",
        blank={"by_name": "—"},
    ),
    Held("market.evidence", _("给需求的佐证"), KEPT, _("需求的可信度以它为据"), lookup="added_by"),
    Held("market.grant", _("给您看过的保密内容"), KEPT, _("谁看过什么，拥有者要能查"), also=("created_by",)),
)
