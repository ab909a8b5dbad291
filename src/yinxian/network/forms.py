"""Forms of network."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import User


class SignupForm(forms.Form):
    """What signing up asks beyond phone and password."""

    name = forms.CharField(label=_("姓名"), max_length=60)

    field_order = ["name", "phone", "email", "password1"]

    def signup(self, request: HttpRequest, user: Any) -> None:
        person: User = user
        person.name = self.cleaned_data["name"]
        person.save(update_fields=["name"])
