"""Technology licence (技术许可), 民法典 845, 846, 862 to 875; version 2026.1."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .common import CLOSING_ASKS, CONTACT_BUYER, CONTACT_SUPPLIER, END, SECRECY, START, closing, secrecy
from .structure import Article, Ask, Table, Template, When

EXCLUSIVITY = (
    ("sole", _("独占许可：许可人自己也不实施")),
    ("exclusive", _("排他许可：许可人自己可以实施")),
    ("ordinary", _("普通许可：还可以许可别人")),
)
PAYMENTS = (
    ("lump", _("一次总算")),
    ("instalments", _("分期支付")),
    ("entry", _("入门费加提成")),
    ("royalty", _("提成")),
)
BASES = (("price", _("产品价格")), ("output", _("新增产值")), ("profit", _("利润")), ("sales", _("销售额")))
YES_NO = (("no", _("不可以")), ("consent", _("经许可人书面同意可以")))

TEMPLATE = Template(
    kind="licence",
    version="2026.1",
    name="技术许可合同",
    roles={"buyer": "被许可人", "supplier": "许可人"},
    tables=("indicators", "payments"),
    preamble=(
        "{supplier}（许可人）与{buyer}（被许可人）就“{title}”的实施许可，"
        "依照《中华人民共和国民法典》关于技术许可合同的规定，经协商一致，订立本合同。"
    ),
    asks=(
        CONTACT_BUYER,
        CONTACT_SUPPLIER,
        Ask("rights", "text", _("许可的知识产权"), help=_("逐项写：类型、编号、名称、状态、权利人、有效期。")),
        Ask("earlier", "text", _("此前的许可和权利负担"), default="没有"),
        Ask("scope", "text", _("实施的内容、范围和要求"), help=_("用于什么产品、什么工艺。")),
        Ask("exclusivity", "choice", _("许可方式"), choices=EXCLUSIVITY, default="ordinary"),
        Ask("territory", "line", _("地域"), default="中国境内"),
        START,
        END,
        Ask("sublicence", "choice", _("能否再许可"), choices=YES_NO, default="no"),
        Ask("materials", "text", _("交付的技术资料"), help=_("清单、时间、地点和方式。")),
        Ask("payment_kind", "choice", _("支付方式"), choices=PAYMENTS, default="instalments"),
        Ask("royalty_base", "choice", _("提成的基数"), required=False, choices=BASES, help=_("有提成时填写。")),
        Ask("royalty_bp", "percent", _("提成比例"), required=False, help=_("有提成时填写。")),
        Ask("guidance", "text", _("技术指导"), help=_("人员、次数、费用由谁承担。")),
        Ask("acceptance", "text", _("验收标准和方法")),
        Ask("acceptance_days", "whole", _("验收期限（日）"), default="15"),
        Ask("improvements", "text", _("后续改进的归属和分享"), required=False, help=_("不填则互不分享。")),
        SECRECY,
        *CLOSING_ASKS,
    ),
    articles=(
        Article(
            "许可的权利",
            (
                "许可人许可被许可人实施下列知识产权（{sub_kind}）：",
                "{rights}",
                "许可人保证自己是上述权利的合法拥有者或者有权许可，并保证所提供的技术完整、无误、有效，"
                "能够达到本合同约定的目标（民法典第八百七十条）。",
                "此前已有的许可和权利负担：{earlier}。",
                "专利实施许可只在该专利的存续期限内有效；专利有效期届满或者被宣告无效的，"
                "许可人不得再就该专利收取使用费（民法典第八百六十五条）。",
            ),
        ),
        Article(
            "许可的方式和范围",
            (
                When(
                    "exclusivity",
                    ("sole",),
                    ("许可方式为独占许可：在许可范围内只有被许可人可以实施，许可人自己也不实施。",),
                ),
                When("exclusivity", ("exclusive",), ("许可方式为排他许可：许可人不再许可他人，但自己可以实施。",)),
                When("exclusivity", ("ordinary",), ("许可方式为普通许可：许可人自己可以实施，也可以许可他人实施。",)),
                "地域：{territory}。期限：自{start_on}至{end_on}。实施的内容、范围和要求：",
                "{scope}",
                When("sublicence", ("no",), ("被许可人不得许可第三人实施。",)),
                When("sublicence", ("consent",), ("被许可人经许可人书面同意，可以许可第三人实施，并对其行为负责。",)),
            ),
        ),
        Article(
            "资料的交付和技术指导",
            (
                "许可人应当按下列约定交付实施所必需的技术资料：",
                "{materials}",
                "许可人应当提供下列技术指导：",
                "{guidance}",
                "实施应当达到的技术指标见下表。",
                Table("indicators"),
            ),
        ),
        Article(
            "使用费和支付",
            (
                When(
                    "payment_kind",
                    ("lump", "instalments"),
                    ("使用费总额为人民币{amount}元（大写：{amount_capitals}），按下表支付。",),
                ),
                When(
                    "payment_kind",
                    ("entry",),
                    (
                        "使用费由入门费和提成组成。入门费为人民币{amount}元（大写：{amount_capitals}），按下表支付；"
                        "提成以{royalty_base}为基数，按{royalty_bp}计算，每半年结算一次。",
                    ),
                ),
                When(
                    "payment_kind",
                    ("royalty",),
                    (
                        "使用费按提成支付：以{royalty_base}为基数，按{royalty_bp}计算，每半年结算一次；"
                        "双方预计的总额为人民币{amount}元（大写：{amount_capitals}），以实际结算为准。",
                    ),
                ),
                Table("payments"),
                When(
                    "payment_kind",
                    ("entry", "royalty"),
                    (
                        "被许可人应当为提成单独记账，每半年结束后三十日内提交结算表；许可人可以自行或者委托会计师查账，"
                        "每年不超过两次，少计超过百分之五的，查账费用由被许可人承担（民法典第八百四十六条）。",
                    ),
                ),
            ),
        ),
        Article(
            "验收",
            (
                "验收标准和方法如下：",
                "{acceptance}",
                "被许可人应当自许可人完成交付和指导之日起{acceptance_days}日内验收；不合格的，"
                "应当书面写明与哪一项指标不符，由许可人改正。",
            ),
        ),
        secrecy("保密"),
        Article(
            "后续改进",
            (
                When("improvements", ("*",), ("{improvements}",)),
                When(
                    "improvements",
                    ("",),
                    ("一方对许可的技术作出后续改进的，改进的成果归该方，对方无权分享（民法典第八百七十五条）。",),
                ),
                "任何一方不得以本合同限制对方进行改进，或者限制对方从其他来源获得技术。",
            ),
        ),
        Article(
            "权利的维护和侵权",
            (
                "许可期限内，许可人应当维持专利权有效，按期缴纳年费。",
                "被许可人按照约定实施而侵害他人合法权益的，由许可人承担责任（民法典第八百七十四条）。"
                "一方发现第三人侵权的，应当及时告知对方，由许可人决定维权方式，被许可人应当协助。",
            ),
        ),
        *closing(),
    ),
)
