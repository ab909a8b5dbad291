"""Managers for a need: who knows this trade, works in this place, and can take it on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from yinxian.kernel.regions import region_name
from yinxian.market.codes import Confidence, Field
from yinxian.market.models import Need
from yinxian.network.forms import LANGUAGES
from yinxian.network.models import ManagerProfile

from ..engine.wanted import Wanted
from .facts import brief_of, wanted_of

MAIN_TRACK, NEAR_TRACK, EVIDENCE, SAME_REGION, LANGUAGE, OPEN, YEAR, SOLVED = 45, 20, 15, 15, 5, 10, 1, 2
MOST_YEARS, MOST_SOLVED = 10, 5
MOST = 50


@dataclass(frozen=True)
class ForNeed:
    """One manager, with what speaks for them."""

    profile: ManagerProfile
    score: int
    track: str  # the field that agrees, empty for none
    main: bool
    evidence: str
    same_region: bool
    languages: tuple[str, ...]
    solved: int = 0  # needs in their care that were on the market and are solved

    @property
    def track_name(self) -> str:
        return str(dict(Field.choices).get(self.track, ""))

    @property
    def region_names(self) -> list[str]:
        return [name for code in self.profile.regions if (name := region_name(str(code)))]

    @property
    def language_names(self) -> list[str]:
        names = dict(LANGUAGES)
        return [str(names.get(code, code)) for code in self.profile.languages]


def managers_for(need: Need, *, languages: Sequence[str] = (), only_open: bool = False) -> list[ForNeed]:
    """Managers whom an association has admitted, best first; a track counts by its evidence, years and solved needs
    count little."""
    wanted = wanted_of(need, brief_of(need, signed_only=True))
    profiles = ManagerProfile.objects.filter(association__isnull=False).select_related("user", "association")
    if only_open:
        profiles = profiles.filter(open_to_work=True)
    asked = tuple(languages) or tuple(need.languages)
    solved = _solved()
    found = [_weighed(profile, wanted, need.region, asked, solved.get(profile.user_id, 0)) for profile in profiles]
    found = [row for row in found if row.track]
    return sorted(found, key=lambda row: (-row.score, row.profile.pk))[:MOST]


def _solved() -> dict[int, int]:
    """By manager: needs that everybody in the network could read and that are solved."""
    done = Need.objects.filter(state=Need.State.SOLVED, published_on__isnull=False, manager__isnull=False)
    counted = done.exclude(confidence=Confidence.NAMED).order_by().values_list("manager").annotate(count=Count("pk"))
    return {manager: count for manager, count in counted if manager is not None}


def _weighed(profile: ManagerProfile, wanted: Wanted, region: str, languages: Sequence[str], solved: int) -> ForNeed:
    codes = [code for code, _ in wanted.fields[:3]]
    tracks = profile.shown_tracks
    track = next((code for code in codes if code in tracks), "")
    main = bool(track) and track == codes[0]
    evidence = tracks.get(track, "")
    same_region = bool(region) and any(str(place)[:2] == region[:2] for place in profile.regions)
    shared = tuple(str(language) for language in profile.languages if language in languages)
    score = (MAIN_TRACK if main else NEAR_TRACK) if track else 0
    score += EVIDENCE if evidence else 0
    score += SAME_REGION if same_region else 0
    score += LANGUAGE if shared else 0
    score += OPEN if profile.open_to_work else 0
    score += YEAR * min(profile.years, MOST_YEARS) + SOLVED * min(solved, MOST_SOLVED)
    return ForNeed(profile, min(100, score), track, main, evidence, same_region, shared, solved)
