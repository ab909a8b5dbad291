"""Studios: founded by a manager, joined by consent, shown as each member chooses."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from yinxian import journal
from yinxian.deals.models import Deal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.fields import Field
from yinxian.kernel.regions import REGIONS
from yinxian.network.members import is_manager
from yinxian.network.models import User

from ..models import Studio, StudioCase, StudioMember, StudioMessage
from ..permissions import is_in_studio

MOST_MEMBERS, MOST_CASES, MOST_AN_HOUR = 50, 60, 20
REGISTERED = (Deal.State.REGISTERED, Deal.State.PERFORMING, Deal.State.COMPLETED)


@transaction.atomic
def save_studio(*, actor: User, values: dict[str, Any], studio_id: int | None = None) -> Studio:
    """Found a studio (managers do) or edit one's own."""
    if studio_id is None:
        if not is_manager(actor):
            raise Forbidden("alliances.managers_found_studios")
        studio = Studio(owner=actor)
    else:
        studio = _owned(studio_id, actor)
    name = str(values["name"]).strip()
    if not 1 <= len(name) <= 60:
        raise Invalid("alliances.studio_name_wrong", field="name")
    studio.name, studio.name_en = name, str(values.get("name_en", "")).strip()[:100]
    studio.about, studio.about_en = str(values.get("about", ""))[:4000], str(values.get("about_en", ""))[:4000]
    region = str(values.get("region", ""))
    studio.region = region if region in REGIONS else ""
    studio.tracks = [code for code in Field.values if code in values.get("tracks", [])]
    studio.published, studio.noindex = bool(values.get("published")), bool(values.get("noindex", True))
    try:
        with transaction.atomic():
            studio.save()
    except IntegrityError as error:
        raise Conflict("alliances.studio_name_taken", field="name") from error
    if studio_id is None:
        StudioMember.objects.create(studio=studio, user=actor, joined_at=clock.now())
    verb = "alliances.studio.founded" if studio_id is None else "alliances.studio.edited"
    journal.record(verb, actor=actor, subject=studio, data={"published": "yes" if studio.published else "no"})
    return studio


@transaction.atomic
def invite(*, studio_id: int, actor: User, user_id: int, role: str = "") -> StudioMember:
    """Ask a manager to join. Asked twice, they are asked once."""
    studio = _owned(studio_id, actor)
    user = User.objects.get(pk=user_id)
    if not is_manager(user):
        raise Invalid("alliances.only_managers_join", field="manager")
    if studio.members.filter(left_at=None).count() >= MOST_MEMBERS:
        raise Invalid("kernel.too_many", limit=MOST_MEMBERS)
    made, new = StudioMember.objects.get_or_create(
        studio=studio, user=user, left_at=None, defaults={"role": role.strip()[:60]}
    )
    if new:
        journal.record("alliances.studio.invited", actor=actor, subject=studio, data={"member": user.slug})
    return made


@transaction.atomic
def answer_invitation(*, studio_id: int, actor: User, join: bool, shown: bool = False) -> StudioMember:
    """Agree or decline; and later: whether the page names me, or that I leave. The owner does not leave."""
    studio = Studio.objects.select_for_update(of=("self",)).get(pk=studio_id)
    mine = studio.members.filter(user=actor, left_at=None).first()
    if mine is None:
        raise Forbidden("alliances.not_in_studio")
    if not join and studio.owner_id == actor.pk:
        raise Conflict("alliances.owner_stays")
    if join:
        new = mine.joined_at is None
        mine.joined_at, mine.shown = mine.joined_at or clock.now(), shown
        verb = "alliances.studio.joined" if new else "alliances.studio.shown"
    else:
        verb = "alliances.studio.left" if mine.joined_at else "alliances.studio.declined"
        mine.left_at, mine.shown = clock.now(), False
    mine.save()
    journal.record(
        verb, actor=actor, subject=studio, data={"member": actor.slug, "shown": "yes" if mine.shown else "no"}
    )
    return mine


@transaction.atomic
def add_case(*, studio_id: int, actor: User, deal_id: int) -> StudioCase:
    """A registered deal that the actor managed themselves, once."""
    studio = Studio.objects.select_for_update(of=("self",)).get(pk=studio_id)
    if not is_in_studio(actor, studio):
        raise Forbidden("alliances.not_in_studio")
    deal = Deal.objects.filter(pk=deal_id, manager=actor).first()
    if deal is None or not deal.registered_on or deal.state not in REGISTERED:
        raise Invalid("alliances.case_not_registered", field="deal")
    if studio.cases.count() >= MOST_CASES:
        raise Invalid("kernel.too_many", limit=MOST_CASES)
    made, new = StudioCase.objects.get_or_create(studio=studio, deal=deal, defaults={"added_by": actor})
    if new:
        journal.record("alliances.studio.case_added", actor=actor, subject=studio, data={"deal": deal.slug})
    return made


@transaction.atomic
def drop_case(*, case_id: int, actor: User) -> None:
    """By who managed the deal, or the studio's owner."""
    case = StudioCase.objects.select_related("studio", "deal").get(pk=case_id)
    if actor.pk not in (case.studio.owner_id, case.deal.manager_id):
        raise Forbidden("alliances.not_in_studio")
    journal.record("alliances.studio.case_dropped", actor=actor, subject=case.studio, data={"deal": case.deal.slug})
    case.delete()


@transaction.atomic
def leave_message(*, studio_id: int, actor: User | None, name: str, contact: str, text: str) -> StudioMessage:
    """Words for the members, from anyone. The same words twice are one; Conflict beyond so many an hour."""
    studio = Studio.objects.select_for_update(of=("self",)).get(pk=studio_id)
    if not studio.published:
        raise Forbidden("alliances.studio_not_open")
    given = {"name": name.strip()[:60], "contact": contact.strip()[:120], "text": text.strip()[:4000]}
    if not all(given.values()):
        raise Invalid("alliances.message_empty", field="text")
    recent = studio.messages.filter(at__gte=clock.now() - dt.timedelta(hours=1))
    if before := recent.filter(**given).first():
        return before
    if recent.count() >= MOST_AN_HOUR:
        raise Conflict("alliances.too_many_messages")
    made = StudioMessage.objects.create(studio=studio, **given)
    journal.record("alliances.studio.contacted", actor=actor, subject=studio)
    return made


def _owned(studio_id: int, actor: User) -> Studio:
    studio = Studio.objects.select_for_update(of=("self",)).get(pk=studio_id)
    if studio.owner_id != actor.pk:
        raise Forbidden("alliances.not_studio_owner")
    return studio
