"""Forms of applications, certificates, recognitions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.network.models import Organisation

from ..models import Credential
from ..queries.levels import levels_of
from ..queries.recognition import recognisers
from ..vc.reading import BIGGEST

STATES = [("suspended", _("暂停")), ("active", _("恢复")), ("revoked", _("撤销"))]
REGISTER_STATES = [
    ("", _("全部")),
    ("in_force", _("有效")),
    ("expired", _("已过期")),
    ("suspended", _("已暂停")),
    ("revoked", _("已撤销")),
]


class ApplyForm(forms.Form):
    statement = forms.CharField(
        label=_("想补充的话"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class DecisionForm(forms.Form):
    """``answer`` is the button."""

    reason = forms.CharField(
        label=_("理由"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("不授予时必填，申请人会看到"),
    )


class StateForm(forms.Form):
    state = forms.ChoiceField(label=_("怎么处理"))
    reason = forms.CharField(label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, credential: Credential, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(value, word) for value, word in STATES if credential.can_move_to(value)]
        self.fields["state"] = forms.ChoiceField(label=_("怎么处理"), choices=choices)


class ShownForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no generic form at run time
    class Meta:
        model = Credential
        fields = ("shows_page", "shows_name", "shows_grounds", "shows_in_directory")


class RecognitionForm(forms.Form):
    """What is recognised of whom, as which of ours, from when until when."""

    issuer_name = forms.CharField(label=_("对方协会"), max_length=120)
    issuer_did = forms.CharField(label=_("对方的 DID"), max_length=200, help_text=_("例如 did:web:example.org"))
    their_level_name = forms.CharField(label=_("对方的级别"), max_length=120)
    their_level = forms.URLField(
        label=_("对方级别的网址"),
        max_length=300,
        assume_scheme="https",
        help_text=_("证书里写的那一个；在核验页会自动带过来"),
    )
    equals = forms.ChoiceField(label=_("相当于我们的"))
    conditions = forms.CharField(
        label=_("条件"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    valid_from = forms.DateField(label=_("自"), widget=forms.DateInput(attrs={"type": "date"}))
    valid_until = forms.DateField(label=_("至"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, association: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["equals"] = forms.ChoiceField(
            label=_("相当于我们的"), choices=[(str(level.pk), level.shown_name) for level in levels_of(association)]
        )
        today = clock.today()
        self.initial = {"valid_from": today, "valid_until": today.replace(month=12, day=31)} | dict(self.initial)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class PresentForm(forms.Form):
    """``association`` is offered where more than one of ours recognises others."""

    association = forms.ModelChoiceField(
        label=_("交给哪个协会"), queryset=Organisation.objects.none(), required=False, empty_label=_("认可它的那一个")
    )
    file = forms.FileField(label=_("证书文件"), help_text=_("对方协会发给您的 JSON、PNG、SVG 或 PDF，不超过 10 MB"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = recognisers(clock.today())
        if len(choices) > 1:
            self.fields["association"].queryset = choices  # type: ignore[attr-defined]  # a ModelChoiceField
        else:
            del self.fields["association"]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > BIGGEST:
            raise forms.ValidationError(_("文件超过 10 MB，不会是证书。没有读取；请选原来的文件。"))
        return file


class RegisterForm(forms.Form):
    """The filters of the register."""

    q = forms.CharField(label=_("姓名或编号"), required=False, max_length=60)
    level = forms.ChoiceField(label=_("级别"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=REGISTER_STATES)

    def __init__(self, *args: Any, association: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("全部")), *((level.slug, level.shown_name) for level in association.levels.all())]
        self.fields["level"] = forms.ChoiceField(label=_("级别"), required=False, choices=choices)
