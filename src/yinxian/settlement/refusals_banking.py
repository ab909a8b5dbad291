"""What settlement says when it refuses a bank file, a line of one, or an order to pay."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "settlement.royalty_tiers": _("提成的各档要从低到高，最后一档只写百分比，最多 12 档。没有保存；请改正。"),
    "settlement.royalty_rates": _("提成比例要大于 0，各档要么递增、要么递减。没有保存；请改正。"),
    "settlement.royalty_base": _("提成基数不能为负，也不能超过十万亿元。没有计算；请改正。"),
    "settlement.royalty_periods": _("起止日期不对，或期数超过 %(limit)s 期。没有保存；请改日期或间隔。"),
    "settlement.not_the_keeper": _("银行文件由保管托管款的协会或机构的管理员、财务办理。没有改动；请联系他们。"),
    "settlement.bank_details": _("户名、开户行和 6 到 34 位的账号都要填。没有保存；其余内容已保留。"),
    "settlement.bank_code": _("联行号是 12 位数字，BIC 是 8 或 11 位字母数字。没有保存；请改正或留空。"),
    "settlement.bank_account_in_use": _("这个账户已经导入过对账单，账号不能再改。没有保存；请核对账号。"),
    "settlement.bank_namespace": _(
        "这不是可读的 camt.053 对账单（命名空间是“%(found)s”，可读 001.02 到 001.10）。没有导入；请从银行重新导出。"
    ),
    "settlement.bank_entities": _("文件里带有文档类型或实体声明，出于安全不读。没有导入；请从银行重新导出。"),
    "settlement.bank_broken": _("文件不完整或已损坏：%(reason)s。没有导入；请重新下载后再传。"),
    "settlement.bank_no_statement": _("文件里没有对账单。没有导入；请核对是不是选错了文件。"),
    "settlement.bank_many_accounts": _("文件里有几个账户的流水。没有导入；请一个账户导出一份。"),
    "settlement.bank_many_currencies": _("文件里有几种货币的流水（%(found)s）。没有导入；请一种货币导出一份。"),
    "settlement.bank_currency": _("这是 %(found)s 的对账单，可记的币种是 %(known)s。没有导入；请向银行换汇后再登记。"),
    "settlement.bank_too_large": _("文件超过 %(limit)s。没有导入；请缩短日期范围分几次导出。"),
    "settlement.bank_too_long": _("文件超过 %(limit)s 笔。没有导入；请缩短日期范围分几次导出。"),
    "settlement.bank_no_lines": _("文件里没有已入账的流水。没有导入；请换一段日期导出。"),
    "settlement.bank_does_not_add_up": _("流水和余额对不上，像是缺了一部分。没有导入；请重新导出完整的文件。"),
    "settlement.bank_other_account": _(
        "这是另一个账户的流水（尾号 %(found)s），不是登记的托管账户。没有导入；请核对文件。"
    ),
    "settlement.bank_ahead": _("文件里有今天以后的流水。没有导入；请核对日期列。"),
    "settlement.bank_faults": _("有 %(count)s 行读不懂，整份文件都没有导入。请按下面列出的行改正后再传。"),
    "settlement.bank_columns": _("找不到日期列或金额列。没有导入；文件的列是：%(found)s。请在下面写明各列的名称再传。"),
    "settlement.bank_column": _("文件里没有“%(column)s”这一列。没有导入；文件的列是：%(found)s。"),
    "settlement.bank_row_amount": _("金额读不懂"),
    "settlement.bank_row_currency": _("币种和账户的不同，或不是可记的币种"),
    "settlement.bank_row_day": _("日期读不懂"),
    "settlement.bank_row_sign": _("没有写明收还是支"),
    "settlement.line_settled": _("这一笔%(state)s，没有再动。请刷新页面核对。"),
    "settlement.line_reason": _("请写明为什么忽略，例如银行手续费。没有改动；请补上原因。"),
    "settlement.order_day": _("付款日期要在今天到 60 天之内。没有生成；请改日期。"),
    "settlement.order_items": _("请选 1 到 %(limit)s 笔要付的款。没有生成付款文件。"),
    "settlement.order_twice": _("所选的款里有已经生成过付款文件的。没有再生成；请刷新页面重选。"),
    "settlement.order_payee": _("“%(name)s”还没有登记收款银行账户。没有生成；请对方先在对账单页登记。"),
    "settlement.order_paid": _("这份付款文件里已有银行付过的款，不能作废。没有改动；请逐笔核对。"),
    "settlement.order_why": _("请写明作废理由。没有作废；请补上再试。"),
    "settlement.order_cancelled": _("这份付款文件已作废，不再提供下载。请重新生成付款文件。"),
    "settlement.item_cancelled": _("这笔付款所在的文件已作废。没有记账；银行若仍付了，请联系银行核对。"),
    "settlement.item_paid": _("这笔付款已经入账，或不是从这个账户付的。没有再记；请刷新页面核对。"),
    "settlement.item_amount": _("流水金额和付款指令的金额不一致。没有入账；请逐笔核对。"),
}
