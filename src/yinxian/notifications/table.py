"""Which entry of the journal tells whom what. Every name that an operation records stands here or in ``silent``."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yinxian.deals.models import Deal, Dispute
from yinxian.kernel.templatetags.yx import day
from yinxian.market.models import Need
from yinxian.network.models import Membership

from .models import Group
from .rules import Rule, label_of

G = Group
PARTIES = ("buyer", "supplier", "manager", "team")

LISTINGS = {
    "market.need.created": (Rule(G.LISTINGS, _("需求「%(title)s」已录入，由您负责"), ("manager",)),),
    "market.need.assigned": (Rule(G.LISTINGS, _("需求「%(title)s」交给您负责"), ("manager",)),),
    "market.need.brief_written": (
        Rule(
            G.LISTINGS,
            _("需求「%(title)s」的需求书有了第 %(number)s 版，请看看写得对不对"),
            ("owner", "manager"),
            {"number": str},
        ),
    ),
    "market.need.brief_questioned": (
        Rule(
            G.LISTINGS,
            _("企业对需求「%(title)s」的需求书第 %(number)s 版有意见"),
            ("manager", "owner"),
            {"number": str},
        ),
    ),
    "market.need.brief_signed": (
        Rule(
            G.LISTINGS,
            _("需求「%(title)s」的需求书第 %(number)s 版已签认"),
            ("manager", "owner"),
            {"number": str},
        ),
        Rule(G.LISTINGS, _("需求「%(title)s」已由企业签认，等您审核"), ("reviewers",), key="review"),
    ),
    "market.need.published": (Rule(G.LISTINGS, _("需求「%(title)s」已发布"), ("owner", "manager")),),
    "market.need.held": (Rule(G.LISTINGS, _("需求「%(title)s」审核暂缓，请看审核意见"), ("owner", "manager")),),
    "market.need.rejected": (Rule(G.LISTINGS, _("需求「%(title)s」被驳回，请看审核意见"), ("owner", "manager")),),
    "market.need.moved": (
        Rule(
            G.LISTINGS,
            _("需求「%(title)s」走到了「%(state)s」"),
            ("owner", "manager"),
            {"state": label_of(Need.State)},
        ),
    ),
    "market.need.expired": (
        Rule(G.LISTINGS, _("需求「%(title)s」已过期下架，确认仍然有效就能重新发布"), ("owner", "manager")),
    ),
    "market.need.evidence_added": (Rule(G.LISTINGS, _("需求「%(title)s」添了一条佐证"), ("owner", "manager")),),
    "market.result.submitted": (Rule(G.LISTINGS, _("成果「%(title)s」已提交，等您审核"), ("reviewers",)),),
    "market.result.published": (Rule(G.LISTINGS, _("成果「%(title)s」已发布"), ("owner", "manager")),),
    "market.result.held": (Rule(G.LISTINGS, _("成果「%(title)s」审核暂缓，请看审核意见"), ("owner", "manager")),),
    "market.result.rejected": (Rule(G.LISTINGS, _("成果「%(title)s」被驳回，请看审核意见"), ("owner", "manager")),),
    "market.result.expired": (
        Rule(G.LISTINGS, _("成果「%(title)s」已过期下架，确认仍然有效就能重新发布"), ("owner", "manager")),
    ),
    "market.listing.expiring": (
        Rule(
            G.LISTINGS,
            _("「%(title)s」有效期到 %(until)s，若仍有效请续一年"),
            ("owner", "manager"),
            {"until": day},
        ),
    ),
    "matching.candidate.shortlisted": (Rule(G.MATCHING, _("需求「%(title)s」有一项成果入围"), ("owner", "manager")),),
}

INTRODUCTIONS = {
    "deals.introduction.proposed": (Rule(G.INTRODUCTIONS, _("引荐「%(title)s」的分成等您同意"), ("shares",)),),
    "deals.introduction.terms_changed": (
        Rule(G.INTRODUCTIONS, _("引荐「%(title)s」的条款改了，请再看一遍"), ("shares",)),
    ),
    "deals.introduction.offered": (Rule(G.INTRODUCTIONS, _("引荐「%(title)s」等您单位确认"), ("buyer", "supplier")),),
    "deals.introduction.answered": (Rule(G.INTRODUCTIONS, _("引荐「%(title)s」有一方已答复"), ("manager",)),),
    "deals.introduction.declined": (
        Rule(G.INTRODUCTIONS, _("引荐「%(title)s」有一方不认可，已了结"), ("manager", "buyer", "supplier")),
    ),
    "deals.introduction.acknowledged": (
        Rule(
            G.INTRODUCTIONS,
            _("引荐「%(title)s」双方都已确认，联系方式已互开，保护期开始"),
            ("manager", "shares", "buyer", "supplier"),
        ),
    ),
    "deals.introduction.withdrawn": (Rule(G.INTRODUCTIONS, _("引荐「%(title)s」已撤回"), ("shares", "offered_sides")),),
    "deals.introduction.expired": (
        Rule(G.INTRODUCTIONS, _("引荐「%(title)s」过了最迟答复日，已作废"), ("manager", "buyer", "supplier")),
    ),
    "deals.introduction.ending": (
        Rule(
            G.INTRODUCTIONS,
            _("引荐「%(title)s」的保护期到 %(until)s 为止，请看看双方谈到了哪一步"),
            ("manager",),
            {"until": day},
        ),
    ),
    "deals.share.accepted": (Rule(G.INTRODUCTIONS, _("引荐「%(title)s」有一份分成已同意"), ("manager",)),),
    "deals.share.declined": (Rule(G.INTRODUCTIONS, _("引荐「%(title)s」有一份分成未获同意"), ("manager",)),),
    "deals.bypass.raised": (
        Rule(G.INTRODUCTIONS, _("保护期内的双方可能绕过了您：引荐「%(title)s」"), ("manager", "agency")),
    ),
    "deals.bypass.settled": (Rule(G.INTRODUCTIONS, _("引荐「%(title)s」的绕单提醒已解决"), ("manager", "agency")),),
    "deals.bypass.dismissed": (
        Rule(G.INTRODUCTIONS, _("引荐「%(title)s」的绕单提醒不成立，已关闭"), ("manager", "agency")),
    ),
}

DEALS = {
    "deals.deal.opened": (Rule(G.DEALS, _("项目「%(title)s」已立项"), PARTIES),),
    "deals.deal.moved": (Rule(G.DEALS, _("项目「%(title)s」走到了「%(to)s」"), PARTIES, {"to": label_of(Deal.State)}),),
    "deals.deal.registered": (Rule(G.DEALS, _("项目「%(title)s」的技术合同已登记"), PARTIES),),
    "deals.note.added": (Rule(G.DEALS, _("项目「%(title)s」有一条新记事"), ("audience",)),),
    "deals.meeting.recorded": (Rule(G.DEALS, _("项目「%(title)s」记下了一次会面"), ("audience",)),),
    "deals.file.added": (Rule(G.DEALS, _("项目「%(title)s」有一份新文件"), ("audience",)),),
    "deals.member.added": (Rule(G.DEALS, _("项目「%(title)s」的团队添了一人"), ("manager", "team")),),
    "contracts.contract.offered": (Rule(G.CONTRACTS, _("%(title)s 等您单位确认"), ("sides",)),),
    "contracts.contract.approved": (Rule(G.CONTRACTS, _("%(title)s 有一方已确认"), ("sides", "handler")),),
    "contracts.contract.agreed": (Rule(G.CONTRACTS, _("%(title)s 双方都已确认"), ("sides", "handler")),),
    "contracts.contract.changed": (Rule(G.CONTRACTS, _("%(title)s 有改动，此前的确认已作废"), ("sides", "handler")),),
    "contracts.contract.withdrawn": (
        Rule(G.CONTRACTS, _("%(title)s 收回修改，改好后会再请您确认"), ("sides", "handler")),
    ),
    "contracts.contract.cancelled": (Rule(G.CONTRACTS, _("%(title)s 已作废"), ("sides", "handler")),),
    "contracts.scan.uploaded": (Rule(G.CONTRACTS, _("%(title)s 有一份盖章扫描件，请核对"), ("sides", "handler")),),
    "contracts.scan.confirmed": (Rule(G.CONTRACTS, _("%(title)s 的盖章扫描件有一方已核对"), ("sides", "handler")),),
}

MONEY = {
    "deals.milestones.planned": (
        Rule(G.MONEY, _("项目「%(title)s」的付款计划已排好"), ("buyer_money", "supplier_money")),
    ),
    "deals.split.fixed": (
        Rule(G.MONEY, _("项目「%(title)s」的分成规则已定下"), ("manager", "supplier_money", "team")),
    ),
    "deals.payment.recorded": (
        Rule(G.MONEY, _("项目「%(title)s」记下了一笔到账"), ("manager", "buyer_money", "supplier_money")),
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
    "deals.invoice.asked": (Rule(G.MONEY, _("项目「%(title)s」需方请您单位开发票"), ("supplier", "supplier_money")),),
    "deals.invoice.sent": (Rule(G.MONEY, _("项目「%(title)s」的发票已开出"), ("buyer_money", "manager")),),
}

NETWORK = {
    "network.admission.asked": (Rule(G.NETWORK, _("「%(title)s」申请加入，等您审核"), ("reviewers",)),),
    "network.admission.granted": (Rule(G.NETWORK, _("「%(title)s」已被协会接纳"), ("admins",)),),
    "network.admission.declined": (
        Rule(G.NETWORK, _("「%(title)s」的加入申请未通过，补充资料后可以再申请"), ("admins",)),
    ),
    "network.member.added": (
        Rule(
            G.NETWORK,
            _("您已是「%(title)s」的%(role)s"),
            ("member",),
            {"role": label_of(Membership.Role)},
        ),
    ),
    "network.member.changed": (
        Rule(
            G.NETWORK,
            _("您在「%(title)s」改任%(role)s"),
            ("member",),
            {"role": label_of(Membership.Role)},
        ),
    ),
    "network.member.left": (Rule(G.NETWORK, _("您不再是「%(title)s」的成员"), ("member",)),),
    "reputation.points.given": (
        Rule(G.POINTS, _("您因项目「%(title)s」得到 %(points)s 积分"), ("member",), {"points": str}),
    ),
    "reputation.scheme.changed": (Rule(G.POINTS, _("「%(title)s」改了积分规则，已得的不变"), ("managers",)),),
}

TABLE: dict[str, tuple[Rule, ...]] = {**LISTINGS, **INTRODUCTIONS, **DEALS, **MONEY, **NETWORK}
