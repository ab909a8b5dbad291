"""A team for a need: who understands this trade, near both sides, without a conflict; and why the others not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from yinxian.deals.models import Deal, TeamMember
from yinxian.deals.queries.deals import visible_to as visible_deals
from yinxian.market.codes import Mode
from yinxian.market.models import Need
from yinxian.market.queries.levels import NETWORK, at_least, level_for
from yinxian.matching.queries import managers_for
from yinxian.matching.queries.candidates import shortlisted
from yinxian.matching.queries.managers import ForNeed
from yinxian.network.models import Organisation, User

from ..models import Invitation
from .conflicts import Standing, standing_of
from .professionals import Professional, professionals

Profession = TeamMember.Profession
MANAGER = Profession.MANAGER.value
MANY_FEN = 100_000_000  # a budget from which an accountant looks at payments: a million yuan
NEAREST = 3  # of the others of each profession, how many are considered aloud


@dataclass(frozen=True)
class Choice:
    """Somebody proposed: for what, and the reasons in words. ``part`` is lead, buyer, supplier or a profession."""

    user: User
    part: str
    profession: str
    because: tuple[str, ...]

    @property
    def lead(self) -> bool:
        return self.part == "lead"

    @property
    def part_name(self) -> str:
        names = {"lead": _("牵头"), "buyer": _("靠近需求方"), "supplier": _("靠近供给方")}
        return names.get(self.part) or str(Profession(self.part).label)


@dataclass(frozen=True)
class Left:
    """Somebody who was considered and is not proposed."""

    user: User
    profession: str
    why: str

    @property
    def profession_name(self) -> str:
        return str(Profession(self.profession).label)


@dataclass(frozen=True)
class Proposal:
    """``missing`` are parts for which nobody was found, in words."""

    choices: tuple[Choice, ...]
    left: tuple[Left, ...]
    missing: tuple[str, ...]
    supplier: Organisation | None


def asked_professions(need: Need) -> list[str]:
    """Which other professions a need of this kind asks for, until somebody says otherwise: a lawyer wherever rights
    change hands, an accountant from a million yuan, an appraiser and an investor where technology becomes shares."""
    modes, found = set(need.modes), []
    if modes & {Mode.ASSIGNMENT, Mode.LICENCE, Mode.INVESTMENT, Mode.JOINT}:
        found.append(Profession.LAWYER.value)
    if max(need.budget_high_fen or 0, need.budget_low_fen or 0) >= MANY_FEN:
        found.append(Profession.ACCOUNTANT.value)
    if Mode.INVESTMENT in modes:
        found += [Profession.APPRAISER.value, Profession.INVESTOR.value]
    return found


def suppliers_of(need: Need, user: Any) -> list[Organisation]:
    """Who may stand on the other side: of deals that are not ended, then of the shortlist; as far as the reader
    sees them."""
    deals = visible_deals(user).filter(need=need).exclude(state__in=Deal.ENDED).order_by("-pk")
    found = [deal.supplier for deal in deals[:10]]
    for candidate in shortlisted(need)[:10]:
        if at_least(level_for(user, candidate.result), NETWORK):
            found.append(candidate.result.owner)
    return list({place.pk: place for place in found if place.pk != need.owner_id}.values())


def propose_team(need: Need, user: User, *, supplier: Organisation | None, professions: Sequence[str] = ()) -> Proposal:
    """Managers by the evidence of their trade, one of them near the buyer and one near the supplier; of each other
    profession whoever has done most. A conflict or no free capacity leaves somebody out, and is said."""
    rows = managers_for(need)
    others = professionals(need, user, professions)
    people = {row.profile.user_id for row in rows} | {one.user.pk for found in others.values() for one in found}
    standing = standing_of(people, buyer=need.owner, supplier=supplier, asker=user.pk)
    left = [_left(row, standing) for row in rows if _why_not(row, standing)]
    free = [row for row in rows if not _why_not(row, standing)]
    choices, missing = _managers(need, supplier, free, standing)
    chosen = {choice.user.pk for choice in choices}
    left += [_later(row, free, choices, standing) for row in free if row.profile.user_id not in chosen]
    for profession, people_of_it in others.items():
        proposed, passed = _professional(profession, people_of_it, standing, chosen)
        left += passed
        if proposed is None:
            missing.append(_("没有找到%(profession)s") % {"profession": Profession(profession).label})
        else:
            choices.append(proposed)
            chosen.add(proposed.user.pk)
    return Proposal(tuple(choices), tuple(left), tuple(missing), supplier)


def _why_not(row: ForNeed, standing: Standing) -> str:
    if against := standing.against.get(row.profile.user_id):
        return against
    return "" if row.profile.open_to_work else _("自己标明已排满")


def _left(row: ForNeed, standing: Standing) -> Left:
    return Left(row.profile.user, MANAGER, _why_not(row, standing))


def _later(row: ForNeed, free: Sequence[ForNeed], choices: Sequence[Choice], standing: Standing) -> Left:
    """Why somebody without a conflict is behind the one who leads: the first of the rules of ``_managers`` that says
    so. Without a lead nobody has evidence."""
    lead = next((one for one in free if choices and one.profile.user_id == choices[0].user.pk), None)
    person = row.profile.user_id
    in_hand = standing.running.get(person, 0)
    if not row.evidence or lead is None:
        why = _("赛道相符，但没有写佐证")
    elif lead.main and not row.main:
        why = _("赛道相近，不正是这一行")
    elif row.score < lead.score:
        why = _("契合 %(score)s 分，牵头的有 %(lead)s 分") % {"score": row.score, "lead": lead.score}
    elif in_hand > standing.running.get(lead.profile.user_id, 0):
        why = _("同样契合，但手上已有 %(count)s 个项目") % {"count": in_hand}
    else:
        why = _("同样契合，一支队伍里一个就够")
    return Left(row.profile.user, MANAGER, why)


def _managers(
    need: Need, supplier: Organisation | None, free: Sequence[ForNeed], standing: Standing
) -> tuple[list[Choice], list[str]]:
    """The lead has evidence of the need's trade, the best first and of equals the one with less in hand; then one
    for each side that the lead is not near."""
    missing: list[str] = []
    ranked = sorted(
        free,
        key=lambda row: (not row.evidence, not row.main, -row.score, standing.running.get(row.profile.user_id, 0)),
    )
    if not ranked or not ranked[0].evidence:
        missing.append(_("没有找到对这一行有佐证、又没有冲突的经理人牵头"))
        return [], missing
    lead = ranked[0]
    choices = [_choice(lead, "lead", _near(lead, need, supplier), standing)]
    places = [("buyer", need.region or need.owner.region, _("没有找到靠近需求方的经理人"))]
    if supplier is not None:
        places.append(("supplier", supplier.region, _("没有找到靠近供给方的经理人")))
    for part, region, nobody in places:
        if not region or _serves(lead, region):
            continue
        taken = {choice.user.pk for choice in choices}
        near = next((row for row in ranked if row.profile.user_id not in taken and _serves(row, region)), None)
        if near is None:
            missing.append(nobody)
        else:
            choices.append(_choice(near, part, _near(near, need, supplier), standing))
    return choices, missing


def _serves(row: ForNeed, region: str) -> bool:
    return any(str(code)[:2] == region[:2] for code in row.profile.regions)


def _near(row: ForNeed, need: Need, supplier: Organisation | None) -> list[str]:
    found = []
    region = need.region or need.owner.region
    if region and _serves(row, region):
        found.append(_("服务地区里有需求方所在的地方"))
    if supplier is not None and supplier.region and _serves(row, supplier.region):
        found.append(_("服务地区里有供给方所在的%(region)s") % {"region": supplier.region_name})
    return found


def _choice(row: ForNeed, part: str, near: Iterable[str], standing: Standing) -> Choice:
    person = row.profile.user_id
    evidence = row.evidence[:200]
    because = [
        _("懂%(track)s：%(evidence)s") % {"track": row.track_name, "evidence": evidence}
        if evidence
        else _("赛道是%(track)s，没有写佐证") % {"track": row.track_name},
        *near,
    ]
    if number := standing.closed.get(person, 0):
        because.append(_("经手签约 %(count)s 个项目") % {"count": number})
    because.append(_("标明可接新项目，手上 %(count)s 个") % {"count": standing.running.get(person, 0)})
    return Choice(row.profile.user, part, MANAGER, tuple(because))


def _professional(
    profession: str, people: Sequence[Professional], standing: Standing, taken: set[int]
) -> tuple[Choice | None, list[Left]]:
    """The first without a conflict who has time; the next few are told why not."""
    proposed: Choice | None = None
    passed: list[Left] = []
    for one in people:
        person = one.user
        if person.pk in taken:
            continue
        if against := standing.against.get(person.pk):
            passed.append(Left(person, profession, against))
        elif one.full:
            passed.append(Left(person, profession, _("自己标明已排满")))
        elif proposed is None:
            proposed = Choice(person, profession, profession, one.because(standing.running.get(person.pk, 0)))
        elif len(passed) < NEAREST:
            name = proposed.user.shown_name
            passed.append(Left(person, profession, _("执业证书、佐证或做过的项目不如%(name)s") % {"name": name}))
    return proposed, passed


def invitations_of(user: Any) -> QuerySet[Invitation]:
    """What one was asked."""
    found = Invitation.objects.filter(Q(user_id=getattr(user, "pk", None)))
    return found.select_related("need__owner", "asked_by").order_by("-asked_at", "pk")


def asked_by(user: Any) -> QuerySet[Invitation]:
    """Whom one has asked."""
    found = Invitation.objects.filter(Q(asked_by_id=getattr(user, "pk", None)))
    return found.select_related("need__owner", "user").order_by("-asked_at", "pk")


def invitation_for(user: Any, slug: str) -> Invitation | None:
    found = Invitation.objects.filter(slug=slug).select_related("need", "user", "asked_by").first()
    pk = getattr(user, "pk", None)
    return found if found is not None and pk in (found.user_id, found.asked_by_id) else None


def team_of(need: Need) -> QuerySet[Invitation]:
    """Everyone asked for this need, and what they said."""
    return Invitation.objects.filter(need=need).select_related("user").order_by("-lead", "pk")
