"""Contracts registered and milestones released: the brokers of a deal, and the supplier's own people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from yinxian.deals.models import Deal, Milestone
from yinxian.journal.models import Entry

from ..models import Event
from ..rules import WAN_FEN, Fact, Part
from .told import Ties, Told


def _deals(ids: Iterable[int]) -> dict[int, Deal]:
    deals = Deal.objects.filter(pk__in=set(ids)).select_related("introduction", "buyer", "supplier")
    return {deal.pk: deal for deal in deals.prefetch_related("introduction__shares", "team")}


def _ties(deals: Iterable[Deal]) -> Ties:
    return Ties(place for deal in deals for place in (deal.buyer_id, deal.supplier_id))


def _brokers(deal: Deal, ties: Ties, moment: dt.datetime) -> tuple[Part, ...]:
    """Those who share the fee; whoever belongs to a side earns nothing from it."""
    if deal.introduction is None:
        return ()
    whole = ties.between(deal.buyer, deal.supplier, moment)
    sides = (deal.buyer_id, deal.supplier_id)
    shares = sorted(deal.introduction.shares.all(), key=lambda share: share.position)
    return tuple(
        Part(share.user_id or 0, share.bp, (whole or ties.of(share.user_id, sides, moment)) if share.user_id else "")
        for share in shares
    )


def _staff(deal: Deal, ties: Ties, moment: dt.datetime) -> tuple[Part, ...]:
    """The supplier's own people who work on the deal or share its fee, in equal parts: they belong to the supplier, so
    only the buyer must be strange to them."""
    whole = ties.between(deal.buyer, deal.supplier, moment)
    shares = deal.introduction.shares.all() if deal.introduction else ()
    working = {one.user_id for one in deal.team.all() if one.side == "supplier"} | {one.user_id for one in shares}
    people = sorted(user for user in working if user and user in ties.acting(deal.supplier_id, moment))
    return tuple(Part(user, 1, whole or ties.of(user, (deal.buyer_id,), moment)) for user in people)


def registered(entries: Sequence[Entry]) -> dict[int, list[Told]]:
    deals = _deals(entry.subject_id for entry in entries)
    ties, found = _ties(deals.values()), {}
    for entry in entries:
        if deal := deals.get(entry.subject_id):
            parts = _brokers(deal, ties, entry.at)
            units = (deal.amount_fen or 0) // WAN_FEN
            fact = Fact(entry.pk, Event.CONTRACT_REGISTERED, entry.at, units, parts)
            found[entry.pk] = [Told(fact, entry, deal.pk)]
    return found


def released(entries: Sequence[Entry]) -> dict[int, list[Told]]:
    """Payments of the buyer's fee are not work accepted: they earn nothing."""
    stones = Milestone.objects.in_bulk([entry.subject_id for entry in entries])
    deals = _deals(stone.deal_id for stone in stones.values())
    ties, found = _ties(deals.values()), {}
    for entry in entries:
        stone = stones.get(entry.subject_id)
        if stone is None or stone.kind == Milestone.Kind.FEE:
            continue
        deal, split = deals[stone.deal_id], stone.kept_split
        amounts = {Event.MILESTONE_ACCEPTED: (stone.released_fen, _brokers(deal, ties, entry.at))}
        if split is not None and split.reward_fen:
            amounts[Event.REWARD_PAID] = (split.reward_fen, _staff(deal, ties, entry.at))
        found[entry.pk] = [
            Told(Fact(entry.pk, event, entry.at, fen // WAN_FEN, parts), entry, deal.pk)
            for event, (fen, parts) in amounts.items()
        ]
    return found
