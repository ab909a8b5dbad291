"""What alliances holds of a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yinxian.network.personal import BLANKED, DELETED, KEPT, Held, hold

hold(
    Held("alliances.licence", _("执业证书"), DELETED, _("只写在您的名片上"), lookup="card__user"),
    Held(
        "alliances.card",
        _("名片"),
        BLANKED,
        _("内容抹去，名录里再也找不到"),
        blank={
            **dict.fromkeys(("headline", "headline_en", "about", "about_en"), ""),
            **dict.fromkeys(("codes", "codes_public", "words", "words_public"), ""),
            **{name: [] for name in ("tracks", "regions", "languages", "shows")},
            "audience": "nobody",
        },
    ),
    Held(
        "alliances.member",
        _("会籍"),
        BLANKED,
        _("会员号、期限和会费是协会的账，留着；姓名、手机号和申请时的回答抹去"),
        blank={"name": "—", "phone": "", "answers": {}},
    ),
    Held("alliances.studiomember", _("工作室的成员身份"), BLANKED, _("主页上不再写您"), blank={"shown": False}),
    Held(
        "alliances.studio",
        _("建的工作室"),
        BLANKED,
        _("主页不再公开"),
        lookup="owner",
        blank={"published": False, "about": "", "about_en": ""},
    ),
    Held("alliances.agreementsignature", _("联盟协议上的签署"), KEPT, _("协议对各成员单位有效")),
)
