"""What contracts says when it refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "contracts.contract_state": _("这份合同现在是“%(state)s”，不能变为“%(wanted)s”。没有改动；请刷新页面看最新状态。"),
    "contracts.may_not_draft": _("只有当事机构的人或经办经理人能起草这份合同。没有改动；请由他们来起草。"),
    "contracts.may_not_edit": _("您不能改这份合同：它可能已经确认或作废。没有改动；要改请由经办人另起一份。"),
    "contracts.may_not_offer": _("只有起草人或经办经理人能把合同交双方确认。没有改动。"),
    "contracts.may_not_answer": _("只有当事机构的管理员能代表本方确认。没有改动；请由贵方管理员来确认。"),
    "contracts.may_not_cancel": _("您不能作废这份合同。没有改动；请联系经办经理人。"),
    "contracts.may_not_upload": _("只有当事双方和经办人能上传扫描件。没有保存任何内容。"),
    "contracts.parties": _("合同的双方不能是同一个机构，中介合同还要写明委托方和中介方。没有改动；请检查当事人。"),
    "contracts.sub_kind": _("这个子类不属于这类合同。其余内容已保留；请重新选择。"),
    "contracts.team_parts": _("分成协议至少两名成员，每人一次，比例合计 100%。没有起草；请先把团队和比例定下来。"),
    "contracts.template_table": _(
        "没有叫“%(what)s”的表格：只有 indicators、payments、shares。没有保存；请改正后再存。"
    ),
    "contracts.template_keys": _("字段的代号要用小写英文字母开头、不重复，并写明名称和类型。没有保存；请改正后再存。"),
    "contracts.template_size": _(
        "模板是空的，或者太长了（最多 60 条、每条 60 句、每句 4,000 字）。没有保存；请精简后再存。"
    ),
    "contracts.template_program": _(
        "第 %(where)s 处有循环或者程序语句。模板只能用 {字段} 和条件，没有保存；请删去后再存。"
    ),
    "contracts.template_field": _(
        "第 %(where)s 处用了没有的字段“%(what)s”。没有保存；请改成字段表里的代号，或者先添加这个字段。"
    ),
    "contracts.template_braces": _("第 %(where)s 处的花括号不成对。没有保存；请写成 {字段代号}。"),
    "contracts.template_lines": _(
        "第 %(where)s 条的英文行数与中文不同。没有保存；请让中英文一行对一行，英文可以整栏留空。"
    ),
    "contracts.template_changed": _("在您编辑期间，别人存过这个模板。您改的内容没有存入；请刷新看最新的，再作修改。"),
    "contracts.template_note": _("请写一句这一版改了什么。没有发布。"),
    "contracts.template_same": _("这个模板和上一版没有不同，没有发布新版。"),
    "contracts.template_exists": _("这个模板已经有本协会的版本，请直接修改它。"),
    "contracts.may_not_template": _("只有协会的管理员和审核员能改本协会的模板。没有改动。"),
    "contracts.data": _("有一项内容的格式不对：%(what)s。没有改动；请检查后再交。"),
    "contracts.incomplete": _("还缺：%(what)s。已填的内容都在；补齐后再交双方确认。"),
    "contracts.changed_meanwhile": _(
        "在您填写期间，别人改过这份合同。您填的内容没有存入；请刷新看最新一稿，再作修改。"
    ),
    "contracts.not_offered": _("这份合同还没有交双方确认，或已有结果。没有改动；请刷新页面看最新状态。"),
    "contracts.already_approved": _("贵方已经确认过这一稿，这一次没有再记。"),
    "contracts.scan_kind": _("扫描件要用 PDF、JPG 或 PNG，而且打得开。没有保存任何内容；请重新扫描或换一种格式。"),
    "contracts.scan_old": _("这份扫描件对应的是旧的一稿。没有改动；请按最新一稿重新盖章、扫描。"),
    "contracts.registration_state": _("登记现在是“%(state)s”，不能变为“%(wanted)s”。没有改动；请刷新页面看最新状态。"),
    "contracts.may_not_register": _("登记由卖方办理，或由经办人代办。没有改动；请由他们来办。"),
    "contracts.not_to_be_registered": _("双方确认之后的技术合同才能登记。没有改动；请先让合同成立，再来准备登记表。"),
    "contracts.registration_lies_there": _(
        "登记表现在是“%(state)s”，不能再改。您填的没有存入；变更请先记下登记机构的结果。"
    ),
    "contracts.registration_incomplete": _("还有会被退回的地方：%(what)s。已填的都在；补齐后再提交。"),
    "contracts.registry_missing": _("请写明交给哪个登记机构。没有改动。"),
    "contracts.registration_number": _("请填写登记编号，不超过 40 个字。没有改动。"),
    "contracts.registration_reason": _("请写明原因。没有改动。"),
    "contracts.registration_date": _("日期要在提交和签订之后，不晚于今天。没有改动；请检查日期。"),
    "contracts.may_not_count": _("登记统计给协会的管理员和审核员看。"),
    "contracts.certificate_unreadable": _(
        "证书文件打不开：密码不对，或者它不是 .p12／.pfx 文件。没有签署，文件和密码都没有保存；请检查后再试。"
    ),
    "contracts.certificate_expired": _("这张证书不在有效期内（到期日 %(until)s）。没有签署；请换一张有效的证书。"),
    "contracts.certificate_kind": _(
        "这张证书的密钥常见的 PDF 阅读器不认（要 RSA 或 P-256）。没有签署；请向认证机构换一张。"
    ),
    "contracts.certificate_untrusted": _(
        "这张证书由“%(issuer)s”签发，本系统不信任它。没有签署；请换认证机构发的证书，或请操作员把该机构加入信任名单。"
    ),
    "contracts.signing_service": _("签名服务没有给出可用的回答。没有签署，没有改动；请稍后再试，或改用证书文件。"),
    "contracts.no_signing_service": _("本系统没有接签名服务。没有签署；请用证书文件签。"),
    "contracts.timestamp_service": _("时间戳服务没有给出可用的回答。没有签署，没有改动；请稍后再试。"),
    "contracts.not_to_be_signed": _(
        "这份合同现在不能电子签名：要先交双方确认，也不能已作废或已用纸质盖章。没有改动；请刷新页面看最新状态。"
    ),
    "contracts.not_your_turn": _("现在轮到%(side)s签。没有改动；等对方签好会通知您。"),
    "contracts.all_signed": _("各方都已签署，这一次没有再签。"),
    "contracts.signed_meanwhile": _("就在刚才另一方签了字。您的签名没有存入；请刷新页面再签一次。"),
    "contracts.draft_kind": _(
        "这个文件不是 Word（docx）、PDF 或文本。没有保存任何内容；请换一种格式，或者把文字粘贴进来。"
    ),
    "contracts.draft_old_word": _(
        "这是旧的 .doc 格式，或者加了密码的文件。没有保存任何内容；请另存为没有密码的 .docx 再传，或者粘贴文字。"
    ),
    "contracts.draft_damaged": _("文件打不开，可能损坏了。没有保存任何内容；请重新导出，或者把文字粘贴进来。"),
    "contracts.draft_locked": _("这个 PDF 加了密码。没有保存任何内容；请去掉密码再传。"),
    "contracts.draft_without_words": _(
        "里面没有文字：可能是扫描的图片。没有保存任何内容；请先识别成文字，或者粘贴进来。"
    ),
    "contracts.draft_too_long": _("文件太长：最多 %(limit)s 页。没有保存任何内容；请只传合同正文。"),
    "contracts.may_not_forget": _("只有查这份草稿的人能删它。没有改动。"),
    "contracts.draft_empty": _("还没有给草稿：请选一个文件，或者粘贴文字。"),
}
