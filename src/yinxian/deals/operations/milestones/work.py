"""Deliver for a milestone, and ask for changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import User

from ...models import Milestone, MilestoneFile
from ...permissions import milestones as permissions
from .common import MAX_FILES, keep, lock_milestone, must_be_open, note, sent_again, take_file, text_of


@transaction.atomic
def submit(
    *, milestone_id: int, text: str, actor: User, files: Sequence[UploadedFile[Any]] = (), key: str = ""
) -> Milestone:
    """The supplier hands in what the milestone asks for, with files. The fee line has nothing to hand in."""
    milestone = lock_milestone(milestone_id)
    if not permissions.can_submit(actor, milestone.deal):
        raise Forbidden("deals.may_not_submit")
    if sent_again(milestone, key):
        return milestone
    must_be_open(milestone.deal)
    if milestone.kind == Milestone.Kind.FEE:
        raise Conflict("deals.nothing_to_submit")
    milestone.move_to(Milestone.State.SUBMITTED)
    milestone.submission = text_of(text, field="text", required=not files)
    if len(files) > MAX_FILES:
        raise Invalid("deals.too_many_files", field="material", limit=MAX_FILES)
    milestone.submitted_at, milestone.submitted_by = clock.now(), actor
    for upload in files:
        kept = MilestoneFile(milestone=milestone, uploaded_by=actor, uploaded_at=clock.now())
        take_file(kept, upload)
        kept.save()
    keep(milestone, key, "submission", "submitted_at", "submitted_by")
    note("deals.milestone.submitted", actor=actor, milestone=milestone, data={"files": len(files)})
    return milestone


@transaction.atomic
def request_changes(*, milestone_id: int, text: str, actor: User, key: str = "") -> Milestone:
    """The buyer says what is still missing; the money stays in escrow."""
    milestone = lock_milestone(milestone_id)
    if not permissions.can_request_changes(actor, milestone.deal):
        raise Forbidden("deals.only_the_buyer")
    if sent_again(milestone, key):
        return milestone
    must_be_open(milestone.deal)
    milestone.move_to(Milestone.State.CHANGES)
    milestone.changes = text_of(text, field="text", required=True)
    keep(milestone, key, "changes")
    note("deals.milestone.changes_requested", actor=actor, milestone=milestone)
    return milestone
