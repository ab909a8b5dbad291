"""What matching says when it refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "matching.decide": _("只有这条需求的负责经理人、同机构同事和需求方自己能决定候选。没有改动；可以请负责人来定。"),
    "matching.candidate_state": _("这个候选现在是“%(state)s”，不能变为“%(wanted)s”。没有改动；请刷新页面看最新状态。"),
    "matching.need_closed": _("这条需求已是“%(state)s”，不再接受候选。没有改动；需要时请先重新打开需求。"),
    "matching.reason_unknown": _("请在八个原因里选一个。没有改动；补充说明已保留。"),
    "matching.note_too_long": _("补充说明最多 %(limit)s 个字。没有改动；请缩短后再交，其余内容已保留。"),
    "matching.save_search": _("只有网络成员能存下找法。没有保存；您的机构加入一家协会以后就可以。"),
    "matching.stop_search": _("这是别人存下的找法。没有改动；请到自己的“存下的找法”里停。"),
    "matching.search_kind": _("请说明找成果还是找需求。没有保存；写的话已保留。"),
    "matching.search_empty": _("还没有写要找的事。没有保存；写一句话，或从一条需求的撮合页存下。"),
    "matching.search_too_long": _("要找的事最多 %(limit)s 个字，名称最多 80 个字。没有保存；请缩短后再存。"),
    "matching.searches_many": _("同时最多存 %(limit)s 个找法。没有保存；请先停掉不用的。"),
    "matching.refit": _("只有平台的运营者能重学权重。没有改动；可以请运营者来做。"),
    "matching.too_few": _(
        "决定还太少（%(decisions)s 个）：要 40 个、分布在 8 条有取有舍的需求里才能学。没有改动；仍用原来的权重。"
    ),
    "matching.nothing_new": _("自上次以来没有新的决定（共 %(decisions)s 个）。没有改动；有了新的决定再学。"),
    "matching.edit_concepts": _("只有协会的管理员和审核员能改协会的术语。没有改动；请把要加的词告诉他们。"),
    "matching.concept_changed": _("别人刚改过这条术语（现在是第 %(version)s 版）。没有改动；请打开新版再改。"),
    "matching.concept_nameless": _("至少要有一个中文或英文说法。没有改动，已填的内容都还在。"),
    "matching.concept_many": _("一栏最多写 %(limit)s 个。没有改动；请只留最常用的。"),
    "matching.concept_term": _("“%(term)s”不能作为一个说法：最多 %(limit)s 个字，不能有竖线和分号。没有改动。"),
    "matching.concept_term_short": _("“%(term)s”太短：一个字的词会在哪里都碰上。没有改动；请写完整的词。"),
    "matching.concept_field": _("没有“%(value)s”这个技术领域，请用 01 到 11 的代码，或留空。没有改动。"),
    "matching.concept_code": _("编号“%(value)s”不能用：只能是小写字母、数字和连字符。没有改动；留空会自动编。"),
    "matching.concept_code_taken": _("编号“%(value)s”已经是另一条术语的。没有改动；请换一个，或留空自动编。"),
    "matching.concept_note_long": _("说明最多 %(limit)s 个字。没有改动，已填的内容都还在。"),
    "matching.concept_term_taken": _(
        "“%(term)s”已经是“%(name)s”（%(id)s）的说法。同一个词真有两个意思时，请在说明里写清楚；否则请改那一条。没有改动。"
    ),
    "matching.concept_broader_unknown": _("没有“%(value)s”这个上位概念。没有改动；请先添加它，或写它的另一个说法。"),
    "matching.concept_broader_many": _("“%(value)s”有几个意思，请写编号：%(codes)s。没有改动，已填的内容都还在。"),
    "matching.concept_circle": _("“%(value)s”在这条术语之下，不能又在它之上。没有改动；请换一个上位概念。"),
    "matching.concept_stands_above": _("“%(name)s”还在它之下。没有改动；请先给那一条换上位概念，再撤下这一条。"),
    "matching.concept_file": _("文件读不出来：要 UTF-8 或 GBK 的 CSV，首行是列名。没有改动；可以先导出一份照着填。"),
    "matching.concept_file_long": _("一次最多导入 %(limit)s 行。没有改动；请分成几个文件。"),
    "matching.concept_row": _("第 %(row)s 行：%(sentence)s"),
}
