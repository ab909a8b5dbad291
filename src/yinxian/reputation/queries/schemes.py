"""Which scheme holds."""

from __future__ import annotations

import datetime as dt

from yinxian.network.models import Organisation

from ..models import Scheme


def scheme_at(association: Organisation, moment: dt.datetime) -> Scheme | None:
    """The version in force at a moment."""
    return Scheme.objects.filter(association=association, created_at__lte=moment).order_by("-version").first()


def latest_scheme(association: Organisation) -> Scheme | None:
    return Scheme.objects.filter(association=association).order_by("-version").first()
