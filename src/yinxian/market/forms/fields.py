"""Fields that the market's forms share: yuan, words in a row, regions, industries."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yinxian.kernel.errors import Invalid
from yinxian.kernel.money import parse_yuan, show_yuan
from yinxian.kernel.regions import INDUSTRIES, REGION_CHOICES

BLANK = ("", _("未填"))
REGION_OPTIONS = [BLANK, *REGION_CHOICES]
INDUSTRY_OPTIONS = [BLANK, *((code, name) for code, name in INDUSTRIES.items())]


EMPTY_FILE = {"empty": _("这个文件是空的。其余内容已保留；请换一个文件。")}


class YuanField(forms.CharField):
    """Yuan as people type them (``48万``, ``192,000.00``) to integer fen; empty is None."""

    widget = forms.TextInput(attrs={"maxlength": 40, "inputmode": "decimal"})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_yuan(str(text))
        except Invalid as refusal:
            raise ValidationError(refusal.sentence) from refusal

    def prepare_value(self, value: Any) -> Any:
        return show_yuan(value) if isinstance(value, int) else value


class WordsField(forms.CharField):
    """A few words, separated by 、 or commas."""

    def to_python(self, value: Any) -> Any:
        text = str(super().to_python(value) or "")
        return [word.strip() for word in re.split(r"[、,，;；\n]+", text) if word.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "、".join(str(word) for word in value) if isinstance(value, list) else value
