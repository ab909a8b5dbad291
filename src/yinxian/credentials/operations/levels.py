"""An association's levels and what they ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.fields import Field
from yinxian.network.models import Organisation, User

from .. import permissions
from ..models import Level, LevelVersion, Module
from ..requirements import KINDS, LARGEST
from ..standard import STANDARD

OF_A_FIELD = ("contracts", "amount", "tracks", "internship")
MOST_LINES, MOST_MONTHS, HIGHEST = 30, 600, 20


@transaction.atomic
def take_standard_levels(*, association_id: int, actor: User) -> list[Level]:
    """The three levels of the occupation, with hours left open; Conflict when the association has levels already."""
    association = _association(association_id, actor)
    if Level.objects.filter(association=association).exists():
        raise Conflict("credentials.levels_exist")
    return [_create(association, actor, dict(values)) for values in STANDARD]


@transaction.atomic
def create_level(*, association_id: int, actor: User, values: Mapping[str, Any]) -> Level:
    """A level of the association's own. Conflict when the name is taken."""
    association = _association(association_id, actor)
    if Level.objects.filter(association=association, name=values["name"]).exists():
        raise Conflict("credentials.level_name_taken", field="name")
    return _create(association, actor, values)


@transaction.atomic
def edit_level(*, level_id: int, actor: User, values: Mapping[str, Any], based_on: int) -> LevelVersion:
    """Change what a level asks: a new version from now on. Conflict when someone made one since ``based_on``."""
    level = Level.objects.select_for_update(of=("self",)).select_related("association").get(pk=level_id)
    if not permissions.can_edit_levels(actor, level.association):
        raise Forbidden("credentials.not_yours_to_edit")
    latest = level.versions.aggregate(number=Max("number"))["number"] or 0
    if latest != based_on:
        raise Conflict("credentials.level_changed", version=latest)
    return _version(level, actor, values, latest + 1)


@transaction.atomic
def retire_level(*, level_id: int, actor: User) -> Level:
    """No new applications from now on; what was awarded stays."""
    level = Level.objects.select_for_update(of=("self",)).select_related("association").get(pk=level_id)
    if not permissions.can_edit_levels(actor, level.association):
        raise Forbidden("credentials.not_yours_to_edit")
    if level.retired_at:
        return level
    level.retired_at = clock.now()
    level.save(update_fields=["retired_at"])
    journal.record("credentials.level.retired", actor=actor, subject=level, organisations=[level.association_id])
    return level


def _association(association_id: int, actor: User) -> Organisation:
    association = Organisation.objects.select_for_update(of=("self",)).get(pk=association_id)
    if not permissions.can_edit_levels(actor, association):
        raise Forbidden("credentials.not_yours_to_edit")
    return association


def _create(association: Organisation, actor: User, values: Mapping[str, Any]) -> Level:
    rank = values["rank"]
    if not isinstance(rank, int) or not 1 <= rank <= HIGHEST:
        raise Invalid("credentials.requirement_wrong", field="rank")
    level = Level.objects.create(
        association=association, name=values["name"], name_en=values.get("name_en", ""), rank=rank
    )
    journal.record("credentials.level.created", actor=actor, subject=level, organisations=[association.pk])
    _version(level, actor, values, 1)
    return level


def _version(level: Level, actor: User, values: Mapping[str, Any], number: int) -> LevelVersion:
    months = values.get("valid_months")
    if months is not None and (not isinstance(months, int) or not 1 <= months <= MOST_MONTHS):
        raise Invalid("credentials.requirement_wrong", field="valid_months")
    made = LevelVersion.objects.create(
        level=level,
        number=number,
        requirements=_checked(values.get("requirements", ())),
        renewal=_checked(values.get("renewal", ())),
        valid_months=months,
        note=str(values.get("note", ""))[:200],
        created_by=actor,
    )
    data = {"version": number, "requirements": made.requirements, "renewal": made.renewal, "valid_months": months}
    journal.record(
        "credentials.level.changed", actor=actor, subject=level, data=data, organisations=[level.association_id]
    )
    return made


def _checked(lines: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Known kinds, whole figures from 0 or none at all, each kind and name once; Invalid otherwise."""
    checked: list[dict[str, Any]] = []
    seen: set[tuple[Any, str]] = set()
    for line in lines:
        kind, name, least = line.get("kind"), str(line.get("name") or ""), line.get("at_least")
        right = kind in KINDS and (kind != "hours" or not name or name in Module.values)
        right = right and (kind != "level" or (name.isdecimal() and 1 <= int(name) <= HIGHEST))
        right = right and (kind not in OF_A_FIELD or not name or name in Field.values)
        right = right and (kind in (*OF_A_FIELD, "hours", "level") or not name)
        figure = least is None or (isinstance(least, int) and not isinstance(least, bool) and 0 <= least <= LARGEST)
        if not right or not figure or (kind, name) in seen or len(checked) >= MOST_LINES:
            raise Invalid("credentials.requirement_wrong")
        seen.add((kind, name))
        checked.append({"kind": kind, "name": name, "at_least": least})
    return checked
