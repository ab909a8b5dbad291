"""Levels, how one stands before them, applications."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from yinxian.kernel.http import or_404

from ..models import Application, Credential, Level
from ..operations import applications, levels
from ..queries.applications import check_for, visible_application
from ..queries.levels import current_version, levels_of
from .asked import actor, association_of, level_of
from .schemas import ApplicationOut, ApplyIn, DecisionIn, LevelEdit, LevelOut, StandingOut

router = Router()


def _level_out(level: Level) -> dict[str, Any]:
    version = current_version(level)
    return {
        **{name: getattr(level, name) for name in ("slug", "name", "name_en", "rank")},
        "version": version.number,
        "valid_months": version.valid_months,
        "requirements": version.requirements,
        "renewal": version.renewal,
    }


def _application_out(one: Application) -> dict[str, Any]:
    made = Credential.objects.filter(application=one).values_list("slug", flat=True).first()
    return {
        "slug": one.slug,
        "state": one.state,
        "level": one.level.slug,
        "version": one.version.number,
        "reason": one.reason,
        "credential": made or "",
    }


@router.get("/associations/{association}/levels", response=list[LevelOut], auth=None)
def list_levels(request: HttpRequest, association: str) -> list[dict[str, Any]]:
    """The ladder of an association, as anyone reads it."""
    return [_level_out(level) for level in levels_of(association_of(association))]


@router.put("/levels/{level}", response=LevelOut)
def edit_level(request: HttpRequest, level: str, given: LevelEdit) -> dict[str, Any]:
    """A new version of what a level asks."""
    found, values = level_of(level), given.dict()
    levels.edit_level(level_id=found.pk, actor=actor(request), values=values, based_on=values.pop("based_on"))
    return _level_out(found)


@router.get("/levels/{level}/standing", response=StandingOut)
def my_standing(request: HttpRequest, level: str) -> dict[str, Any]:
    """How one stands before a level: what is met, by which facts of the journal, and what is missing."""
    found = check_for(actor(request), level_of(level))
    return {
        "version": found.version.number,
        "renews": found.renews.slug if found.renews else "",
        "may_apply": found.may_apply,
        "met": found.met,
        "lines": [
            {
                **{name: getattr(line, name) for name in ("kind", "name", "at_least", "have", "met")},
                "facts": [str(fact.entry.uid) if hasattr(fact, "entry") else fact.through for fact in line.by],
            }
            for line in found.answers
        ],
    }


@router.post("/levels/{level}/applications", response={201: ApplicationOut})
def apply(request: HttpRequest, level: str, given: ApplyIn) -> Status[dict[str, Any]]:
    made = applications.apply_for_level(level_id=level_of(level).pk, actor=actor(request), statement=given.statement)
    return Status(201, _application_out(made))


@router.post("/applications/{application}/decision", response=ApplicationOut)
def decide(request: HttpRequest, application: str, given: DecisionIn) -> dict[str, Any]:
    """The association's word: award, or refuse with the reason."""
    found = or_404(visible_application(request.user, application))
    return _application_out(
        applications.decide_application(
            application_id=found.pk, actor=actor(request), award=given.award, reason=given.reason
        )
    )
