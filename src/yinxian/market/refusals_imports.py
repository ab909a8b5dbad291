"""What importing says when it refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "market.import_not_yours": _(
        "您不能为这个单位导入（或不能直接发布）。没有改动；请换一个单位，或请协会审核员来做。"
    ),
    "market.import_no_rows": _("只有列名，下面一行内容也没有。没有导入任何东西；请检查后再传。"),
    "market.import_columns": _(
        "缺少必需的列：%(columns)s。文件里的列是：%(found)s。没有导入任何内容；请把列名改成模板里的名称再传。"
    ),
    "market.import_has_errors": _("还有 %(count)s 处错误，一行也没有导入。请改好文件再传一次。"),
}
