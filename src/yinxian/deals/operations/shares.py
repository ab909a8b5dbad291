"""Accept or decline a share of the fee."""

from __future__ import annotations

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock, text
from yinxian.kernel.errors import Conflict, Forbidden
from yinxian.network.models import User

from ..models import Introduction, Share
from ..permissions import introductions as permissions
from .introductions import locked, team_organisations


@transaction.atomic
def answer_share(*, share_id: int, actor: User, accept: bool, version: int, reason: str = "") -> Share:
    """Accept or decline one's share of the terms that one has read (``version``); a declined one may still be
    accepted later, an accepted one stands until the terms change."""
    introduction = locked(Share.objects.values_list("introduction_id", flat=True).get(pk=share_id))
    share = Share.objects.select_for_update(of=("self",)).get(pk=share_id)
    if not permissions.can_answer_share(actor, share):
        raise Forbidden("deals.share_not_yours")
    if introduction.state != Introduction.State.SHARES_PENDING:
        raise Conflict("deals.share_not_asked")
    if version != introduction.terms_version:
        raise Conflict("deals.share_terms_changed")
    if share.accepted_at:
        raise Conflict("deals.share_answered")
    share.accepted_at = clock.now() if accept else None
    share.declined_at = None if accept else clock.now()
    share.reason = "" if accept else text.clean(reason).strip()[:300]
    share.answered_by = actor
    share.save(update_fields=["accepted_at", "declined_at", "reason", "answered_by"])
    journal.record(
        "deals.share.accepted" if accept else "deals.share.declined",
        actor=actor,
        subject=introduction,
        data={"share": share.position, "version": introduction.terms_version},
        organisations=team_organisations(introduction),
    )
    return share
