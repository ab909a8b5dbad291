"""Which entry of the journal tells whom what. Every name that an operation records stands here or in ``silent``."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yinxian.deals.models import Deal
from yinxian.kernel.templatetags.yx import day
from yinxian.market.models import Need
from yinxian.network.models import Membership
from yinxian.reputation.models import Appeal, Why

from .models import Group
from .rules import Rule, label_of
from .table_exams import EXAMS
from .table_landings import LANDINGS
from .table_money import MONEY
from .table_training import TRAINING

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
    "matching.search.found": (Rule(G.MATCHING, _("“%(title)s”新找到 %(count)s 项"), ("searcher",), {"count": str}),),
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
    "deals.bypass.claimed": (
        Rule(G.INTRODUCTIONS, _("引荐「%(title)s」被绕开，报酬已记为应收"), ("manager", "agency")),
    ),
    "deals.bypass.claim_paid": (
        Rule(G.INTRODUCTIONS, _("引荐「%(title)s」收到了绕单后应付的报酬"), ("manager", "agency")),
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
    "contracts.contract.signed": (Rule(G.CONTRACTS, _("%(title)s 有一方已电子签名"), ("sides", "handler")),),
    "contracts.registration.submitted": (Rule(G.CONTRACTS, _("%(title)s 已提交登记"), ("sides", "handler")),),
    "contracts.registration.decided": (Rule(G.CONTRACTS, _("%(title)s 的登记有结果了"), ("sides", "handler")),),
    "contracts.scan.uploaded": (Rule(G.CONTRACTS, _("%(title)s 有一份盖章扫描件，请核对"), ("sides", "handler")),),
    "contracts.scan.confirmed": (Rule(G.CONTRACTS, _("%(title)s 的盖章扫描件有一方已核对"), ("sides", "handler")),),
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
}

REPUTATION = {
    "reputation.points.given": (
        Rule(G.POINTS, _("您因「%(title)s」得到 %(points)s 积分"), ("member",), {"points": str}),
    ),
    "reputation.points.taken_back": (
        Rule(G.POINTS, _("「%(title)s」的记录更正了，收回 %(points)s 积分"), ("member",), {"points": str}),
    ),
    "reputation.points.withheld": (
        Rule(G.POINTS, _("「%(title)s」没有给您计分：%(why)s"), ("member",), {"why": label_of(Why)}),
    ),
    "reputation.scheme.changed": (
        Rule(G.POINTS, _("「%(title)s」的积分规则从 %(on)s起改了，已得的不变"), ("managers",), {"on": day}),
    ),
    "reputation.appeal.asked": (Rule(G.POINTS, _("有人对「%(title)s」申诉，等您决定"), ("reviewers",)),),
    "reputation.appeal.decided": (
        Rule(
            G.POINTS,
            _("您对「%(title)s」的申诉有了决定：%(state)s"),
            ("member",),
            {"state": label_of(Appeal.State)},
        ),
    ),
}

CERTIFICATES = {
    "credentials.application.submitted": (Rule(G.NETWORK, _("有人申请%(title)s，等您评定"), ("reviewers",)),),
    "credentials.application.refused": (Rule(G.NETWORK, _("您申请的%(title)s这次没有授予，请看理由"), ("member",)),),
    "credentials.credential.issued": (Rule(G.NETWORK, _("您的%(title)s证书已经签发，可以下载"), ("member",)),),
    "credentials.credential.suspended": (Rule(G.NETWORK, _("您的%(title)s证书被暂停，请看理由"), ("member",)),),
    "credentials.credential.reinstated": (Rule(G.NETWORK, _("您的%(title)s证书已恢复"), ("member",)),),
    "credentials.credential.revoked": (Rule(G.NETWORK, _("您的%(title)s证书被撤销，请看理由"), ("member",)),),
    "credentials.presentation.made": (Rule(G.NETWORK, _("有人交来别处的证书%(title)s，等您确认"), ("reviewers",)),),
    "credentials.presentation.accepted": (Rule(G.NETWORK, _("您交来的证书%(title)s已被认可"), ("member",)),),
    "credentials.presentation.refused": (Rule(G.NETWORK, _("您交来的证书%(title)s没有被认可，请看理由"), ("member",)),),
}

MEMBERS = {
    "alliances.member.applied": (Rule(G.NETWORK, _("有人申请加入「%(title)s」，等您审核"), ("keepers",)),),
    "alliances.member.accepted": (
        Rule(G.NETWORK, _("「%(title)s」通过了您的入会申请，会员号 %(number)s"), ("member",), {"number": str}),
    ),
    "alliances.member.refused": (Rule(G.NETWORK, _("「%(title)s」没有通过您的入会申请，请看理由"), ("member",)),),
    "alliances.member.lapsed": (Rule(G.NETWORK, _("您在「%(title)s」的会籍已过期，缴纳会费后恢复"), ("member",)),),
    "alliances.member.left": (Rule(G.NETWORK, _("「%(title)s」的一份会籍已结束"), ("member", "keepers")),),
    "alliances.alliance.invited": (Rule(G.NETWORK, _("联盟「%(title)s」请您的单位签署协议"), ("asked",)),),
    "alliances.agreement.written": (Rule(G.NETWORK, _("联盟「%(title)s」的协议有了新版，等您签署"), ("allies",)),),
    "alliances.agreement.signed": (Rule(G.NETWORK, _("有单位签署了联盟「%(title)s」的协议"), ("founder",)),),
    "alliances.alliance.declined": (Rule(G.NETWORK, _("有单位没有加入联盟「%(title)s」"), ("founder",)),),
    "alliances.alliance.left": (Rule(G.NETWORK, _("有单位退出了联盟「%(title)s」"), ("allies",)),),
    "alliances.referral.offered": (Rule(G.NETWORK, _("转介「%(title)s」等您的单位答复"), ("taker",)),),
    "alliances.referral.taken": (Rule(G.NETWORK, _("转介「%(title)s」对方接下了，分成已定"), ("giver",)),),
    "alliances.referral.declined": (Rule(G.NETWORK, _("转介「%(title)s」对方没有接"), ("giver",)),),
    "alliances.referral.withdrawn": (Rule(G.NETWORK, _("转介「%(title)s」已被撤回"), ("taker",)),),
    "alliances.referral.done": (Rule(G.NETWORK, _("转介「%(title)s」办成了"), ("giver",)),),
    "alliances.referral.failed": (Rule(G.NETWORK, _("转介「%(title)s」没有办成，请看结果"), ("giver",)),),
    "alliances.studio.invited": (Rule(G.NETWORK, _("工作室「%(title)s」请您加入"), ("invited",)),),
    "alliances.studio.joined": (Rule(G.NETWORK, _("有人加入了工作室「%(title)s」"), ("owner",)),),
    "alliances.studio.declined": (Rule(G.NETWORK, _("有人婉拒了工作室「%(title)s」的邀请"), ("owner",)),),
    "alliances.studio.left": (Rule(G.NETWORK, _("有人离开了工作室「%(title)s」"), ("owner",)),),
    "alliances.studio.contacted": (Rule(G.NETWORK, _("工作室「%(title)s」收到一封来信"), ("members",)),),
    "alliances.licence.checked": (
        Rule(G.NETWORK, _("名片「%(title)s」上的一张执业证书已由协会核对原件"), ("holder",)),
    ),
    "alliances.fee.due": (
        Rule(G.NETWORK, _("您在「%(title)s」的会籍%(until)s到期，请续缴会费"), ("member",), {"until": day}),
    ),
    "alliances.fee.recorded": (
        Rule(G.NETWORK, _("「%(title)s」登记了您的会费，会籍到%(until)s"), ("member",), {"until": day}),
    ),
}

TABLE: dict[str, tuple[Rule, ...]] = {
    **LISTINGS,
    **INTRODUCTIONS,
    **DEALS,
    **MONEY,
    **NETWORK,
    **CERTIFICATES,
    **MEMBERS,
    **EXAMS,
    **LANDINGS,
    **TRAINING,
    **REPUTATION,
}
