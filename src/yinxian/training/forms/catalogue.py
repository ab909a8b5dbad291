"""The filter of the catalogue."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.kernel.fields import Field
from yinxian.network.models import Organisation

from ..models import Course
from ..queries.courses import COMMON


class CatalogueForm(forms.Form):
    q = forms.CharField(label=_("课程名称"), max_length=60, required=False)
    track = forms.ChoiceField(
        label=_("赛道"), required=False, choices=[("", _("全部")), (COMMON, _("通用")), *Field.choices]
    )
    mode = forms.ChoiceField(label=_("方式"), required=False, choices=[("", _("全部")), *Course.Mode.choices])
    association = forms.ChoiceField(label=_("协会"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["association"]
        assert isinstance(field, forms.ChoiceField)
        teaching = Organisation.objects.filter(courses__retired_at=None, courses__isnull=False).distinct()[:200]
        field.choices = [("", _("全部")), *((one.slug, one.shown_name) for one in teaching)]
