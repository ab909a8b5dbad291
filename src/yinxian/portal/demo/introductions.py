"""Decisions about candidates, and introductions through all their states."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from yinxian.deals.models import Introduction
from yinxian.deals.operations.acknowledgements import acknowledge
from yinxian.deals.operations.introductions import (
    draft_introduction,
    offer_introduction,
    propose_shares,
    withdraw_introduction,
)
from yinxian.deals.operations.shares import answer_share
from yinxian.deals.terms import Part, Terms
from yinxian.market import search
from yinxian.matching.operations import refuse, shortlist
from yinxian.network.members import members_of
from yinxian.network.models import Membership

from .content import Record, by_key, records
from .timeline import Event, World

MATCHED, DRAFTED, OFFERED, ANSWERED = 40, 45, 46, 47
State = Introduction.State
SUBJECTS = {deal["introduction"]: deal["title"] for deal in records("deal") if "introduction" in deal}


def events(world: World) -> Iterator[Event]:
    for match in records("match"):
        yield Event(match["days"], MATCHED, partial(_decide, world, match))
    for made in records("introduction"):
        state, days = made["state"], made["offered"]
        yield Event(days, DRAFTED, partial(_draft, world, made))
        if state == State.DRAFT:
            continue
        yield Event(days, DRAFTED + 0.5, partial(_propose, world, made))
        if state == State.SHARES_PENDING:
            continue
        yield Event(days, OFFERED, partial(_offer, world, made))
        if "answered" in made:
            yield Event(made["answered"], ANSWERED, partial(_answer, world, made))


def _decide(world: World, match: Record) -> None:
    """What is listed by now is put into the index first: the decision keeps what the ranking says of it."""
    if world.unread:
        search.update(world.unread)
        world.unread.clear()
    need, actor = world.pk("need", match["need"]), world.people[match["by"]]
    for result in match["shortlisted"]:
        shortlist(need_id=need, result_id=world.pk("result", result), actor=actor)
    for refused in match.get("refused", ()):
        refuse(
            need_id=need,
            result_id=world.pk("result", refused["result"]),
            actor=actor,
            reason=refused["reason"],
            note=refused["note"],
        )


def terms_of(made: Record) -> Terms:
    fee = made["fee"]
    tiers = [{"up_to_fen": tier.get("up_to_fen"), "bp": tier["bp"]} for tier in fee.get("tiers", ())]
    return Terms(
        fee_kind=fee["kind"],
        fee_rate_bp=fee.get("bp"),
        fee_ladder=tiers,
        fee_fixed_fen=fee.get("amount_fen"),
        payer=made["payer"],
    )


def _part(world: World, share: Record) -> Part:
    if "user" in share:
        return Part(share["bp"], user_id=world.people[share["user"]].pk, work=share["work"])
    return Part(share["bp"], organisation_id=world.pk("organisation", share["organisation"]), work=share["work"])


def _draft(world: World, made: Record) -> None:
    introduction = draft_introduction(
        need_id=world.pk("need", made["need"]),
        result_id=world.pk("result", made["result"]),
        actor=world.people[made["manager"]],
        subject=SUBJECTS.get(made["key"]) or by_key("need")[made["need"]]["title"],
        terms=terms_of(made),
        shares=[_part(world, share) for share in made["shares"]],
        agency_id=world.pk("organisation", made["agency"]) if "agency" in made else None,
    )
    world.keep("introduction", made["key"], introduction.pk)


def _propose(world: World, made: Record) -> None:
    """Everyone is asked and accepts, but for the last one of an introduction that still waits for it."""
    pk = world.pk("introduction", made["key"])
    introduction = propose_shares(introduction_id=pk, actor=world.people[made["manager"]])
    waiting = list(introduction.shares.filter(accepted_at=None).select_related("user"))
    if made["state"] == State.SHARES_PENDING:
        waiting = waiting[:-1]
    for share in waiting:
        actor = share.user or members_of(share.organisation_id or 0, [Membership.Role.ADMIN]).get()
        answer_share(share_id=share.pk, actor=actor, accept=True, version=introduction.terms_version)


def _offer(world: World, made: Record) -> None:
    offer_introduction(introduction_id=world.pk("introduction", made["key"]), actor=world.people[made["manager"]])


def _answer(world: World, made: Record) -> None:
    """Both acknowledge, signed in; or one side says no; or the manager takes it back."""
    pk = world.pk("introduction", made["key"])
    if made["state"] == State.WITHDRAWN:
        withdraw_introduction(introduction_id=pk, actor=world.people[made["manager"]], note=made["note"])
        return
    for side, listing in (("buyer", by_key("need")[made["need"]]), ("supplier", by_key("result")[made["result"]])):
        agreed = made.get("declined_by") != side
        contact = by_key("person")[listing["contact"]]
        acknowledge(
            introduction_id=pk,
            side=side,
            agreed=agreed,
            post=contact.get("title", ""),
            actor=world.people[contact["key"]],
        )
        if not agreed:
            break
