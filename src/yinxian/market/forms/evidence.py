"""The form for a piece of evidence."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ..codes import EvidenceKind


class EvidenceForm(forms.Form):
    kind = forms.ChoiceField(label=_("哪一种"), choices=EvidenceKind.choices)
    score = forms.IntegerField(
        label=_("分数"), min_value=1, max_value=10, help_text=_("1 分是听说，10 分是亲眼看到并有书面材料")
    )
    dated = forms.DateField(label=_("日期"), widget=forms.DateInput)
    expires_on = forms.DateField(label=_("有效至"), widget=forms.DateInput, help_text=_("过了这一天就不再计分"))
    note = forms.CharField(label=_("看到了什么、找谁核实的"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    file = forms.FileField(label=_("材料"), required=False)
