"""Forms of bank files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.settlement.banking.tables import COLUMNS
from yinxian.settlement.forms import YuanField

LABELS = {
    "day": _("日期列"),
    "amount": _("金额列"),
    "came": _("收入列"),
    "went": _("支出列"),
    "sign": _("收支方向列"),
    "name": _("对方户名列"),
    "account": _("对方账号列"),
    "text": _("摘要列"),
    "reference": _("流水号列"),
    "balance": _("余额列"),
    "own": _("本方账号列"),
    "currency": _("币种列"),
}


class DetailsForm(forms.Form):
    """A bank account: the keeper's own, or a payee's."""

    holder = forms.CharField(label=_("户名"), max_length=120)
    number = forms.CharField(label=_("账号"), max_length=50)
    bank_name = forms.CharField(label=_("开户行"), max_length=120)
    bank_code = forms.CharField(
        label=_("联行号或 BIC"), max_length=14, required=False, help_text=_("12 位联行号；不知道可以空着。")
    )


class KeeperForm(DetailsForm):
    foreign_number = forms.CharField(
        label=_("外币账号"), max_length=50, required=False, help_text=_("外币到账用另一个账号的才填。")
    )


class RateForm(forms.Form):
    """Foreign money on a line: for which payment, how much of it the bank exchanged, at which rate."""

    milestone = forms.ChoiceField(label=_("等待到账的付款节点"))
    exchanged = YuanField(label=_("其中结汇"), required=False, help_text=_("不填就是全部；没结汇的留在外币托管户。"))
    rate = forms.CharField(label=_("汇率（1 外币合多少元）"), max_length=24)
    source = forms.CharField(
        label=_("汇率出处"), max_length=120, help_text=_("照银行结汇水单写，例如“中国银行 3 月 25 日结汇水单”。")
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["milestone"]).choices = choices


class StatementForm(forms.Form):
    file = forms.FileField(
        label=_("对账单文件"), help_text=_("camt.053 的 XML，或网银导出的 CSV、XLSX（GBK 也可以）。")
    )


class ColumnsForm(forms.Form):
    """What the columns of a table are called, where it is not found by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in COLUMNS:
            self.fields[name] = forms.CharField(label=LABELS[name], required=False, max_length=60)


class IgnoreForm(forms.Form):
    reason = forms.CharField(label=_("为什么忽略"), max_length=300)


class OrderForm(forms.Form):
    execute_on = forms.DateField(label=_("付款日期"), widget=forms.DateInput)


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("作废理由"), max_length=300)
