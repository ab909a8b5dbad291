"""What the entries of landings and of teams tell whom; a part of the table."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .models import Group
from .rules import Rule

G = Group

LANDINGS = {
    "landing.landing.wanted": (Rule(G.INTRODUCTIONS, _("团队请您引荐落地：「%(title)s」"), ("manager",)),),
    "landing.offer.made": (Rule(G.INTRODUCTIONS, _("「%(title)s」有一处应约"), ("team", "manager", "receiver")),),
    "landing.offer.changed": (
        Rule(G.INTRODUCTIONS, _("「%(title)s」的一处应约改了条件，请再看一遍"), ("team", "manager", "shares")),
    ),
    "landing.offer.withdrawn": (Rule(G.INTRODUCTIONS, _("「%(title)s」的一处应约已撤回"), ("team", "manager")),),
    "landing.offer.lapsed": (
        Rule(G.INTRODUCTIONS, _("「%(title)s」的一处应约过了有效期"), ("team", "manager", "region")),
    ),
    "landing.offer.passed": (
        Rule(G.INTRODUCTIONS, _("「%(title)s」的团队选了别处，您的应约已结束"), ("region", "receiver")),
    ),
    "landing.agreement.proposed": (Rule(G.INTRODUCTIONS, _("引荐落地「%(title)s」的分成等您同意"), ("shares",)),),
    "landing.share.accepted": (Rule(G.INTRODUCTIONS, _("引荐落地「%(title)s」有一份分成已同意"), ("manager",)),),
    "landing.share.declined": (Rule(G.INTRODUCTIONS, _("引荐落地「%(title)s」有一份分成未获同意"), ("manager",)),),
    "landing.agreement.agreed": (
        Rule(G.INTRODUCTIONS, _("「%(title)s」有一处的分成已谈妥，可以选定了"), ("team", "manager")),
    ),
    "landing.landing.chosen": (
        Rule(G.INTRODUCTIONS, _("「%(title)s」选定了您这里，联系方式已公开"), ("region", "receiver"), key="chosen"),
        Rule(G.INTRODUCTIONS, _("「%(title)s」已选定落地的地方"), ("manager", "team", "home")),
    ),
    "landing.landing.landed": (
        Rule(G.INTRODUCTIONS, _("「%(title)s」的落地凭证等您确认"), ("confirmers",), key="confirm"),
        Rule(G.INTRODUCTIONS, _("「%(title)s」交了落地凭证"), ("team", "manager", "receiver")),
    ),
    "landing.landing.questioned": (
        Rule(G.INTRODUCTIONS, _("「%(title)s」的落地凭证被退回，请看哪里不对"), ("team", "manager", "region")),
    ),
    "landing.landing.confirmed": (
        Rule(G.INTRODUCTIONS, _("「%(title)s」两地都已确认落地"), ("team", "manager", "receiver", "region", "home")),
    ),
    "landing.landing.withdrawn": (
        Rule(G.INTRODUCTIONS, _("「%(title)s」的团队撤回了落地需求"), ("manager", "regions", "receivers")),
    ),
    "landing.landing.lapsed": (
        Rule(G.INTRODUCTIONS, _("「%(title)s」过了应约截止日，没有选定"), ("team", "manager", "regions")),
    ),
    "landing.invitation.asked": (Rule(G.INTRODUCTIONS, _("请您加入需求「%(title)s」的团队"), ("invited",)),),
    "landing.invitation.accepted": (
        Rule(G.INTRODUCTIONS, _("您请的人加入了需求「%(title)s」的团队"), ("asker", "manager")),
    ),
    "landing.invitation.declined": (
        Rule(G.INTRODUCTIONS, _("您请的人谢绝了需求「%(title)s」的邀请"), ("asker", "manager")),
    ),
    "landing.invitation.withdrawn": (Rule(G.INTRODUCTIONS, _("需求「%(title)s」的团队邀请已撤回"), ("invited",)),),
}
