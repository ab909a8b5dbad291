"""What briefs and evidence say when they refuse."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "market.brief_changed_meanwhile": _(
        "在您编辑时，别人已存了新的一版。您写的还在表单里，没有存；请在新窗口打开最新版对照后再存。"
    ),
    "market.brief_line_gone": _("这一行已经不在需求书里了，没有改动。请刷新这一页再看。"),
    "market.report_not_yours": _("这份统计给协会的审核员看，您的账号看不了。没有改动。"),
    "market.no_model": _("还没有接上模型服务，需求书由规则来写。没有改动；要用模型，请管理员在设置里写明它的地址。"),
    "market.brief_signed": _("这一版已经签认，不会再改。要改请另存新的一版，再请企业签认。"),
    "market.brief_superseded": _("这一版之后又有了新版，不能再签认这一版。请向负责经理人要新版的链接。"),
    "market.recipient_missing": _("请写清由谁签认（姓名或职务）。链接还没有生成。"),
    "market.comment_missing": _("请写一句哪里不对，经理人才知道改什么。还没有提交，您的链接仍然有效。"),
    "market.brief_indicator_name": _("第 %(row)s 行指标没有名称。没有存；请补上，或删去这一行。"),
    "market.brief_indicator_figure": _("第 %(row)s 行指标的数看不懂：请只写数字，单位写在单位一栏。没有存。"),
    "market.brief_indicator_range": _("第 %(row)s 行指标是范围，要写下限和上限两个数。没有存。"),
    "market.brief_date": _("期限看不懂：请写成 2026-12-31 这样的日期。没有存。"),
    "market.brief_months": _("周期请写 1 到 600 之间的整月数。没有存。"),
    "market.evidence_not_yours": _("佐证由负责这条需求的经理人或协会审核员来记，企业不给自己打分。没有改动。"),
    "market.evidence_score": _("分数请写 1 到 10 的整数。没有存。"),
    "market.evidence_future": _("佐证的日期在今天之后。没有存；请写看到它的那一天。"),
    "market.evidence_expiry": _("有效期要在佐证日期之后，最长三年。没有存。"),
    "market.evidence_note": _("请写一句看到了什么、找谁核实的。没有存。"),
    "market.evidence_withdrawn": _("这条佐证已经撤回，这一次没有再做。"),
    "market.file_kind": _("读不了这种文件。没有存；请传 txt、Word（docx）、PDF 或 xlsx，或直接把文字粘贴进来。"),
    "market.file_damaged": _("文件打不开，可能已损坏。没有存；请重新导出，或直接把文字粘贴进来。"),
    "market.file_encrypted": _("文件加了密码，读不了。没有存；请去掉密码再传。"),
    "market.file_without_words": _("文件里没有文字，可能是扫描的图片。没有存；请把文字粘贴进来。"),
    "market.file_many_needs": _("这张表里不止一条需求。没有存；请用“导入”一次导入多条。"),
}
