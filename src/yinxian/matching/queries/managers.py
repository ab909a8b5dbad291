"""Managers for a need: who knows this trade, works in this place, and can take it on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yinxian.kernel.regions import region_name
from yinxian.market.codes import Field
from yinxian.market.models import Need
from yinxian.network.forms import LANGUAGES
from yinxian.network.models import ManagerProfile

from ..engine.wanted import Wanted
from .facts import brief_of, wanted_of

MAIN_TRACK, NEAR_TRACK, EVIDENCE, SAME_REGION, LANGUAGE, OPEN, YEAR = 45, 20, 15, 15, 5, 10, 1
MOST_YEARS = 10
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
    """Managers whom an association has admitted, best first; a track counts by its evidence, years count little."""
    wanted = wanted_of(need, brief_of(need, signed_only=True))
    profiles = ManagerProfile.objects.filter(association__isnull=False).select_related("user", "association")
    if only_open:
        profiles = profiles.filter(open_to_work=True)
    asked = tuple(languages) or tuple(need.languages)
    found = [_weighed(profile, wanted, need.region, asked) for profile in profiles]
    found = [row for row in found if row.track]
    return sorted(found, key=lambda row: (-row.score, row.profile.pk))[:MOST]


def _weighed(profile: ManagerProfile, wanted: Wanted, region: str, languages: Sequence[str]) -> ForNeed:
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
    score += YEAR * min(profile.years, MOST_YEARS)
    return ForNeed(profile, min(100, score), track, main, evidence, same_region, shared)
