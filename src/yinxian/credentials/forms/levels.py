"""A level and what it asks, as a form: one figure for each line, empty where the association has not decided."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Level, LevelVersion, Module
from ..operations.levels import HIGHEST, MOST_MONTHS
from ..requirements import LARGEST
from ..wording import label

YUAN = 100  # fen


def _figure(text: Any, most: int, unit: Any) -> forms.IntegerField:
    return forms.IntegerField(label=text, required=False, min_value=0, max_value=most, help_text=unit)


class LevelForm(forms.Form):
    """``level`` with its ``version`` to edit, neither for a new one."""

    name = forms.CharField(label=_("级别名称"), max_length=60)
    name_en = forms.CharField(label=_("英文名称"), max_length=80, required=False)
    rank = forms.IntegerField(label=_("第几级"), min_value=1, max_value=HIGHEST, help_text=_("1 是第一级"))
    valid_months = forms.IntegerField(
        label=_("有效期（月）"), min_value=1, max_value=MOST_MONTHS, required=False, help_text=_("空着表示长期有效")
    )

    def __init__(
        self, *args: Any, level: Level | None = None, version: LevelVersion | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for module in Module.values:
            self.fields[f"hours_{module}"] = _figure(label("hours", module), 10_000, _("学时；未定的空着"))
        self.fields["exam"] = _figure(label("exam"), 100, _("至少多少分（满分 100）"))
        self.fields["level_rank"] = _figure(_("须已持有第几级"), HIGHEST, _("例如 2；不要求的空着"))
        self.fields["contracts"] = _figure(label("contracts"), 10_000, _("份"))
        self.fields["amount"] = _figure(label("amount"), LARGEST // YUAN, _("元"))
        self.fields["tracks"] = _figure(label("tracks"), 11, _("个技术领域"))
        self.fields["internship"] = _figure(label("internship"), 10_000, _("天"))
        self.fields["renewal_learning"] = _figure(_("换证：学习积分"), 1_000_000, _("上次颁发之后"))
        self.fields["renewal_practice"] = _figure(_("换证：实践积分"), 1_000_000, _("上次颁发之后"))
        self.fields["note"] = forms.CharField(label=_("改动说明"), max_length=200, required=False)
        self.fields["based_on"] = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
        if level is not None and version is not None:
            for name in ("name", "name_en", "rank"):
                del self.fields[name]
            self.initial = self._initial(version)

    @staticmethod
    def _initial(version: LevelVersion) -> dict[str, Any]:
        found: dict[str, Any] = {"valid_months": version.valid_months, "based_on": version.number}
        for line in version.requirements:
            kind, name, least = line["kind"], line["name"], line["at_least"]
            if kind == "hours" and name:
                found[f"hours_{name}"] = least
            elif kind == "level":
                found["level_rank"] = int(name)
            elif kind == "amount":
                found["amount"] = None if least is None else least // YUAN
            else:
                found[kind] = least
        for line in version.renewal:
            found[f"renewal_{line['kind']}"] = line["at_least"]
        return found

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        given = self.cleaned_data
        lines = [{"kind": "hours", "name": module, "at_least": given[f"hours_{module}"]} for module in Module.values]
        lines.append({"kind": "exam", "name": "", "at_least": given["exam"]})
        if given["level_rank"]:
            lines.append({"kind": "level", "name": str(given["level_rank"]), "at_least": 1})
        for kind in ("contracts", "amount", "tracks", "internship"):
            least = given[kind]
            if kind == "amount" and least is not None:
                least *= YUAN
            lines.append({"kind": kind, "name": "", "at_least": least})
        renewal = [
            {"kind": kind, "name": "", "at_least": given[f"renewal_{kind}"]} for kind in ("learning", "practice")
        ]
        names = ("name", "name_en", "rank", "valid_months", "note")
        return {name: given[name] for name in names if name in given} | {"requirements": lines, "renewal": renewal}
