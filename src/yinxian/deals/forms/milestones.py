"""Forms of the payment plan. Each carries a key, so that sending it twice has one effect."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from yinxian.kernel.errors import Refusal
from yinxian.kernel.ids import new_token
from yinxian.kernel.money import parse_percent
from yinxian.settlement.forms import YuanField

from ..models import Dispute
from ..operations.milestones.foreign import FOREIGN


class PercentField(forms.CharField):
    """A percentage as people type it, cleaned to basis points."""

    def clean(self, value: object) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_percent(text)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal


class KeyedForm(forms.Form):
    key = forms.CharField(widget=forms.HiddenInput, max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": new_token(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in given]


class PaymentForm(KeyedForm):
    amount = YuanField(label=_("到账金额（元）"))
    number = forms.CharField(label=_("银行回单编号"), max_length=60)
    paid_on = forms.DateField(label=_("到账日期"), widget=forms.DateInput)
    payer = forms.CharField(label=_("付款户名"), max_length=120)
    file = forms.FileField(label=_("回单文件"), required=False)


class ForeignForm(KeyedForm):
    currency = forms.ChoiceField(label=_("币种"), choices=[(one, one) for one in FOREIGN])
    received = YuanField(label=_("外币到账金额"))
    exchanged = YuanField(label=_("其中结汇"), required=False, help_text=_("不填就是全部；没结汇的留在外币托管户。"))
    rate = forms.CharField(label=_("汇率（1 外币合多少元）"), max_length=24)
    source = forms.CharField(
        label=_("汇率出处"), max_length=120, help_text=_("照银行结汇水单写，例如“中国银行 3 月 25 日结汇水单”。")
    )
    number = forms.CharField(label=_("银行回单编号"), max_length=60)
    paid_on = forms.DateField(label=_("到账日期"), widget=forms.DateInput)
    payer = forms.CharField(label=_("付款户名"), max_length=120)
    file = forms.FileField(label=_("回单文件"), required=False)


class ReturnForm(KeyedForm):
    currency = forms.ChoiceField(label=_("币种"), choices=[(one, one) for one in FOREIGN])
    amount = YuanField(label=_("退回金额（外币）"))
    number = forms.CharField(label=_("银行回单编号"), max_length=60)


class UndoForm(forms.Form):
    receipt = forms.SlugField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("撤销理由"), max_length=400)


class SubmitForm(KeyedForm):
    text = forms.CharField(label=_("提交说明"), widget=forms.Textarea, required=False)
    material = FilesField(
        label=_("材料"), required=False, widget=ManyFiles, help_text=_("可选多个文件，例如检测报告、台架记录、照片。")
    )


class ChangesForm(KeyedForm):
    text = forms.CharField(label=_("还缺什么、要改什么"), widget=forms.Textarea)


class DisputeForm(KeyedForm):
    reason = forms.CharField(
        label=_("争议事由"), widget=forms.Textarea, help_text=_("提出后这笔款项冻结，双方给出相同答复才会动。")
    )


class DecideForm(KeyedForm):
    outcome = forms.ChoiceField(label=_("您这一方的答复"), choices=Dispute.Outcome.choices, widget=forms.RadioSelect)
    amount = YuanField(
        label=_("付给供方多少（元）"),
        required=False,
        help_text=_("只在“部分付给供方”时填；双方填的金额要一分不差。"),
    )


class PartForm(KeyedForm):
    """A part of what is held."""

    amount = YuanField(label=_("金额（元）"))


class RefundForm(KeyedForm):
    amount = YuanField(label=_("退还金额（元）"), required=False, help_text=_("不填就全部退还。"))


class InvoiceForm(KeyedForm):
    number = forms.CharField(label=_("发票号码"), max_length=40)
    issued_on = forms.DateField(label=_("开票日期"), widget=forms.DateInput)
    amount = YuanField(label=_("价税合计（元）"))
    tax_rate = PercentField(label=_("税率（%）"), max_length=10)
    file = forms.FileField(label=_("发票文件"), required=False)


class LineForm(forms.Form):
    """One milestone of a plan."""

    title = forms.CharField(label=_("节点"), max_length=120)
    amount = YuanField(label=_("金额（元）"))
    due_on = forms.DateField(label=_("应付日期"), required=False, widget=forms.DateInput)
    acceptance = forms.CharField(label=_("验收依据"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    deposit = forms.BooleanField(label=_("这是定金"), required=False)


PlanLines = formset_factory(LineForm, extra=0, can_delete=True, max_num=60, absolute_max=60)


class InventorForm(forms.Form):
    name = forms.CharField(label=_("姓名或小组"), max_length=40)
    share = PercentField(label=_("份额（%）"), max_length=10)
    main = forms.BooleanField(label=_("主要贡献人员"), required=False)


Inventors = formset_factory(InventorForm, extra=0, can_delete=True, max_num=60, absolute_max=60)


class SplitForm(forms.Form):
    reward = PercentField(
        label=_("奖励占净收入的比例（%）"),
        initial="70",
        max_length=10,
        help_text=_("国家设立的高校院所不低于 50%（促进科技成果转化法第 45 条），多地规定 70%；企业作为供方可填 0。"),
    )
    staff = PercentField(
        label=_("其中转移人员（%）"),
        initial="5",
        max_length=10,
        help_text=_("不低于奖励总额的 5%（浙江省促进科技成果转化条例第 37 条）。"),
    )
    direct_costs = YuanField(
        label=_("申报的直接成本（元）"),
        required=False,
        help_text=_("计算净收入前扣除，按放款进度分摊；没有就空着。"),
    )
