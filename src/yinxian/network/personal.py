"""What the apps hold of a person: each says it in its ``personal.py``. Exported as it is; on leaving deleted, blanked,
or kept with the reason.

What no app has named is exported too (every table that points to the person) and kept as the record of an act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .models import Membership, User

ACTS = DELETED, BLANKED, KEPT = ("deleted", "blanked", "kept")
SECRET = {"password", "digest", "secret", "token", "private"}
OUTSIDE = ("account", "mfa", "socialaccount", "admin")  # tables of the libraries that sign people in


@dataclass(frozen=True)
class Held:
    """``model`` as app.name; ``lookup`` leads to the person; ``blank`` are the values that blanking sets (a function
    is called then); ``reason`` says why it stays, or what becomes of it. ``only`` narrows what is acted upon; ``also``
    leads to the person too: such rows are exported, and stay."""

    model: str
    label: Promise
    act: str
    reason: Promise
    lookup: str = "user"
    blank: Mapping[str, Any] = field(default_factory=dict)
    only: Mapping[str, Any] = field(default_factory=dict)
    also: tuple[str, ...] = ()

    def rows(self, user: User) -> models.QuerySet[Any]:
        """What is acted upon when the person leaves."""
        found: models.QuerySet[Any] = apps.get_model(self.model)._default_manager.filter(**{self.lookup: user})
        return found.filter(**self.only)

    def exported(self, user: User) -> models.QuerySet[Any]:
        """What the person takes along."""
        mine = models.Q()
        for name in (self.lookup, *self.also):
            mine |= models.Q(**{name: user})
        found: models.QuerySet[Any] = apps.get_model(self.model)._default_manager.filter(mine)
        return found

    def wipe(self, user: User) -> None:
        """Set what blanking sets."""
        values = {name: value() if callable(value) else value for name, value in self.blank.items()}
        rows = self.rows(user)
        rows.model._default_manager.filter(pk__in=rows.values("pk")).update(**values)


REGISTRY: dict[str, Held] = {}
BLOCKS: list[Callable[[User], list[str]]] = []


def hold(*held: Held) -> None:
    """Make known what an app holds; called from its ``personal.py``."""
    for one in held:
        REGISTRY[one.model] = one


def blocks(ask: Callable[[User], list[str]]) -> Callable[[User], list[str]]:
    """What must be finished or handed over before a person can be forgotten, each in one phrase."""
    BLOCKS.append(ask)
    return ask


def pointing_tables() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Every table of the house that points to a person, with the fields that do."""
    for model in apps.get_models():
        if model is User or not model.__module__.startswith("yinxian."):
            continue
        fields = [
            one.name
            for one in model._meta.get_fields()
            if isinstance(one, models.ForeignKey) and one.remote_field.model is User
        ]
        if fields:
            yield model, fields


def plain(row: models.Model) -> dict[str, Any]:
    """A row as JSON can hold it, without secrets; files by their name."""
    found: dict[str, Any] = {}
    for one in row._meta.concrete_fields:
        if one.name in SECRET:
            continue
        value = getattr(row, one.attname)
        if isinstance(one, models.FileField):
            value = str(value)
        found[one.attname] = value if isinstance(value, (str, int, bool, list, dict, type(None))) else str(value)
    return found


hold(
    Held("network.apitoken", _("给程序用的令牌"), DELETED, _("不再有人用")),
    Held(
        "network.managerprofile",
        _("经理人档案"),
        BLANKED,
        _("介绍、赛道、地区和语言都抹去"),
        blank={"bio": "", "bio_en": "", "tracks": [], "regions": [], "languages": [], "open_to_work": False},
    ),
    Held("network.membership", _("代表单位的身份"), KEPT, _("您已办的事要知道当时代表谁；身份到此结束")),
    Held(
        "journal.entry",
        _("日志"),
        KEPT,
        _("日志只增不改、已经封存，别人的凭据靠它核验；里面只写您的编号"),
        lookup="actor",
    ),
)


@blocks
def only_administrator(user: User) -> list[str]:
    """An organisation must not be left without anyone who can manage it."""
    admins = Membership.objects.filter(role=Membership.Role.ADMIN, ended_at=None)
    mine = admins.filter(user=user).select_related("organisation")
    others = set(
        admins.filter(organisation__in=[one.organisation_id for one in mine])
        .exclude(user=user)
        .values_list("organisation_id", flat=True)
    )
    return [
        gettext("您是“%(name)s”唯一的管理员") % {"name": one.organisation.shown_name}
        for one in mine
        if one.organisation_id not in others
    ]
