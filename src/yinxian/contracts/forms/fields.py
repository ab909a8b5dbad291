"""Fields that read money and percentages as people type them."""

from __future__ import annotations

from typing import Any

from django import forms

from yinxian.kernel.errors import Refusal
from yinxian.kernel.money import parse_percent, parse_yuan, show_yuan


class YuanField(forms.CharField):
    """Yuan as typed (``480,000.00``, ``48万``) to integer fen; None when empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_yuan(text)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal

    def prepare_value(self, value: Any) -> Any:
        return show_yuan(value) if isinstance(value, int) else value


class PercentField(forms.CharField):
    """A percentage as typed (``11.6``) to basis points in a string, as particulars keep it; "" when empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=12, **kwargs)
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return str(parse_percent(text)) if text else ""
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
