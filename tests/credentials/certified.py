"""An association with levels, and somebody who is certified."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from tests.world import People, organisation, person
from yinxian import journal
from yinxian.credentials.models import Credential, Level
from yinxian.credentials.operations.credentials import issue_credential
from yinxian.credentials.operations.levels import edit_level, take_standard_levels
from yinxian.credentials.queries.recognition import Recogniser
from yinxian.credentials.resolving import Network
from yinxian.credentials.vc.answers import Judgement
from yinxian.credentials.vc.judge import judge
from yinxian.journal.models import Entry
from yinxian.kernel import clock
from yinxian.network.models import Organisation, User


def levels(people: People) -> list[Level]:
    return take_standard_levels(association_id=people.association.pk, actor=people.qiao)


def lasting(level: Level, actor: User, months: int | None, **lines: Any) -> None:
    """A second version of the level: valid for so long, asking this."""
    edit_level(level_id=level.pk, actor=actor, values={"valid_months": months, **lines}, based_on=1)


def certified(people: People, level: Level | None = None, *, months: int | None = 36) -> Credential:
    """若溪 is certified on a paper's ground."""
    level = level or levels(people)[1]
    if months and level.versions.count() == 1:
        lasting(level, people.qiao, months)
    return issue_credential(level_id=level.pk, user_id=people.ruoxi.pk, actor=people.qiao, ground="纸质证书 2024-118")


def another_association(name: str = "沧洲技术经理人协会") -> tuple[Organisation, User]:
    made = organisation(name, Organisation.Kind.ASSOCIATION)
    return made, person("苍评", "13800000031", (made, "admin"))


def fact(user: User, name: str = "tests.fact") -> Entry:
    with transaction.atomic():
        return journal.record(name, actor=None, subject=user)


def judged(given: dict[str, Any] | str, *, moment: dt.datetime | None = None, resolver: Any = None) -> Judgement:
    return judge(given, resolver=resolver or Network(), recognise=Recogniser(), now=moment or clock.now())


def codes(told: Judgement) -> dict[str, str]:
    return {answer.question: answer.code for answer in told.answers}
