"""What a reader finds in the directory, and what they see of each card: the network all of it, anyone what is shown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from yinxian.kernel.fields import Field
from yinxian.kernel.regions import PROVINCES, region_name
from yinxian.network.forms import LANGUAGES
from yinxian.network.members import has_role, is_in_network
from yinxian.network.models import ManagerProfile, Membership

from ..models import Card, Licence
from .shelf import NETWORK, PUBLIC, SHELF, SORTS

Part = Card.Part
PAGE, MOST_IN_FILE = 24, 20_000
FIELDS, SPOKEN = dict(Field.choices), dict(LANGUAGES)
DIMENSIONS: dict[str, tuple[str, Any]] = {
    "profession": ("p", gettext_lazy("职业")),
    "kind": ("k", gettext_lazy("经理人类别")),
    "field": ("t", gettext_lazy("技术领域")),
    "region": ("r", gettext_lazy("服务地区")),
    "language": ("l", gettext_lazy("语言")),
    "level": ("v", gettext_lazy("证书级别")),
    "free": ("f", gettext_lazy("现在")),
}
SORT_LABELS = {
    "level": gettext_lazy("级别高的在前"),
    "free": gettext_lazy("空得多的在前"),
    "name": gettext_lazy("按姓名"),
}
SAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


WORDS = ("codes", "codes_public", "words", "words_public")
COLUMNS = [
    *(field.name for field in Card._meta.concrete_fields if field.name not in WORDS),
    *(f"user__{name}" for name in ("slug", "name", "name_en", "is_active")),
    *(f"user__manager_profile__{name}" for name in ("user", "open_to_work")),
    *(f"organisation__{name}" for name in ("slug", "name", "name_en")),
    *(f"level__{name}" for name in ("name", "name_en")),
]
"""What a page of cards reads: a quarter of the columns that its five tables have."""


@dataclass(frozen=True)
class Shown:
    """A card as its reader sees it; a part that is not theirs to read is empty."""

    card: Card
    name: str
    organisation: str
    headline: str
    about: str
    tracks: list[dict[str, str]]
    regions: list[str]
    languages: list[str]
    level: str
    licences: list[Licence]
    free: int | None
    closed: bool

    @property
    def url(self) -> str:
        return reverse("alliances:card", args=[self.card.slug])


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    on: bool
    url: str


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    choices: list[Choice]


@dataclass(frozen=True)
class Answer:
    """One page of the directory for one reader."""

    cards: list[Shown]
    facets: list[Facet]
    count: int
    page: int
    pages: int
    sort: str

    @property
    def previous(self) -> int:
        return self.page - 1

    @property
    def following(self) -> int:
        return self.page + 1

    @property
    def chosen(self) -> list[tuple[str, Choice]]:
        return [(facet.name, choice) for facet in self.facets for choice in facet.choices if choice.on]


def side_of(reader: Any) -> str:
    return NETWORK if is_in_network(reader) else PUBLIC


def labels(name: str) -> dict[str, str]:
    """The choices of a dimension in the reader's words."""
    return _labels(name, get_language() or "")


@lru_cache(maxsize=64)
def _labels(name: str, language: str) -> dict[str, str]:
    """Kept by language: two hundred words that a page asks for twice."""
    found: dict[str, dict[str, Any]] = {
        "profession": dict(Card.Profession.choices),
        "kind": dict(ManagerProfile.Kind.choices),
        "field": dict(Field.choices),
        "region": PROVINCES,
        "language": dict(LANGUAGES),
        "level": {str(rank): _("第 %(rank)s 级") % {"rank": rank} for rank in range(1, 13)},
        "free": {"1": _("还能接新项目")},
    }
    with override(language or None):
        return {value: str(said) for value, said in found[name].items()}


def _codes(given: Mapping[str, Any], association_id: int | None) -> dict[str, list[str]]:
    """The choices of a query string as codes; what is no choice is not taken."""
    chosen: dict[str, list[str]] = {}
    for name, (kind, _label) in DIMENSIONS.items():
        values = given.getlist(name) if isinstance(given, QueryDict) else [given.get(name, "")]
        known = labels(name)
        picked = [str(value)[:2] if name == "region" else str(value) for value in values if value]
        chosen[kind] = [f"{kind}:{value}" for value in dict.fromkeys(picked) if value in known]
    if association_id is not None:
        chosen["a"] = [f"a:{association_id}"]
    return chosen


def directory(
    reader: Any, given: Mapping[str, Any], *, page: int = 1, size: int = PAGE, association_id: int | None = None
) -> Answer:
    """``given`` has q, sort and the dimensions by name. Two queries for the page, whatever it holds."""
    side, text = side_of(reader), str(given.get("q", ""))[:60]
    sort = str(given.get("sort", ""))
    sort = sort if sort in SORTS else SORTS[0]
    chosen = _codes(given, association_id)
    number = max(1, page)
    found = SHELF.find(side, chosen, text=text, sort=sort, start=(number - 1) * size, size=size)
    pages = max(1, -(-found.count // size))
    if number > pages:
        number = pages
        found = SHELF.find(side, chosen, text=text, sort=sort, start=(number - 1) * size, size=size)
    pairs = _pairs(given)
    facets = [_facet(name, pairs, chosen, found.counts) for name in DIMENSIONS]
    return Answer(shown_cards(found.keys, side), facets, found.count, number, pages, sort)


def _pairs(given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The query without its page, as a link repeats it."""
    rows = given.lists() if isinstance(given, QueryDict) else [(name, [value]) for name, value in given.items()]
    return [(name, str(value)) for name, values in rows if name != "page" for value in values]


def _facet(name: str, pairs: list[tuple[str, str]], chosen: dict[str, list[str]], counts: dict[str, int]) -> Facet:
    kind, label = DIMENSIONS[name]
    rest = [pair for pair in pairs if pair[0] != name]
    choices = []
    for value, said in labels(name).items():
        code = f"{kind}:{value}"
        on, count = code in chosen[kind], counts.get(code, 0)
        if on or count:
            choices.append(Choice(value, said, count, on, f"?{urlencode([*rest, *([] if on else [(name, value)])])}"))
    if name == "region":
        choices.sort(key=lambda choice: -choice.count)
    return Facet(name, str(label), choices)


def _whole(rows: QuerySet[Card]) -> QuerySet[Card]:
    """With what is shown of a card: the person or body, level, licences, present places."""
    there = Membership.objects.filter(ended_at=None).select_related("organisation")
    places = there.only("user", "organisation__name", "organisation__name_en")
    return rows.select_related("user__manager_profile", "organisation", "level").prefetch_related(
        Prefetch("licences", Licence.objects.select_related("checked_for")),
        Prefetch("user__memberships", places, to_attr="places"),
    )


def shown_cards(keys: Iterable[int], side: str) -> list[Shown]:
    """Cards in the order of their keys, in three queries however many they are."""
    wanted = list(keys)
    if not wanted:
        return []
    rows = Card.objects.exclude(user__is_active=False).filter(pk__in=wanted)
    by_key = {one.pk: one for one in _whole(rows).only(*COLUMNS)}
    return [shown(by_key[key], side) for key in wanted if key in by_key]


def shown(card: Card, side: str) -> Shown:
    def may(part: str) -> bool:
        return side == NETWORK or part in card.shows

    profile = getattr(card.user, "manager_profile", None) if card.user_id else None
    closed = profile is not None and not profile.open_to_work
    places = [str(one.organisation) for one in getattr(card.user, "places", ())] if card.user_id else []
    english = (get_language() or "").startswith("en")
    return Shown(
        card=card,
        name=card.shown_name if may(Part.NAME) else card.slug,
        organisation=(", " if english else "、").join(places) if may(Part.ORGANISATION) else "",
        headline=card.shown_headline,
        about=card.shown_about if may(Part.ABOUT) else "",
        tracks=_tracks(card, english) if may(Part.TRACKS) else [],
        regions=[region_name(str(code)) for code in card.regions] if may(Part.REGIONS) else [],
        languages=[str(SPOKEN.get(code, code)) for code in card.languages] if may(Part.LANGUAGES) else [],
        level=card.level.shown_name if card.level and may(Part.LEVEL) else "",
        licences=list(card.licences.all()) if may(Part.LICENCES) else [],
        free=(0 if closed else card.free) if may(Part.CAPACITY) else None,
        closed=closed and may(Part.CAPACITY),
    )


def _tracks(card: Card, english: bool) -> list[dict[str, str]]:
    found = []
    for one in card.tracks:
        said, other = one.get("evidence") or "", one.get("evidence_en") or ""
        found.append(
            {
                "name": str(FIELDS.get(one.get("field", ""), "")),
                "evidence": (other or said) if english else (said or other),
            }
        )
    return found


def visible_card(reader: Any, slug: str) -> Shown | None:
    """The owner's own card as the network sees it; otherwise by its audience."""
    card = _whole(Card.objects.filter(slug=slug)).first()
    if card is None:
        return None
    if is_own(reader, card):
        return shown(card, NETWORK)
    if card.user_id and card.user is not None and not card.user.is_active:
        return None
    side = side_of(reader)
    open_to = {PUBLIC: (Card.Audience.PUBLIC,), NETWORK: (Card.Audience.PUBLIC, Card.Audience.NETWORK)}[side]
    return shown(card, side) if card.audience in open_to else None


def is_own(reader: Any, card: Card) -> bool:
    if not getattr(reader, "is_authenticated", False):
        return False
    if card.user_id is not None:
        return bool(card.user_id == reader.pk)
    return has_role(reader, card.organisation_id, (Membership.Role.ADMIN,))


def json_ld(one: Shown) -> SafeString:
    """schema.org: a Person, or an Organization for a body; of what anyone may read only."""
    body = one.card.organisation_id is not None
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization" if body else "Person",
        "identifier": one.card.slug,
        "name": one.name,
        "url": f"{settings.YINXIAN_URL}{one.url}",
        "description": one.headline or one.about[:200],
        "knowsAbout": [track["name"] for track in one.tracks],
    }
    if not body:
        found["jobTitle"] = str(one.card.get_profession_display())
        found["knowsLanguage"] = one.languages
        found["worksFor"] = {"@type": "Organization", "name": one.organisation} if one.organisation else None
        found["hasCredential"] = (
            {"@type": "EducationalOccupationalCredential", "name": one.level} if one.level else None
        )
    else:
        found["areaServed"] = one.regions
    return ld(found)


def ld(found: dict[str, Any]) -> SafeString:
    """JSON for a script element: nothing that people typed can end it."""
    text = json.dumps({name: value for name, value in found.items() if value}, ensure_ascii=False)
    return SafeString(text.translate(SAFE))
