"""Evidence that a need is true: added by those who judge it, withdrawn, never changed."""

from __future__ import annotations

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from yinxian.kernel import clock, uploads
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.text import clean
from yinxian.network.models import User

from .. import permissions
from ..codes import EvidenceKind
from ..models import Evidence, Need
from . import listings

LONGEST = dt.timedelta(days=3 * 366)


@transaction.atomic
def add_evidence(
    *,
    need_id: int,
    actor: User,
    kind: str,
    score: int,
    note: str,
    dated: dt.date,
    expires_on: dt.date,
    file: UploadedFile[bytes] | None = None,
) -> Evidence:
    """The responsible manager or the association's reviewer scores 1 to 10 what they saw on ``dated``; the company
    does not score itself. It counts until ``expires_on``, three years at most."""
    need = listings.locked(Need, need_id)
    if not can_judge(actor, need):
        raise Forbidden("market.evidence_not_yours")
    if kind not in EvidenceKind.values:
        raise Invalid("market.unknown_choice", field="kind")
    if isinstance(score, bool) or not 1 <= score <= 10:
        raise Invalid("market.evidence_score", field="score")
    if dated > clock.today():
        raise Invalid("market.evidence_future", field="dated")
    if not dated < expires_on <= dated + LONGEST:
        raise Invalid("market.evidence_expiry", field="expires_on")
    note = clean(note).strip()
    if not note:
        raise Invalid("market.evidence_note", field="note")
    evidence = Evidence(need=need, kind=kind, score=score, note=note[:4000], dated=dated, expires_on=expires_on)
    evidence.added_by, evidence.added_at = actor, clock.now()
    if file is not None:
        file.name = uploads.check(file).name
        evidence.file = file
    evidence.save()
    listings.record("evidence_added", need, actor, evidence=evidence.slug, kind=kind, score=score)
    return evidence


@transaction.atomic
def withdraw_evidence(*, evidence_id: int, actor: User) -> Evidence:
    """It no longer counts, and stays readable with the day it was taken back."""
    need_id = Evidence.objects.values_list("need_id", flat=True).get(pk=evidence_id)
    need = listings.locked(Need, need_id)
    evidence = Evidence.objects.get(pk=evidence_id)
    if evidence.added_by_id != actor.pk and not can_judge(actor, need):
        raise Forbidden("market.evidence_not_yours")
    if evidence.withdrawn_at is not None:
        raise Conflict("market.evidence_withdrawn")
    evidence.withdrawn_at = clock.now()
    evidence.save(update_fields=["withdrawn_at"])
    listings.record("evidence_withdrawn", need, actor, evidence=evidence.slug)
    return evidence


def can_judge(actor: User, need: Need) -> bool:
    """Who may say how true a need is."""
    return permissions.is_responsible(actor, need) or permissions.can_review(actor, need)
