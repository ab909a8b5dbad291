"""What may be asked and written on the pages of the trades' words."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yinxian.market.codes import Field
from yinxian.network.models import Organisation

from .models import OwnConcept
from .operations.concepts import LONGEST_CODE, LONGEST_NOTE, Written
from .queries.concepts import Sought

PARTED = re.compile(r"[;；、\n\r]+")
LONGEST_LIST, LARGEST_FILE = 2000, 1024 * 1024


def parted(text: str) -> tuple[str, ...]:
    """Terms as people part them: by lines, semicolons or 、."""
    return tuple(part for one in PARTED.split(text) if (part := one.strip()))


class ConceptSearchForm(forms.Form):
    """Whatever cannot be understood is as if it were not there."""

    q = forms.CharField(label=_("找一个词"), required=False, max_length=60)
    whose = forms.ChoiceField(
        label=_("来源"), required=False, choices=[("", _("全部")), ("own", _("协会自己的")), ("book", _("产品自带的"))]
    )
    field = forms.ChoiceField(label=_("领域"), required=False, choices=[("", _("不限")), *Field.choices])

    def sought(self) -> Sought:
        self.full_clean()
        given = {name: str(self.cleaned_data.get(name) or "") for name in self.fields}
        return Sought(given["q"], given["whose"], given["field"])


def _list(label: Any, help_text: Any, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_LIST,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ConceptForm(forms.Form):
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False)
    association = forms.ModelChoiceField(label=_("协会"), queryset=Organisation.objects.none(), empty_label=None)
    zh = _list(_("中文说法"), _("一行一个，最常用的写在第一行。车间里的叫法也写上。"), 3)
    en = _list(_("英文说法"), _("一行一个，没有可以不写。"), 2)
    signs = _list(_("缩写、分子式和牌号"), _("一行一个，例如 CBN、ZrO2。"), 2)
    broader = _list(_("上位概念"), _("它是哪一类里的一种？写那一类的名字或编号，一行一个。"), 2)
    field = forms.ChoiceField(label=_("技术领域"), required=False, choices=[("", _("不分领域")), *Field.choices])
    note = forms.CharField(
        label=_("说明"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=_("一个词真有两个意思时，在这里写明区别。"),
    )
    code = forms.CharField(
        label=_("编号"), required=False, max_length=LONGEST_CODE, help_text=_("留空会自动编；小写字母、数字和连字符。")
    )

    def __init__(
        self,
        *args: Any,
        associations: QuerySet[Organisation],
        concept: OwnConcept | None = None,
        **kwargs: Any,
    ) -> None:
        if concept is not None:
            lists = {name: "\n".join(getattr(concept, name)) for name in ("zh", "en", "signs", "broader")}
            kwargs["initial"] = {**lists, "field": concept.field, "note": concept.note, "based_on": concept.version}
        super().__init__(*args, **kwargs)
        if concept is not None:
            del self.fields["association"], self.fields["code"]
        else:
            chosen = self.fields["association"]
            assert isinstance(chosen, forms.ModelChoiceField)
            chosen.queryset = associations
            chosen.initial = associations.first()
            if len(associations) == 1:
                chosen.widget = forms.HiddenInput()

    def written(self) -> Written:
        data = self.cleaned_data
        lists = {name: parted(data[name]) for name in ("zh", "en", "signs", "broader")}
        return Written(code=data.get("code", ""), field=data["field"], note=data["note"], **lists)


class ConceptFileForm(forms.Form):
    association = forms.ModelChoiceField(label=_("协会"), queryset=Organisation.objects.none(), empty_label=None)
    file = forms.FileField(
        label=_("CSV 文件"),
        help_text=_("列名：编号、中文、英文、缩写、上位、领域、说明。同一编号再导入就是修改；全部成功才写入。"),
    )

    def __init__(self, *args: Any, associations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["association"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = associations
        chosen.initial = associations.first()
        if len(associations) == 1:
            chosen.widget = forms.HiddenInput()
