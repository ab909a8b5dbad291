"""What market says when it refuses."""

from django.utils.translation import gettext_lazy as _

from .refusals_briefs import SENTENCES as BRIEFS
from .refusals_imports import SENTENCES as IMPORTS

SENTENCES = {
    **BRIEFS,
    **IMPORTS,
    "market.result_state": _("这项成果现在是“%(state)s”，不能变为“%(wanted)s”。没有改动；请刷新页面看最新状态。"),
    "market.need_state": _("这条需求现在是“%(state)s”，不能变为“%(wanted)s”。没有改动；请刷新页面看最新状态。"),
    "market.import_state": _("这次导入现在是“%(state)s”，不能变为“%(wanted)s”。没有改动；请刷新页面看最新状态。"),
    "market.need_over": _("这条需求已经“%(state)s”，不能再改。没有改动；需要的话请新提一条。"),
    "market.changed_meanwhile": _(
        "您打开这一页之后，别人先保存了改动，所以这一次没有保存。您填的内容都还在下面：请在新窗口打开看看对方改了什么，再决定怎么合并。"
    ),
    "market.not_yours": _("只有所有者的人和负责经理人能改它。没有改动。"),
    "market.owner_signs_off": _("这一步要由所有者单位的管理员或成员来做。没有改动；请把页面发给他们。"),
    "market.not_yours_to_create": _("您不能以这个单位的名义发布。没有保存；请换一个单位，或请该单位的人来做。"),
    "market.nobody_to_write_for": _(
        "您还不属于任何单位，也没有经理人资料，所以不能发布。请先加入单位，或填写经理人资料。"
    ),
    "market.not_yours_to_review": _("只有接纳该单位的协会的审核员能审核。没有改动。"),
    "market.not_a_reviewer": _("这一页给协会的审核员用。"),
    "market.no_association": _("贵单位还没有被协会接纳，没有人能审核。草稿已保留；请先申请加入一个协会。"),
    "market.not_listed": _("只有发布过的才能续期。没有改动；请先提交审核。"),
    "market.state_not_by_hand": _("这个状态不能直接设：确认由企业签认，发布由协会审核。没有改动。"),
    "market.not_a_manager": _("选的人没有经理人资料。没有改动；请换一位。"),
    "market.party_unknown": _("没有找到叫这个名字的单位，也没有这个编号。没有改动；请核对全称，或向对方要编号。"),
    "market.title_missing": _("名称不能空着。其余内容已保留。"),
    "market.words_missing": _("请贴上企业原话。其余内容已保留。"),
    "market.too_long": _("最多 %(limit)s 个字，现在有 %(length)s 个。没有保存，内容已保留；请缩短后再存。"),
    "market.too_many_words": _("最多 %(limit)s 个。没有保存，内容已保留。"),
    "market.unknown_choice": _("选项里没有这一项。没有保存，其余内容已保留；请重新选择。"),
    "market.amounts_crossed": _("下限比上限大。没有保存，内容已保留；请对调或改正。"),
    "market.email_wrong": _("邮箱写得不对。没有保存，其余内容已保留。"),
    "market.date_wrong": _("日期写得不对。没有保存，其余内容已保留。"),
    "market.date_past": _("这个日期已经过去了。没有保存，其余内容已保留；请改成今天或以后。"),
    "market.indicator_figure": _("“%(figure)s”不是一个数。没有保存，内容已保留；指标的数值请只写数字，单位另写。"),
    "market.indicator_incomplete": _("有一行指标没写全：名称和数值都要有，“介于”要两个数。没有保存，内容已保留。"),
    "market.reason_missing": _("暂缓或驳回要写明理由，所有者会看到。没有改动。"),
}
