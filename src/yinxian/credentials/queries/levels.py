"""Levels and the facts that count towards them, as others read them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from yinxian.network.models import Organisation, User

from ..models import Level, LevelVersion, Proof


def levels_of(association: Organisation) -> QuerySet[Level]:
    """The ladder of an association, first step first; retired levels are not in it."""
    return Level.objects.filter(association=association, retired_at=None).select_related("association")


def current_version(level: Level) -> LevelVersion:
    """What the level asks now."""
    return level.versions.order_by("-number")[0]


def facts_of(user: User | Any, *, since: dt.datetime | None = None) -> QuerySet[Proof]:
    """A person's facts that stand (none withdrawn), oldest first; for a renewal, those since the last award."""
    found = Proof.objects.filter(user=user, withdrawn_by=None).select_related("entry")
    return found.filter(at__gt=since) if since else found
