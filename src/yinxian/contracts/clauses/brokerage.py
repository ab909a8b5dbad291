"""Technology brokerage (技术中介), 民法典 887, 961 to 966; version 2026.1."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .common import ARBITRATOR, CONTACT_BROKER, COPIES, DISPUTE, EXTRA, GLOSSARY, PENALTY, SECRECY, closing, secrecy
from .structure import Article, Ask, Table, Template, When

TRIGGERS = (
    ("each_payment", _("每收到一笔价款付一笔")),
    ("contract", _("技术合同成立时")),
    ("first_payment", _("收到第一笔价款时")),
)
COSTS = (("broker", _("中介方自己承担")), ("client", _("委托方据实承担")))

TEMPLATE = Template(
    kind="brokerage",
    version="2026.1",
    name="技术中介合同",
    roles={"client": "委托方", "broker": "中介方"},
    tables=("payments",),
    preamble=(
        "{client}（委托方）委托{broker}（中介方）就“{title}”介绍、促成与{third}（相对方）订立技术合同，"
        "依照《中华人民共和国民法典》关于中介合同和技术中介合同的规定，经协商一致，订立本合同。"
    ),
    asks=(
        CONTACT_BROKER,
        Ask("technology", "text", _("具体的技术"), help=_("写到别人能分清是哪一项技术。")),
        Ask("services", "text", _("服务的内容和范围"), help=_("信息、撮合、谈判协助、履约跟进等，逐项写。")),
        Ask("fee", "line", _("报酬标准"), help=_("比例或金额，例如：技术合同每笔到账价款的 11.60%。")),
        Ask("trigger", "choice", _("何时产生报酬"), choices=TRIGGERS, default="each_payment"),
        Ask("fee_days", "whole", _("产生后几日内支付"), default="10"),
        Ask("costs", "choice", _("活动费用由谁承担"), choices=COSTS, default="broker"),
        Ask("tail_months", "whole", _("保护期（月）"), default="12", help=_("引荐之日起，绕开中介方仍须付酬的期间。")),
        Ask("conflicts", "text", _("利益冲突的披露"), default="中介方与相对方没有投资、任职或者亲属关系"),
        SECRECY,
        PENALTY,
        DISPUTE,
        ARBITRATOR,
        GLOSSARY,
        EXTRA,
        COPIES,
    ),
    articles=(
        Article(
            "委托事项",
            (
                "中介方为委托方与{third}就下列技术订立技术合同提供中介服务：",
                "{technology}",
                "服务的内容和范围：",
                "{services}",
            ),
        ),
        Article(
            "如实报告",
            (
                "中介方应当就订立合同的有关事项向委托方如实报告，包括相对方的资信、技术的来源和权属、已知的风险。",
                "中介方故意隐瞒重要事实或者提供虚假情况，损害委托方利益的，不得请求报酬，"
                "并应当承担赔偿责任（民法典第九百六十二条）。",
                "委托方应当及时提供真实的需求、条件和谈判进展，并在与相对方订立合同后五日内告知中介方。",
            ),
        ),
        Article(
            "报酬、支付和费用",
            (
                "报酬标准：{fee}。由{client}支付。",
                When("trigger", ("each_payment",), ("技术合同的价款每到账一笔，就该笔产生相应的报酬。",)),
                When("trigger", ("contract",), ("中介方促成技术合同成立时，产生全部报酬（民法典第九百六十三条）。",)),
                When("trigger", ("first_payment",), ("技术合同的第一笔价款到账时，产生全部报酬。",)),
                "报酬产生后{fee_days}日内支付。",
                When(
                    "payments", ("*",), ("已经议定的金额共人民币{amount}元（大写：{amount_capitals}），按下表支付。",)
                ),
                Table("payments"),
                When("costs", ("broker",), ("中介活动的费用由中介方承担。",)),
                When("costs", ("client",), ("经委托方事先同意的必要费用，由委托方凭票据据实承担。",)),
                "技术合同没有成立的，中介方不得请求报酬；只有另行约定的，"
                "才可以请求已经发生的必要费用（民法典第九百六十四条）。",
            ),
        ),
        Article(
            "保护期",
            (
                "自引荐双方之日起{tail_months}个月内，委托方利用中介方提供的机会或者服务，绕开中介方直接与相对方"
                "就上述技术订立合同的，仍应当支付报酬（民法典第九百六十五条）。",
                "引荐的事实和日期以双方确认的引荐记录为准。委托方的关联方订立合同的，视为委托方订立。",
            ),
        ),
        secrecy("保密"),
        Article(
            "利益冲突",
            (
                "{conflicts}。",
                "中介方同时接受相对方报酬的，应当事先告知双方并取得同意；没有告知的，应当退还从委托方取得的报酬。",
            ),
        ),
        *closing("应付报酬总额"),
    ),
)
