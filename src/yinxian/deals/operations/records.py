"""Notes, meetings, files and the people of a deal."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock, crypto, text, uploads
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import User

from ..models import Audience, Deal, DealFile, Meeting, Note, Side, TeamMember
from ..permissions import deals as permissions
from .deals import concerned, lock_deal, set_next

LONGEST = 10_000
AGAIN = dt.timedelta(minutes=2)


def _audience(deal: Deal, actor: User, audience: str) -> str:
    """``own`` is the writer's side; a side one does not stand on cannot be written for."""
    if not permissions.can_record(actor, deal):
        raise Forbidden("deals.not_in_deal")
    wanted = permissions.own_side(actor, deal) if audience == "own" else audience
    if wanted != Audience.ALL and wanted not in permissions.sides_of(actor, deal):
        raise Forbidden("deals.not_your_side")
    if wanted == Audience.ALL and not deal.introduction_id:
        return Audience.MANAGER.value
    return wanted


def _told(deal: Deal, audience: str) -> list[int]:
    sides = {
        "buyer": deal.buyer_id,
        "supplier": deal.supplier_id,
        "manager": deal.agency_id,
    }
    one = sides.get(audience)
    return concerned(deal) if audience == Audience.ALL else [one] if one else []


def _say(name: str, deal: Deal, actor: User, audience: str, **data: Any) -> None:
    journal.record(
        name, actor=actor, subject=deal, data={"audience": audience, **data}, organisations=_told(deal, audience)
    )


def _text(value: str, field: str, longest: int, *, needed: bool = True) -> str:
    plain = text.clean(value).strip()
    if needed and not plain:
        raise Invalid("deals.text_missing", field=field)
    if len(plain) > longest:
        raise Invalid("deals.text_too_long", field=field, limit=longest)
    return plain


@transaction.atomic
def add_note(*, deal_id: int, actor: User, words: str, audience: str = "own") -> Note:
    """A few words, for one's own side or for everyone. The same words again within two minutes are one note."""
    deal = lock_deal(deal_id)
    seen_by = _audience(deal, actor, audience)
    plain = _text(words, "text", LONGEST)
    again = deal.notes.filter(author=actor, text=plain, audience=seen_by, at__gt=clock.now() - AGAIN).first()
    if again:
        return again
    made = Note.objects.create(deal=deal, text=plain, audience=seen_by, author=actor, at=clock.now())
    digest = crypto.sha256_hex(plain.encode())
    _say("deals.note.added", deal, actor, seen_by, note=made.slug, sha256=digest)
    return made


@transaction.atomic
def jot(
    *,
    deal_id: int,
    actor: User,
    words: str = "",
    audience: str = "own",
    upload: UploadedFile[Any] | None = None,
    action: str = "",
    on: dt.date | None = None,
) -> Deal:
    """What a manager does between two visits, all or nothing: a note, a photo, the next action."""
    if words.strip():
        add_note(deal_id=deal_id, actor=actor, words=words, audience=audience)
    if upload is not None:
        add_file(deal_id=deal_id, actor=actor, upload=upload, audience=audience)
    if action.strip():
        set_next(deal_id=deal_id, action=action, on=on, actor=actor)
    return lock_deal(deal_id)


@transaction.atomic
def add_meeting(
    *,
    deal_id: int,
    actor: User,
    at: dt.datetime,
    place: str,
    people: str,
    minutes: str = "",
    audience: str = "all",
) -> Meeting:
    """A visit or call that took place, or is to take place."""
    deal = lock_deal(deal_id)
    seen_by = _audience(deal, actor, audience)
    where, who = _text(place, "place", 200), _text(people, "people", 300)
    said = _text(minutes, "minutes", LONGEST, needed=False)
    again = deal.meetings.filter(recorded_by=actor, at=at, place=where, people=who, minutes=said).first()
    if again:
        return again
    made = Meeting.objects.create(
        deal=deal,
        at=at,
        place=where,
        people=who,
        minutes=said,
        audience=seen_by,
        recorded_by=actor,
        recorded_at=clock.now(),
    )
    _say("deals.meeting.recorded", deal, actor, seen_by, meeting=made.slug)
    return made


@transaction.atomic
def add_file(*, deal_id: int, actor: User, upload: UploadedFile[Any], audience: str = "all") -> DealFile:
    """Keep a file with its size and SHA-256. The same content for the same readers again is the same file."""
    deal = lock_deal(deal_id)
    seen_by = _audience(deal, actor, audience)
    checked = uploads.check(upload)
    again = deal.files.filter(sha256=checked.sha256, audience=seen_by).first()
    if again:
        return again
    upload.name = checked.name
    made = DealFile.objects.create(
        deal=deal,
        file=upload,
        name=checked.name,
        size=checked.size,
        sha256=checked.sha256,
        audience=seen_by,
        uploaded_by=actor,
        uploaded_at=clock.now(),
    )
    _say("deals.file.added", deal, actor, seen_by, file=made.slug, sha256=checked.sha256)
    return made


@transaction.atomic
def add_member(
    *,
    deal_id: int,
    actor: User,
    name: str,
    profession: str,
    side: str = Side.MANAGER,
    firm: str = "",
    user_id: int | None = None,
) -> TeamMember:
    """Bring in a lawyer, an accountant, another manager. With a user they read what their side reads."""
    deal = lock_deal(deal_id)
    if side not in Side.values or not permissions.can_change_team(actor, deal, side):
        raise Forbidden("deals.may_not_change_team")
    if profession not in TeamMember.Profession.values:
        raise Invalid("deals.profession", field="profession")
    user = User.objects.filter(pk=user_id, is_active=True).first() if user_id else None
    if user_id and user is None:
        raise Invalid("deals.unknown_person", field="phone")
    if user and deal.team.filter(user=user, left_at=None).exists():
        raise Conflict("deals.already_on_team")
    made = TeamMember.objects.create(
        deal=deal,
        user=user,
        name=_text(name or (str(user) if user else ""), "name", 60),
        profession=profession,
        side=side,
        firm=_text(firm, "firm", 120, needed=False),
        added_by=actor,
        added_at=clock.now(),
    )
    _say("deals.member.added", deal, actor, Audience.ALL, member=made.pk, profession=profession, side=side)
    return made


@transaction.atomic
def remove_member(*, deal_id: int, member_id: int, actor: User) -> TeamMember:
    """Somebody leaves the team; what they wrote stays. Twice is once."""
    deal = lock_deal(deal_id)
    member = deal.team.get(pk=member_id)
    if not permissions.can_change_team(actor, deal, member.side):
        raise Forbidden("deals.may_not_change_team")
    if member.left_at is None:
        member.left_at = clock.now()
        member.save(update_fields=["left_at"])
        data = {"member": member.pk, "profession": member.profession, "side": member.side}
        _say("deals.member.left", deal, actor, Audience.ALL, **data)
    return member
