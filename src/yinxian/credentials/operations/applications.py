"""Apply for a level, and the association's answer."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import User

from .. import permissions
from ..models import Application, Level, LevelVersion
from ..queries.applications import Check, check_for
from .credentials import issue

State = Application.State


@transaction.atomic
def apply_for_level(*, level_id: int, actor: User, statement: str = "") -> Application:
    """Ask for a level, or for its renewal where one holds it. Conflict while something is missing."""
    level = Level.objects.select_for_update(of=("self",)).select_related("association").get(pk=level_id)
    if level.retired_at:
        raise Conflict("credentials.level_retired")
    found = check_for(actor, level)
    if Application.objects.filter(user=actor, level=level, state=State.SUBMITTED).exists():
        raise Conflict("credentials.applied_before")
    if not found.may_apply:
        raise Conflict("credentials.held_already")
    _all_met(found)
    made = Application.objects.create(
        user=actor,
        level=level,
        version=found.version,
        renews=found.renews,
        statement=statement.strip()[:2000],
        answers=snapshot(found),
    )
    journal.record(
        "credentials.application.submitted",
        actor=actor,
        subject=made,
        data={
            "level": level.slug,
            "version": found.version.number,
            "renews": found.renews.slug if found.renews else "",
        },
        organisations=[level.association_id],
    )
    return made


@transaction.atomic
def withdraw_application(*, application_id: int, actor: User) -> Application:
    application = _locked(application_id)
    if application.user_id != actor.pk:
        raise Forbidden("credentials.not_applicant")
    application.move_to(State.WITHDRAWN)
    application.save(update_fields=["state"])
    journal.record("credentials.application.withdrawn", actor=actor, subject=application)
    return application


@transaction.atomic
def decide_application(*, application_id: int, actor: User, award: bool, reason: str = "") -> Application:
    """The association's word: award, or refuse with reasons. By the version that held when it was asked; the facts
    must still stand. Nobody awards a level to themselves."""
    application = _locked(application_id)
    association = application.level.association
    if not permissions.can_award(actor, association) or actor.pk == application.user_id:
        raise Forbidden("credentials.not_yours_to_award")
    if not award and not reason.strip():
        raise Invalid("credentials.reason_needed", field="reason")
    application.move_to(State.AWARDED if award else State.REFUSED)
    if award:
        found = check_for(application.user, application.level, version=application.version, renews=application.renews)
        _all_met(found)
        application.answers = snapshot(found)
    application.decided_at, application.decided_by, application.reason = clock.now(), actor, reason.strip()[:2000]
    application.save(update_fields=["state", "answers", "decided_at", "decided_by", "reason"])
    journal.record(
        "credentials.application.awarded" if award else "credentials.application.refused",
        actor=actor,
        subject=application,
        data={
            "level": application.level.slug,
            "version": application.version.number,
            "applicant": application.user.slug,
            "reason": application.reason,
        },
        organisations=[association.pk],
    )
    if award:
        issue(
            version=LevelVersion.objects.select_related("level").get(pk=application.version_id),
            user=application.user,
            actor=actor,
            application=application,
            renews=application.renews,
        )
    return application


def snapshot(found: Check) -> list[dict[str, Any]]:
    """What was asked, what there was, and by which facts, as it stood."""
    return [
        {
            "kind": answer.kind,
            "name": answer.name,
            "at_least": answer.at_least,
            "have": answer.have,
            "facts": [str(fact.entry.uid) if hasattr(fact, "entry") else str(fact.through) for fact in answer.by],
        }
        for answer in found.answers
    ]


def _all_met(found: Check) -> None:
    missing = [answer for answer in found.answers if not answer.met]
    if missing:
        raise Conflict("credentials.not_met", count=len(missing))


def _locked(application_id: int) -> Application:
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("level__association", "version", "user", "renews")
        .get(pk=application_id)
    )
