"""What every verb on a milestone begins and ends with."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from yinxian import journal
from yinxian.kernel import clock, uploads
from yinxian.kernel.errors import Conflict, Invalid
from yinxian.network.models import User

from ...models import Deal, Milestone
from ...models.milestones import KeptFile

MAX_TEXT = 5000
MAX_FILES = 20
OPEN = (Deal.State.SIGNED, Deal.State.REGISTERED, Deal.State.PERFORMING)


def lock_deal(deal_id: int) -> Deal:
    return Deal.objects.select_for_update(of=("self",)).get(pk=deal_id)


def lock_milestone(milestone_id: int) -> Milestone:
    """The milestone, its deal locked before it: whatever moves a deal's money waits for its turn."""
    deal = lock_deal(Milestone.objects.values_list("deal_id", flat=True).get(pk=milestone_id))
    milestone = Milestone.objects.select_for_update(of=("self",)).get(pk=milestone_id)
    milestone.deal = deal
    return milestone


def must_be_open(deal: Deal) -> None:
    """Conflict unless the deal is between signing and its end, and not in dispute."""
    if deal.frozen:
        raise Conflict("deals.deal_frozen")
    if deal.state not in OPEN:
        raise Conflict("deals.deal_not_open", state=deal.get_state_display())


def sent_again(milestone: Milestone, key: str) -> bool:
    """Whether the same form came a second time: then nothing is done and nothing refused."""
    return bool(key) and milestone.last_key == key


def keep(milestone: Milestone, key: str, *fields: str) -> None:
    milestone.last_key, milestone.changed_at = key[:80], clock.now()
    milestone.save(update_fields=["state", "last_key", "changed_at", *fields])


def note(name: str, *, actor: User | None, milestone: Milestone, data: dict[str, Any] | None = None) -> None:
    deal = milestone.deal
    journal.record(
        name,
        actor=actor,
        subject=milestone,
        data={"deal": deal.slug, "position": milestone.position, **(data or {})},
        organisations=parties(deal),
    )


def parties(deal: Deal) -> list[int]:
    return [pk for pk in (deal.buyer_id, deal.supplier_id, deal.agency_id) if pk]


def text_of(value: str, *, field: str, required: bool = False) -> str:
    """Plain text as it will be kept; Invalid when it is missing or longer than MAX_TEXT characters."""
    plain = value.replace("\x00", "").encode("utf-8", "ignore").decode().strip()
    if required and not plain:
        raise Invalid("deals.text_missing", field=field)
    if len(plain) > MAX_TEXT:
        raise Invalid("deals.text_too_long", field=field, limit=MAX_TEXT)
    return plain


def take_file(kept: KeptFile, upload: UploadedFile[Any] | None) -> None:
    """Put an upload on a record with its name, size and hash; Invalid when it is empty or too large."""
    if upload is not None:
        checked = uploads.check(upload)
        kept.name, kept.size, kept.sha256, kept.file = checked.name, checked.size, checked.sha256, upload
