"""The question for a team, and the answers of those who are asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.deals.models import TeamMember
from yinxian.network.models import Organisation

from ..queries.professionals import OTHERS


class TeamForm(forms.Form):
    """What else the team needs: asked for in the address, so that it can be shared. ``set`` tells a form with nothing
    ticked from no form."""

    supplier = forms.ChoiceField(label=_("供给方"), required=False)
    professions = forms.MultipleChoiceField(
        label=_("还要哪些专业"),
        choices=[(value, TeamMember.Profession(value).label) for value in OTHERS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    set = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, suppliers: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        supplier: Any = self.fields["supplier"]
        supplier.choices = [*[(place.slug, place.shown_name) for place in suppliers], ("", _("还没有定"))]


class InvitationForm(forms.Form):
    reason = forms.CharField(label=_("谢绝的理由"), max_length=300, required=False)
