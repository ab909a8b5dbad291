"""Cards of the directory: what a person says of themselves, and what follows from the other apps."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q

from yinxian import journal
from yinxian.credentials.queries.standing import Standing, standings_of
from yinxian.deals.models import Deal
from yinxian.kernel import clock
from yinxian.kernel.changes import changed
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.fields import Field
from yinxian.kernel.regions import PROVINCES
from yinxian.kernel.text import normalise
from yinxian.network.forms import LANGUAGES
from yinxian.network.members import has_role
from yinxian.network.models import ManagerProfile, Membership, Organisation, User
from yinxian.network.permissions import can_admit

from ..days import sensible
from ..models import Card, Licence, Turn

Part = Card.Part
MOST_LICENCES, MOST_DEALS = 20, 99
SPOKEN = {code for code, _label in LANGUAGES}


@transaction.atomic
def save_card(*, actor: User, values: dict[str, Any], organisation_id: int | None = None) -> Card:
    """One's own card, or the card of an organisation (an alumni body) that one administers. A manager's tracks, regions
    and languages stay those of the profile. What changes nothing leaves no trace. Invalid for what no card can say."""
    if organisation_id is not None and not has_role(actor, organisation_id, (Membership.Role.ADMIN,)):
        raise Forbidden("alliances.not_your_card")
    whose: dict[str, Any] = {"organisation_id": organisation_id} if organisation_id else {"user": actor}
    number = take_turn()
    card = Card.objects.select_for_update(of=("self",)).filter(**whose).first() or Card(**whose)
    profile = None if organisation_id else ManagerProfile.objects.filter(user=actor).first()
    card.profession = _one(values.get("profession", card.profession), Card.Profession.values, "profession")
    if organisation_id:
        card.profession = Card.Profession.ALUMNI
    elif profile is not None and card.profession != Card.Profession.MANAGER:
        raise Invalid("alliances.managers_card", field="profession")
    elif profile is None and card.profession in (Card.Profession.MANAGER, Card.Profession.ALUMNI):
        raise Invalid("alliances.profile_first", field="profession")
    for name, longest in (("headline", 120), ("headline_en", 160), ("about", 4000), ("about_en", 4000)):
        setattr(card, name, str(values.get(name, getattr(card, name)))[:longest])
    card.audience = _one(values.get("audience", card.audience), Card.Audience.values, "audience")
    card.shows = [part for part in Part.values if part in values.get("shows", card.shows)]
    card.noindex = bool(values.get("noindex", card.noindex))
    card.capacity = _capacity(values.get("capacity", card.capacity))
    if profile is None:
        card.tracks = _tracks(values.get("tracks", card.tracks))
        card.regions = [code for code in values.get("regions", card.regions) if str(code)[:2] in PROVINCES]
        card.languages = [code for code in values.get("languages", card.languages) if code in SPOKEN]
    new = card.pk is None
    if not new and not changed(card):
        return card
    try:
        with transaction.atomic():
            card.save()
    except IntegrityError as error:
        raise Conflict("alliances.card_meanwhile") from error
    _follow([card], number)
    verb = "alliances.card.made" if new else "alliances.card.edited"
    data = {"audience": card.audience, "shows": "、".join(card.shows)}
    journal.record(
        verb, actor=actor, subject=card, data=data, organisations=[organisation_id] if organisation_id else []
    )
    return card


def _one(value: Any, allowed: Iterable[str], field: str) -> str:
    if value not in allowed:
        raise Invalid("alliances.card_wrong", field=field)
    return str(value)


def _capacity(value: Any) -> int | None:
    if value is None or value == "":
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_DEALS:
        raise Invalid("alliances.capacity_wrong", field="capacity", most=MOST_DEALS)
    return value


def _tracks(given: Any) -> list[dict[str, str]]:
    found = []
    for one in given if isinstance(given, list) else []:
        if isinstance(one, dict) and one.get("field") in Field.values:
            said = {name: str(one.get(name, ""))[:200] for name in ("evidence", "evidence_en")}
            found.append({"field": str(one["field"]), **said})
    return found


def take_turn() -> int:
    """The number of this change. The row stays locked until the transaction ends: changes commit in their order."""
    Turn.objects.get_or_create(pk=1, defaults={"epoch": uuid.uuid4().hex})
    Turn.objects.filter(pk=1).update(number=F("number") + 1)
    return int(Turn.objects.values_list("number", flat=True).get(pk=1))


@transaction.atomic
def refresh_cards(user_ids: Iterable[int]) -> int:
    """Bring managers' cards in step with their profiles, certificates and deals; a manager without a card gets one that
    only the network finds. How many cards there were."""
    wanted = sorted(set(user_ids))
    if not wanted:
        return 0
    number = take_turn()
    known = set(Card.objects.filter(user_id__in=wanted).values_list("user_id", flat=True))
    for profile in ManagerProfile.objects.filter(user_id__in=wanted).exclude(user_id__in=known):
        Card.objects.get_or_create(user_id=profile.user_id, defaults={"profession": Card.Profession.MANAGER})
    cards = list(Card.objects.select_for_update(of=("self",)).filter(user_id__in=wanted).order_by("pk"))
    _follow(cards, number)
    return len(cards)


def _follow(cards: list[Card], number: int) -> None:
    """What a card has from elsewhere, and what it is found by."""
    users = [card.user_id for card in cards if card.user_id]
    profiles = {one.user_id: one for one in ManagerProfile.objects.filter(user_id__in=users)}
    held = standings_of(users)
    open_deals = dict(
        Deal.objects.filter(manager_id__in=users)
        .exclude(state__in=Deal.ENDED)
        .order_by()
        .values_list("manager_id")
        .annotate(n=Count("pk"))
    )
    people = {one.pk: one for one in User.objects.filter(pk__in=users)}
    bodies = Organisation.objects.in_bulk([card.organisation_id for card in cards if card.organisation_id])
    places: dict[int, list[Organisation]] = {}
    for membership in Membership.objects.filter(user_id__in=users, ended_at=None).select_related("organisation"):
        places.setdefault(membership.user_id, []).append(membership.organisation)
    for card in cards:
        profile = profiles.get(card.user_id or 0)
        if profile is not None:
            card.profession = Card.Profession.MANAGER
            card.tracks, card.regions, card.languages = profile.tracks, profile.regions, profile.languages
            card.about, card.about_en = profile.bio, profile.bio_en
        _stand(card, held.get(card.user_id or 0, []))
        card.open_deals = open_deals.get(card.user_id or 0, 0)
        owner = people.get(card.user_id or 0) or bodies.get(card.organisation_id or 0)
        _write(card, profile, owner, places.get(card.user_id or 0, []))
        card.turn, card.changed_at = number, clock.now()
    Card.objects.bulk_update(cards, FOLLOWED, batch_size=500)


FOLLOWED = [
    *("profession", "tracks", "regions", "languages", "about", "about_en", "rank", "level", "level_until"),
    *("open_deals", "codes", "codes_public", "words", "words_public", "turn", "changed_at"),
]


def _stand(card: Card, standings: list[Standing]) -> None:
    best = standings[0] if standings else None
    card.rank = best.level.rank if best else 0
    card.level = best.level if best else None
    card.level_until = best.valid_until if best else None


def _write(card: Card, profile: ManagerProfile | None, owner: Any, places: list[Organisation]) -> None:
    """``codes`` by the part they belong to: what is not shown is not found either, so that no filter tells it."""
    active = owner is not None and getattr(owner, "is_active", True)
    free = card.free if profile is None or profile.open_to_work else 0
    association = profile.association_id if profile else None
    parts: dict[str, list[str]] = {
        "": [f"p:{card.profession}", *([f"k:{profile.kind}"] if profile else [])],
        Part.TRACKS: [f"t:{one['field']}" for one in card.tracks if isinstance(one, dict) and one.get("field")],
        Part.REGIONS: [f"r:{str(code)[:2]}" for code in card.regions],
        Part.LANGUAGES: [f"l:{code}" for code in card.languages],
        Part.LEVEL: [f"v:{card.rank}"] if card.rank else [],
        Part.CAPACITY: ["f:1"] if free else [],
        Part.ORGANISATION: [f"a:{association}"] if association else [],
    }
    tracks = " ".join(f"{one.get('evidence', '')} {one.get('evidence_en', '')}" for one in card.tracks)
    texts: dict[str, str] = {
        Part.NAME: f"{getattr(owner, 'name', '')} {getattr(owner, 'name_en', '')}",
        "": f"{card.headline} {card.headline_en}",
        Part.ORGANISATION: " ".join(f"{one.name} {one.name_en}" for one in places),
        Part.ABOUT: f"{card.about} {card.about_en}",
        Part.TRACKS: tracks,
    }
    in_network = active and card.audience != Card.Audience.NOBODY
    in_public = active and card.audience == Card.Audience.PUBLIC
    open_to = {"", *card.shows}
    card.codes = _codes(parts, set(parts), free) if in_network else ""
    card.codes_public = _codes(parts, open_to, free if Part.CAPACITY in card.shows else None) if in_public else ""
    card.words = _words(texts, set(texts)) if in_network else ""
    card.words_public = _words(texts, open_to) if in_public else ""


def _codes(parts: dict[str, list[str]], shown: set[str], free: int | None) -> str:
    """``n:2`` is for sorting: how many more one takes."""
    codes = [code for part, found in parts.items() if part in shown for code in found]
    return " ".join(dict.fromkeys([*codes, *([f"n:{free}"] if free is not None else [])]))[:600]


def _words(texts: dict[str, str], shown: set[str]) -> str:
    found = " ".join(text for part, text in texts.items() if part in shown)
    return re.sub(r"\s+", " ", normalise(found)).strip()[:6000]


@transaction.atomic
def add_licence(*, card_id: int, actor: User, values: dict[str, Any]) -> Licence:
    """A licence as its holder says it; nobody has looked at it yet. The same one twice is one."""
    card = _own(card_id, actor)
    text = {name: str(values.get(name, "")).strip() for name in ("name", "number", "issuer")}
    if any(not 1 <= len(text[name]) <= most for name, most in (("name", 80), ("number", 60), ("issuer", 80))):
        raise Invalid("alliances.licence_wrong", field="name")
    until = values.get("valid_until")
    if until is not None and not (isinstance(until, dt.date) and sensible(until)):
        raise Invalid("alliances.days_wrong", field="valid_until")
    if card.licences.count() >= MOST_LICENCES:
        raise Invalid("kernel.too_many", limit=MOST_LICENCES)
    made, new = Licence.objects.get_or_create(
        card=card, name=text["name"], number=text["number"], defaults={"issuer": text["issuer"], "valid_until": until}
    )
    if new:
        journal.record("alliances.licence.added", actor=actor, subject=card, data={"licence": made.slug})
    return made


@transaction.atomic
def drop_licence(*, licence_id: int, actor: User) -> None:
    licence = Licence.objects.select_related("card").get(pk=licence_id)
    card = _own(licence.card_id, actor)
    journal.record("alliances.licence.dropped", actor=actor, subject=card, data={"licence": licence.slug})
    licence.delete()


@transaction.atomic
def check_licence(*, licence_id: int, actor: User, association_id: int) -> Licence:
    """An association's reviewer has seen the original. Nobody checks their own."""
    licence = Licence.objects.select_for_update(of=("self",)).select_related("card").get(pk=licence_id)
    association = Organisation.objects.get(pk=association_id)
    if not can_admit(actor, association) or licence.card.user_id == actor.pk:
        raise Forbidden("alliances.not_yours_to_check")
    if licence.checked_at:
        return licence
    licence.checked_by, licence.checked_for, licence.checked_at = actor, association, clock.now()
    licence.save(update_fields=["checked_by", "checked_for", "checked_at"])
    journal.record(
        "alliances.licence.checked",
        actor=actor,
        subject=licence.card,
        data={"licence": licence.slug},
        organisations=[association.pk],
    )
    return licence


def _own(card_id: int, actor: User) -> Card:
    card = Card.objects.select_for_update(of=("self",)).get(pk=card_id)
    if not is_owner(actor, card):
        raise Forbidden("alliances.not_your_card")
    return card


def is_owner(user: Any, card: Card) -> bool:
    if card.user_id is not None:
        return card.user_id == getattr(user, "pk", None)
    return has_role(user, card.organisation_id, (Membership.Role.ADMIN,))


def stale_cards(now: dt.datetime) -> list[int]:
    """Managers without a card, and people whose level has run out since the card was written."""
    missing = ManagerProfile.objects.filter(user__card=None).values_list("user_id", flat=True)
    ended = Card.objects.filter(Q(level_until__lte=now), user__isnull=False).values_list("user_id", flat=True)
    return [pk for pk in [*missing, *ended] if pk is not None]
