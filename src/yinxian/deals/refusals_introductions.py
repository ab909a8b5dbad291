"""What introductions say when they refuse."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "deals.link_past": _(
        "这个链接已经答复过，引荐成立一周之后不再显示联系方式。您的答复保留着；要联系对方，请登录，或者联系经理人。"
    ),
    "deals.introduction_state": _("这次引荐现在是“%(state)s”，不能变为“%(wanted)s”。没有改动；请刷新页面看最新状态。"),
    "deals.introduction_not_yours": _("只有发起这次引荐的经理人能做这一步。没有改动。"),
    "deals.introduce_as_manager": _("引荐由协会认可的技术经理人发起。没有保存；请先完善经理人资料并加入一个协会。"),
    "deals.introduce_unseen": _("这条需求或成果您还看不到全文，不能就它引荐。没有保存；请向所有者申请查看。"),
    "deals.introduction_one_party": _("需求和成果属于同一家单位，不需要引荐。没有保存。"),
    "deals.introduction_listing_closed": _(
        "这条需求或成果现在不在对接中（可能已下架、过期或已解决）。没有保存；请先请所有者恢复它。"
    ),
    "deals.introduction_exists": _(
        "您对这一对需求与成果已有一次进行中或受保护的引荐。没有再建；请在“我的引荐”里打开它。"
    ),
    "deals.introduction_subject": _("请用一句话写明引荐的事项。已填的内容都还在。"),
    "deals.introduction_subject_long": _("引荐事项最多 %(limit)s 个字。已填的内容都还在。"),
    "deals.introduction_subject_contact": _(
        "引荐事项里不能写电话、邮箱或微信号：双方确认之前，谁都不应看到联系方式。已填的内容都还在。"
    ),
    "deals.introduction_agency": _("只能以您所在的技术转移机构的名义引荐。已填的内容都还在。"),
    "deals.introduction_rate": _("请写明报酬比例：大于 0、不超过 100%。已填的内容都还在。"),
    "deals.introduction_fixed": _("请写明固定报酬的金额（元），大于 0。已填的内容都还在。"),
    "deals.introduction_ladder": _(
        "分档要从低到高、最后一档不设上限、每档比例在 0 到 100% 之间，并且不全是 0。已填的内容都还在。"
    ),
    "deals.introduction_days": _("付款天数请写 0 到 %(limit)s 之间的整数。已填的内容都还在。"),
    "deals.introduction_months": _("保护期请写 1 到 %(limit)s 个月。已填的内容都还在。"),
    "deals.shares_not_whole": _(
        "各方分成必须都大于 0，合计正好 100.00%%；现在是 %(total)s。没有保存，已填的内容都还在；请改到一分不差。"
    ),
    "deals.shares_twice": _("同一个人或单位出现了两次。请合并成一行；已填的内容都还在。"),
    "deals.share_of_party": _("供需双方不能从引荐报酬里分成。请去掉那一行；已填的内容都还在。"),
    "deals.share_unknown": _("有一行分成没有选对人或单位。请重新选择；已填的内容都还在。"),
    "deals.share_not_yours": _("这一份分成不是分给您的，或者您不是该单位的管理员、财务，不能代答。没有改动。"),
    "deals.share_not_asked": _("这次引荐现在不在征求分成意见，答复没有记下。请刷新页面看最新状态。"),
    "deals.share_terms_changed": _("您看的时候条款改过了，答复没有记下。请看过新条款再答。"),
    "deals.share_answered": _("这一份已经同意过，不需要再答。条款若有改动，会重新征求您的同意。"),
    "deals.shares_not_accepted": _("还有 %(count)s 份分成没有同意，不能发给双方。没有改动；请等他们答复或修改分成。"),
    "deals.introduction_terms_fixed": _("条款已发给双方，不能再改。没有改动；确需修改，请撤回后重新发起。"),
    "deals.introduction_side": _("请说明是需方还是供方。没有改动。"),
    "deals.introduction_not_offered": _("这次引荐还没有发给双方。没有改动；请先让团队同意分成，再发出。"),
    "deals.introduction_done": _("双方都已确认过，引荐已经成立；这一次没有再做。"),
    "deals.introduction_declined": _("有一方已答复不认可，这次引荐到此为止。您的答复没有记下，也不再需要。"),
    "deals.introduction_withdrawn": _("经理人已撤回这次引荐。您的答复没有记下；如有疑问，请联系发给您链接的人。"),
    "deals.introduction_expired": _("答复期限已过，这次引荐已失效。您的答复没有记下；如仍有意，请经理人重新发起。"),
    "deals.side_answered": _("这一方已经有人答复过，答复只能有一次；这一次没有再记。"),
    "deals.link_recipient": _("请写明这个链接发给谁。没有生成链接。"),
    "deals.link_other_side": _(
        "这个链接是发给另一方的，您所在的单位不能用它答复。链接没有被用掉；请交还给发给您的人。"
    ),
    "deals.link_other_person": _(
        "这个链接是发给%(recipient)s的，姓名不一致，答复没有记下，链接也没有被用掉。"
        "如果应由您答复，请经理人给您单独发一个。"
    ),
    "deals.acknowledge_own": _("您在这次引荐里有报酬，不能代表供需任何一方确认。没有记下；链接没有被用掉。"),
    "deals.acknowledge_for_side": _("只有该单位的管理员或成员能代表它确认。没有记下。"),
    "deals.acknowledge_who": _("请写明姓名和职务：确认要落到具体的人。答复还没有记下。"),
    "deals.bypass_state": _("这条提醒现在是“%(state)s”，不能变为“%(wanted)s”。没有改动。"),
    "deals.bypass_not_yours": _("只有经理人本人或所在机构的管理员能处理这条提醒。没有改动。"),
    "deals.claim_ground": _("请写明主张的依据：哪份合同、按哪条约定。没有记账；其余内容已保留。"),
    "deals.claim_debtor": _("请选择由需方还是供方支付。没有记账；其余内容已保留。"),
    "deals.no_claim": _("没有主张过报酬，或已经全部了结。没有记账；请刷新页面看最新状态。"),
    "deals.bypass_closed": _("这条提醒已经处理过，没有改动；请刷新页面看处理说明。"),
    "deals.bypass_note": _("请写一句处理说明，方便日后查对。没有改动。"),
}
