"""Technology development (技术开发), 民法典 845, 851 to 861; version 2026.1."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .common import CLOSING_ASKS, CONTACT_BUYER, CONTACT_SUPPLIER, END, PLACE, SECRECY, START, closing, secrecy
from .structure import Article, Ask, Table, Template, When

OWNERS = (("supplier", _("归研究开发方")), ("buyer", _("归委托方")), ("joint", _("双方共有")))

TEMPLATE = Template(
    kind="development",
    version="2026.1",
    name="技术开发合同",
    roles={"buyer": "委托方", "supplier": "研究开发方"},
    tables=("indicators", "payments"),
    preamble=(
        "{buyer}（委托方）与{supplier}（研究开发方）就“{title}”的研究开发，"
        "依照《中华人民共和国民法典》关于技术合同的规定，经协商一致，订立本合同。"
    ),
    asks=(
        CONTACT_BUYER,
        CONTACT_SUPPLIER,
        Ask("scope", "text", _("标的的内容、范围和要求")),
        Ask("plan", "text", _("研究开发计划"), help=_("分阶段写清每一步做什么、何时完成。")),
        PLACE,
        START,
        END,
        Ask("manner", "line", _("履行方式"), default="研究开发方自行组织研究开发，按计划分阶段交付"),
        Ask("deliverables", "text", _("交付的成果"), help=_("样机、样件、报告、图纸、软件等，逐项写。")),
        Ask("funding_use", "line", _("研究开发经费的使用"), default="用于人员、材料、测试和外协，由研究开发方统筹使用"),
        Ask("equipment_owner", "choice", _("用经费购置的设备归谁"), choices=OWNERS, default="supplier"),
        Ask("ip_owner", "choice", _("申请专利的权利归谁"), choices=OWNERS, default="supplier"),
        Ask("ip_sharing", "text", _("成果的使用和收益分享"), help=_("谁可以怎么用，转让或许可的收益怎么分。")),
        SECRECY,
        Ask("risk_buyer_bp", "percent", _("失败风险：委托方承担"), default="50"),
        Ask("risk_supplier_bp", "percent", _("失败风险：开发方承担"), default="50", help=_("两者合计 100%。")),
        Ask("guidance", "text", _("技术指导和培训"), required=False),
        Ask("acceptance", "text", _("验收标准和方法")),
        Ask("acceptance_days", "whole", _("验收期限（日）"), default="15"),
        *CLOSING_ASKS,
    ),
    articles=(
        Article(
            "标的",
            (
                "本合同开发的项目是：{title}（{sub_kind}）。内容、范围和要求如下：",
                "{scope}",
                "开发成果应当达到的技术指标见下表。",
                Table("indicators"),
            ),
        ),
        Article(
            "计划、地点和方式",
            (
                "研究开发自{start_on}开始，至{end_on}完成，计划如下：",
                "{plan}",
                "履行地点：{place}。履行方式：{manner}。",
                "研究开发方应当按计划实施，委托方应当按约定提供技术资料、提出要求并完成协作事项；"
                "一方发现进度将要延误的，应当立即告知对方原因和补救办法。",
            ),
        ),
        Article("交付", ("研究开发方应当交付下列成果，并保证其完整、可以按说明使用：", "{deliverables}")),
        Article(
            "价款、经费和支付",
            (
                "合同总价为人民币{amount}元（大写：{amount_capitals}），包括研究开发经费和报酬。{funding_use}。",
                "委托方按下表分期支付。每期付款以表中条件成就为前提，研究开发方应当在收款后及时开具发票。",
                Table("payments"),
                When("equipment_owner", ("supplier",), ("用研究开发经费购置的设备、器材归研究开发方所有。",)),
                When("equipment_owner", ("buyer",), ("用研究开发经费购置的设备、器材归委托方所有，完成后移交。",)),
                When("equipment_owner", ("joint",), ("用研究开发经费购置的设备、器材归双方共有，处置应当一致同意。",)),
            ),
        ),
        secrecy("技术资料和保密"),
        Article(
            "风险的承担",
            (
                "研究开发中出现现有条件下无法克服的技术困难，致使开发全部或者部分失败的，先由双方确认；"
                "确认后的损失，委托方承担{risk_buyer_bp}，研究开发方承担{risk_supplier_bp}（民法典第八百五十八条）。",
                "一方发现可能失败的情形，应当在十日内通知对方并采取措施减少损失；没有及时通知和采取措施的，"
                "就扩大的损失承担责任。",
                "作为标的的技术已经由他人公开，致使履行没有意义的，可以解除合同，已经发生的费用据实结算。",
            ),
        ),
        Article(
            "成果的归属和分享",
            (
                When(
                    "ip_owner",
                    ("supplier",),
                    (
                        "履行本合同完成的发明创造，申请专利的权利归研究开发方；取得专利权的，委托方可以依法实施。"
                        "研究开发方转让专利申请权的，委托方在同等条件下优先受让（民法典第八百五十九条）。",
                    ),
                ),
                When(
                    "ip_owner",
                    ("buyer",),
                    ("履行本合同完成的发明创造，申请专利的权利归委托方，研究开发方应当协助办理。",),
                ),
                When(
                    "ip_owner",
                    ("joint",),
                    (
                        "履行本合同完成的发明创造，申请专利的权利归双方共有；一方转让其共有部分的，"
                        "对方在同等条件下优先受让（民法典第八百六十条）。",
                    ),
                ),
                "技术秘密成果的使用、转让和收益分享按下列约定；没有约定的，"
                "双方都有使用和转让的权利（民法典第八百六十一条）：",
                "{ip_sharing}",
                "完成成果的个人有在有关技术文件上写明自己是成果完成者、取得荣誉和奖励的权利。",
            ),
        ),
        Article(
            "技术指导",
            (
                When("guidance", ("*",), ("{guidance}",)),
                When("guidance", ("",), ("交付后，研究开发方应当就成果的使用向委托方作必要的说明。",)),
            ),
        ),
        Article(
            "验收",
            (
                "验收标准和方法如下：",
                "{acceptance}",
                "委托方应当自收到成果和验收材料之日起{acceptance_days}日内验收。不合格的，应当书面写明与哪一项指标不符；"
                "研究开发方改正后重新提交。逾期既不验收也不说明理由的，视为对该次提交没有异议。",
            ),
        ),
        *closing(),
    ),
)
