"""The link of one side: what it is for, whether it still may be answered, what was answered."""

from __future__ import annotations

from dataclasses import dataclass

from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict
from yinxian.network.models import SignedLink
from yinxian.network.operations.links import digest_of

from ..models import Acknowledgement, Introduction

PURPOSE = "introduction"


@dataclass(frozen=True)
class Invitation:
    link: SignedLink
    introduction: Introduction
    answer: Acknowledgement | None


def invitation(token: str) -> Invitation:
    """What stands behind a token; Conflict when it is unknown, withdrawn or past its time.

    A link that was used stays readable until it expires, so that who answered by it can see what came of it.
    """
    link = SignedLink.objects.filter(digest=digest_of(token), purpose=PURPOSE).first()
    if link is None or link.withdrawn_at:
        raise Conflict("kernel.link_unknown")
    if link.expires_at <= clock.now():
        raise Conflict("kernel.link_expired")
    related = ("buyer", "supplier", "manager", "agency", "need", "result")
    introduction = Introduction.objects.select_related(*related).get(pk=link.subject_id)
    answer = introduction.acknowledgements.filter(side=link.side).first()
    return Invitation(link, introduction, answer if link.used_at else None)


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
