"""Alliances as anyone reads them, and as their members do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from yinxian.journal.models import Entry
from yinxian.journal.queries.entries import inclusions
from yinxian.market.models import Need, Result
from yinxian.market.queries.levels import visible_needs, visible_results
from yinxian.market.queries.shown import Shown as ShownListing
from yinxian.market.queries.shown import shown
from yinxian.network.members import memberships_of, organisation_ids
from yinxian.network.models import Membership, Organisation, User

from ..models import Agreement, AgreementSignature, Alliance, Ally, Referral, Shared
from ..permissions import ALLYING, can_see_alliance

JOINED = Q(allies__state=Ally.State.JOINED)
MOST = 300


ALLIANCE_SORTS = {"name": ("name", "pk"), "members": ("-count", "name", "pk"), "new": ("-created_at", "-pk")}


def alliances(text: str = "", sort: str = "") -> QuerySet[Alliance]:
    """Those that stand: two members or more have signed. For anyone."""
    found = Alliance.objects.annotate(count=Count("allies", filter=JOINED)).filter(count__gte=2)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(name_en__icontains=text))
    return found.select_related("founder").order_by(*ALLIANCE_SORTS.get(sort, ALLIANCE_SORTS["name"]))


def own_alliances(user: Any) -> QuerySet[Alliance]:
    """Those that the person's organisations are in, or are asked to sign."""
    rows = Ally.objects.filter(organisation_id__in=organisation_ids(user), state__in=("joined", "invited"))
    counted = Alliance.objects.annotate(count=Count("allies", filter=JOINED))
    return counted.filter(pk__in=rows.values("alliance")).select_related("founder").order_by("name", "pk")


def visible_alliance(user: Any, slug: str) -> Alliance | None:
    """Anyone reads of one that stands who is in it; the rest is for its people (``can_see_alliance``)."""
    found = Alliance.objects.filter(slug=slug).select_related("founder").first()
    if found is None or can_see_alliance(user, found):
        return found
    return found if found.allies.filter(state=Ally.State.JOINED).count() >= 2 else None


def latest_agreement(alliance: Alliance) -> Agreement:
    return alliance.agreements.order_by("-number")[0]


@dataclass(frozen=True)
class Place:
    """A member's place, with the version it has signed; ``sealed`` says whether the journal's entry is sealed."""

    ally: Ally
    signature: AgreementSignature | None
    current: bool
    sealed: bool


def places(alliance: Alliance) -> list[Place]:
    """In four queries, however many members there are."""
    latest = latest_agreement(alliance)
    allies = alliance.allies.filter(state__in=("joined", "invited")).select_related("organisation")
    signed: dict[int, AgreementSignature] = {}
    for one in AgreementSignature.objects.filter(ally__in=allies).select_related("agreement").order_by("at", "pk"):
        signed[one.ally_id] = one
    entries = Entry.objects.filter(
        name="alliances.agreement.signed", subject_type="alliances.alliance", subject_id=alliance.pk
    )
    by_place = {(entry.data.get("organisation"), entry.data.get("version")): entry for entry in entries}
    proofs = inclusions(by_place.values())
    found = []
    for ally in allies:
        mine = signed.get(ally.pk)
        entry = by_place.get((ally.organisation.slug, mine.agreement.number)) if mine else None
        current = mine is not None and mine.agreement_id == latest.pk
        found.append(Place(ally, mine, current, entry is not None and entry.pk in proofs))
    return found


@dataclass(frozen=True)
class SharedRow:
    shared: Shared
    listing: ShownListing


def joint_list(alliance: Alliance, reader: Any) -> list[SharedRow]:
    """What members share, each as its reader may see it: what a reader may not see at all is not in their list."""
    rows = list(alliance.shared.select_related("organisation")[:MOST])
    needs: dict[int, Any] = {
        one.pk: one for one in visible_needs(reader).filter(pk__in=[row.need_id for row in rows if row.need_id])
    }
    results: dict[int, Any] = {
        one.pk: one for one in visible_results(reader).filter(pk__in=[row.result_id for row in rows if row.result_id])
    }
    found = []
    for row in rows:
        listing = needs.get(row.need_id or 0) if row.need_id else results.get(row.result_id or 0)
        if listing is not None:
            found.append(SharedRow(row, shown(listing)))
    return found


def shareable(user: User) -> tuple[QuerySet[Need], QuerySet[Result]]:
    """One's own listings on the market that may be shared: not those for named parties."""
    mine = Q(manager=user) | Q(owner_id__in=organisation_ids(user))
    needs = Need.objects.filter(mine, state__in=("published", "matching")).exclude(confidence="named")
    results = Result.objects.filter(mine, state="published").exclude(confidence="named")
    return needs.order_by("-pk")[:100], results.order_by("-pk")[:100]


def referrals_of(alliance: Alliance, user: Any) -> QuerySet[Referral]:
    """Given or taken by the person's organisations; nobody reads those of others."""
    mine = organisation_ids(user)
    found = alliance.referrals.filter(Q(giver_id__in=mine) | Q(taker_id__in=mine))
    return found.select_related("giver", "taker", "need", "result")


REFERRAL_SORTS = {
    "new": ("-offered_at", "-pk"),
    "old": ("offered_at", "pk"),
    "share": ("-share_bp", "-pk"),
    "state": ("state", "-offered_at", "-pk"),
}


def all_referrals(user: Any, *, text: str = "", state: str = "", side: str = "", sort: str = "") -> QuerySet[Referral]:
    """Of every alliance, given (``side`` "given") or taken ("taken") by the person's organisations, or either."""
    mine = organisation_ids(user)
    given, taken = Q(giver_id__in=mine), Q(taker_id__in=mine)
    found = Referral.objects.filter({"given": given, "taken": taken}.get(side, given | taken))
    if state in Referral.State.values:
        found = found.filter(state=state)
    if text:
        names = ("slug", "giver__name", "taker__name", "need__slug", "result__slug", "alliance__name")
        wanted = Q()
        for name in names:
            wanted |= Q(**{f"{name}__icontains": text})
        found = found.filter(wanted)
    rows = found.select_related("alliance", "giver", "taker", "need", "result")
    return rows.order_by(*REFERRAL_SORTS.get(sort, REFERRAL_SORTS["new"]))


def visible_referral(user: Any, slug: str) -> Referral | None:
    mine = organisation_ids(user)
    return (
        Referral.objects.filter(Q(giver_id__in=mine) | Q(taker_id__in=mine), slug=slug)
        .select_related("alliance", "giver", "taker", "need__owner", "result__owner", "offered_by", "answered_by")
        .first()
    )


def may_found(user: Any) -> list[Organisation]:
    """Associations and agencies that the person administers."""
    rows = memberships_of(user).filter(role=Membership.Role.ADMIN, organisation__kind__in=ALLYING)
    return [one.organisation for one in rows if one.organisation.in_network]


def may_invite(alliance: Alliance) -> QuerySet[Organisation]:
    there = alliance.allies.filter(state__in=("joined", "invited")).values("organisation")
    network = Q(admitted_by__isnull=False) | Q(kind=Organisation.Kind.ASSOCIATION)
    return Organisation.objects.filter(network, kind__in=ALLYING).exclude(pk__in=there).order_by("name")
