"""The form that takes a list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yinxian.network.models import Organisation, User

from ..models import ImportRun
from ..queries.imports import importable_owners, reviewed_associations
from .fields import EMPTY_FILE


class ImportForm(forms.Form):
    """Which list, for whom, which file. Publishing at once is offered to reviewers only."""

    kind = forms.ChoiceField(label=_("导入什么"), choices=ImportRun._meta.get_field("kind").flatchoices)
    owner = forms.ModelChoiceField(label=_("归哪个单位"), queryset=Organisation.objects.none(), empty_label=None)
    file = forms.FileField(
        label=_("文件"),
        help_text=_("CSV、XLSX、JSON 或 JSON lines；第一行是列名，中文英文都可以"),
        error_messages=EMPTY_FILE,
    )
    publish = forms.BooleanField(label=_("导入后直接发布（审核员）"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = importable_owners(user)
        if not reviewed_associations(user):
            del self.fields["publish"]

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > settings.YINXIAN_UPLOAD_BYTES:
            limit = f"{settings.YINXIAN_UPLOAD_BYTES // 1024 // 1024} MB"
            raise forms.ValidationError(
                gettext("文件太大：最多 %(limit)s。没有保存任何内容；请拆开后再传。") % {"limit": limit}
            )
        return file
