"""The link of one side: what it is for, whether it still may be answered, what was answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict
from yinxian.network.models import SignedLink
from yinxian.network.operations.links import digest_of

from ..models import Acknowledgement, Introduction

PURPOSE = "introduction"
SHOWN = dt.timedelta(days=7)
"""How long contacts can be read by a used link."""


@dataclass(frozen=True)
class Invitation:
    link: SignedLink
    introduction: Introduction
    answer: Acknowledgement | None


def invitation(token: str) -> Invitation:
    """What stands behind a token; Conflict when it is unknown, withdrawn or past its time.

    A link that was used stays readable for a week after both have answered, so that who answered by it can write down
    the other side's contacts; after that, whoever finds the link reads nothing.
    """
    link = SignedLink.objects.filter(digest=digest_of(token), purpose=PURPOSE).first()
    if link is None or link.withdrawn_at:
        raise Conflict("kernel.link_unknown")
    related = ("buyer", "supplier", "manager", "agency", "need", "result")
    introduction = Introduction.objects.select_related(*related).get(pk=link.subject_id)
    if readable_until(link, introduction) <= clock.now():
        raise Conflict("deals.link_past" if link.used_at else "kernel.link_expired")
    answer = introduction.acknowledgements.filter(side=link.side).first()
    return Invitation(link, introduction, answer if link.used_at else None)


def readable_until(link: SignedLink, introduction: Introduction) -> dt.datetime:
    """An unused link: its own time. A used one: a week from when the introduction stands, or else its own time."""
    if link.used_at and introduction.acknowledged_at:
        return introduction.acknowledged_at + SHOWN
    return link.expires_at


def live_links(introduction: Introduction) -> dict[str, SignedLink]:
    """The unused link of each side, if it has one."""
    found = SignedLink.objects.filter(
        purpose=PURPOSE,
        subject_type=introduction._meta.label_lower,
        subject_id=introduction.pk,
        used_at=None,
        withdrawn_at=None,
        expires_at__gt=clock.now(),
    )
    return {link.side: link for link in found}
