"""Lawyers, accountants, appraisers and the like for a need: from the directory, and from what people did on deals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yinxian.alliances.models import Card
from yinxian.alliances.queries.directory import Shown, directory
from yinxian.deals.models import TeamMember
from yinxian.kernel.fields import Field
from yinxian.market.models import Need
from yinxian.network.models import User

Profession = TeamMember.Profession
OTHERS = tuple(value for value in Profession.values if value not in (Profession.MANAGER, Profession.OTHER))
MOST = 20  # of each profession, how many cards are looked at


@dataclass(frozen=True)
class Professional:
    """``deals`` in which they worked in this profession; ``card`` as the reader sees it, None without one."""

    user: User
    profession: str
    deals: int
    card: Shown | None
    evidence: str

    @property
    def checked(self) -> str:
        """Who has seen the original of a licence to practise; empty when nobody has."""
        licences = self.card.licences if self.card else []
        return next((f"{one.checked_for} · {one.name}" for one in licences if one.checked_for), "")

    @property
    def full(self) -> bool:
        return self.card is not None and (self.card.closed or self.card.free == 0)

    @property
    def order(self) -> tuple[bool, bool, int, int]:
        """A checked licence first, then evidence of the need's trade, then the number of deals."""
        return not self.checked, not self.evidence, -self.deals, self.user.pk

    def because(self, running: int) -> tuple[str, ...]:
        """What speaks for them, in words."""
        label = Profession(self.profession).label
        found = []
        if self.checked:
            found.append(_("执业证书已核对：%(licence)s") % {"licence": self.checked})
        if self.evidence:
            found.append(_("写明懂这一行：%(evidence)s") % {"evidence": self.evidence})
        if self.deals:
            done = ngettext(
                "在 %(count)s 个项目里做过%(profession)s", "在 %(count)s 个项目里做过%(profession)s", self.deals
            )
            found.append(done % {"count": self.deals, "profession": label})
        if not found:
            found.append(_("在名录里登记为%(profession)s") % {"profession": label})
        if self.card is not None and self.card.free is not None:
            free = ngettext("还能接 %(count)s 个项目", "还能接 %(count)s 个项目", self.card.free)
            return (*found, free % {"count": self.card.free})
        return (*found, _("手上 %(count)s 个项目") % {"count": running})


def professionals(need: Need, reader: Any, wanted: Sequence[str]) -> dict[str, list[Professional]]:
    """People of each wanted profession, the best first: those whom the reader finds in the directory, and those who
    have worked on deals in it."""
    asked = [profession for profession in OTHERS if profession in wanted]
    done = _done(asked)
    return {profession: _of(profession, need, reader, done.get(profession, {})) for profession in asked}


def _of(profession: str, need: Need, reader: Any, done: dict[int, int]) -> list[Professional]:
    cards: dict[int, Shown] = {}
    if profession in Card.Profession.values:
        found = directory(reader, {"profession": profession}, size=MOST).cards
        cards = {one.card.user_id: one for one in found if one.card.user_id is not None}
    people = User.objects.filter(is_active=True).in_bulk({*cards, *done})
    return sorted(
        (
            Professional(person, profession, done.get(pk, 0), cards.get(pk), _evidence(cards.get(pk), need))
            for pk, person in people.items()
        ),
        key=lambda one: one.order,
    )


def _evidence(card: Shown | None, need: Need) -> str:
    """What the card says of the need's own field; nothing where its tracks are not the reader's to see."""
    if card is None or not need.field:
        return ""
    name = str(Field(need.field).label)
    return next((track["evidence"][:200] for track in card.tracks if track["name"] == name), "")


def _done(professions: Sequence[str]) -> dict[str, dict[int, int]]:
    rows = (
        TeamMember.objects.filter(profession__in=professions, user__isnull=False)
        .order_by()
        .values_list("profession", "user_id")
        .annotate(n=Count("deal", distinct=True))
    )
    found: dict[str, dict[int, int]] = {}
    for profession, user_id, number in rows:
        if user_id is not None:
            found.setdefault(profession, {})[user_id] = number
    return found
