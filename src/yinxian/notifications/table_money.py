"""Which entry of the journal about money tells whom what: plans, payments, trials, royalties, payouts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yinxian.deals.models import Dispute
from yinxian.kernel.templatetags.yx import day

from .models import Group
from .rules import Rule, label_of

G = Group

MONEY = {
    "deals.milestones.planned": (
        Rule(G.MONEY, _("项目「%(title)s」的付款计划已排好"), ("buyer_money", "supplier_money")),
    ),
    "deals.split.fixed": (
        Rule(G.MONEY, _("项目「%(title)s」的分成规则已定下"), ("manager", "supplier_money", "team")),
    ),
    "deals.split.left_open": (
        Rule(G.MONEY, _("项目「%(title)s」的分账规则等您单位来定：没有存下合用的奖励规则"), ("supplier_money",)),
        Rule(G.MONEY, _("项目「%(title)s」签约了，供方还没有定下分账规则"), ("manager",), key="manager"),
    ),
    "deals.royalty.agreed": (
        Rule(G.MONEY, _("项目「%(title)s」的提成已定，请按期报告"), ("buyer_money", "supplier_money")),
    ),
    "deals.royalty.reported": (
        Rule(G.MONEY, _("项目「%(title)s」报了一期提成，请看应付的款"), ("supplier_money", "manager", "buyer_money")),
    ),
    "deals.royalty.late": (
        Rule(G.MONEY, _("项目「%(title)s」有一期提成该报了，还没有报"), ("buyer_money", "buyer", "manager")),
    ),
    "deals.trial.agreed": (
        Rule(
            G.MONEY,
            _("项目「%(title)s」约定先试用，%(decide_by)s 前决定是否转化"),
            ("buyer", "buyer_money", "supplier"),
            {"decide_by": day},
        ),
    ),
    "deals.trial.extended": (
        Rule(
            G.MONEY,
            _("项目「%(title)s」的试用延长了，%(decide_by)s 前决定是否转化"),
            ("buyer", "buyer_money", "supplier"),
            {"decide_by": day},
        ),
    ),
    "deals.trial.due": (
        Rule(
            G.MONEY,
            _("项目「%(title)s」的试用该决定了：%(decide_by)s 前转为付费许可或者归还"),
            ("buyer", "buyer_money", "manager"),
            {"decide_by": day},
        ),
    ),
    "deals.trial.converted": (
        Rule(
            G.MONEY,
            _("项目「%(title)s」试用之后转为付费许可，首款 %(due_on)s 前付"),
            ("supplier", "supplier_money", "buyer_money", "manager", "team"),
            {"due_on": day},
        ),
    ),
    "deals.trial.given_back": (
        Rule(G.MONEY, _("项目「%(title)s」试用之后决定不转化，归还后请您单位确认"), ("supplier", "supplier_money")),
        Rule(G.MONEY, _("项目「%(title)s」试用之后决定不转化"), ("manager", "team"), key="manager"),
    ),
    "deals.trial.returned": (
        Rule(G.MONEY, _("项目「%(title)s」供方确认已归还，项目结束"), ("buyer", "buyer_money", "manager", "team")),
    ),
    "deals.equity.recorded": (Rule(G.MONEY, _("项目「%(title)s」记下一笔股权"), ("supplier_money", "buyer_money")),),
    "deals.payment.recorded": (
        Rule(G.MONEY, _("项目「%(title)s」记下了一笔到账"), ("manager", "buyer_money", "supplier_money")),
    ),
    "deals.foreign.returned": (
        Rule(G.MONEY, _("项目「%(title)s」没结汇的外币已退回需方"), ("manager", "buyer_money", "supplier_money")),
    ),
    "deals.payment.undone": (
        Rule(G.MONEY, _("项目「%(title)s」撤销了一笔登记错的到账"), ("manager", "buyer_money", "supplier_money")),
    ),
    "deals.milestone.funded": (
        Rule(G.MONEY, _("项目「%(title)s」有一个节点的款已托管，可以开工了"), ("supplier", "manager")),
    ),
    "deals.milestone.submitted": (
        Rule(G.MONEY, _("项目「%(title)s」的验收材料已到，请您单位确认"), ("buyer", "buyer_money")),
        Rule(G.MONEY, _("项目「%(title)s」的验收材料已交给需方"), ("manager",), key="manager"),
    ),
    "deals.milestone.changes_requested": (
        Rule(G.MONEY, _("项目「%(title)s」需方要求补改验收材料"), ("supplier", "manager")),
    ),
    "deals.milestone.released": (
        Rule(
            G.MONEY,
            _("项目「%(title)s」有一个节点验收通过，款已放出并分好"),
            ("supplier", "supplier_money", "buyer_money", "manager", "team", "agency_money"),
        ),
    ),
    "deals.milestone.refunded": (
        Rule(G.MONEY, _("项目「%(title)s」有一笔托管款已退还需方"), ("buyer_money", "supplier_money", "manager")),
    ),
    "deals.milestone.part_released": (
        Rule(
            G.MONEY,
            _("项目「%(title)s」有一个节点先放了一部分款，已分好"),
            ("supplier", "supplier_money", "buyer_money", "manager", "team", "agency_money"),
        ),
    ),
    "deals.milestone.part_refunded": (
        Rule(G.MONEY, _("项目「%(title)s」有一笔托管款退还了一部分"), ("buyer_money", "supplier_money", "manager")),
    ),
    "deals.milestone.disputed": (
        Rule(
            G.MONEY,
            _("项目「%(title)s」有一个节点起了争议，款已冻结"),
            ("buyer", "buyer_money", "supplier", "supplier_money", "manager"),
        ),
    ),
    "deals.dispute.answered": (
        Rule(G.MONEY, _("项目「%(title)s」的争议有一方已答复"), ("buyer_money", "supplier_money", "manager")),
    ),
    "deals.dispute.settled": (
        Rule(
            G.MONEY,
            _("项目「%(title)s」的争议已了结：%(outcome)s"),
            ("buyer", "buyer_money", "supplier", "supplier_money", "manager"),
            {"outcome": label_of(Dispute.Outcome)},
        ),
    ),
    "settlement.payments.cancelled": (
        Rule(
            G.MONEY,
            _("付款单 %(title)s 已作废：%(why)s。里面的款可以重新排付，请不要再交给银行"),
            ("keepers",),
            {"why": str},
        ),
    ),
    "deals.invoice.asked": (Rule(G.MONEY, _("项目「%(title)s」需方请您单位开发票"), ("supplier", "supplier_money")),),
    "deals.invoice.sent": (Rule(G.MONEY, _("项目「%(title)s」的发票已开出"), ("buyer_money", "manager")),),
}
