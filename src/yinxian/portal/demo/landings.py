"""Teams that look for a place, what regions offered them, and a team asked together for a need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from yinxian.landing.models import LandingShare
from yinxian.landing.operations.agreements import SidedPart, answer_landing_share, propose_agreement
from yinxian.landing.operations.arrivals import confirm_arrival, report_arrival
from yinxian.landing.operations.choosing import choose_offer
from yinxian.landing.operations.landings import want_landing
from yinxian.landing.operations.offers import make_offer
from yinxian.landing.operations.teams import answer_invitation, invite_team
from yinxian.landing.queries.teams import asked_professions, propose_team, suppliers_of
from yinxian.market.models import Need

from .content import Record, extra, records
from .timeline import Event, World

WANTED, OFFERED, AGREED, CHOSEN, ARRIVED, ASKED = 50, 51, 52, 53, 54, 80


def events(world: World) -> Iterator[Event]:
    for one in records("landing"):
        yield Event(one["days"], WANTED, partial(_want, world, one))
        for place, offer in enumerate(one["offer"]):
            yield Event(offer["days"], OFFERED, partial(_offer, world, one, offer, place))
            if "shares" in offer:
                yield Event(offer["days"] + 4, AGREED, partial(_agree, world, one, offer, place))
        if "chosen" in one:
            yield Event(one["chosen"], CHOSEN, partial(_choose, world, one))
            yield Event(one["landed"], ARRIVED, partial(_arrive, world, one))
            for word in one["confirmed"]:
                yield Event(word["days"], ARRIVED, partial(_confirm, world, one, word))
    for team in extra("landing", "team"):
        yield Event(team["days"], ASKED, partial(_ask, world, team))


def _day(world: World, days: int | None) -> dt.date | None:
    return None if days is None else world.day(days)


def _want(world: World, one: Record) -> None:
    same = ("title", "about", "field", "regions", "permits", "rent_fen", "support_fen", "extra")
    values: dict[str, Any] = {name: one[name] for name in same} | one["figures"]
    values |= {"contact_name": one["contact"][0], "contact_phone": one["contact"][1]}
    values |= {"needed_by": _day(world, one.get("needed")), "open_until": world.day(one["open"])}
    made = want_landing(
        team_id=world.pk("organisation", one["team"]),
        actor=world.people[one["by"]],
        manager_id=world.people[one["manager"]].pk,
        values=values,
    )
    world.keep("landing", one["key"], made.pk)


def _offer(world: World, one: Record, offer: Record, place: int) -> None:
    same = ("region", "place", "permits", "rent_fen", "equipment", "note", "extra")
    values: dict[str, Any] = {name: offer[name] for name in same} | offer["figures"]
    values |= {"support_fen": offer.get("support_fen"), "manager_id": world.people[offer["manager"]].pk}
    values |= {"available_from": _day(world, offer.get("available")), "valid_until": world.day(offer["valid"])}
    values["policies"] = [{**policy, "until": world.day(policy["until"])} for policy in offer["policies"]]
    made = make_offer(
        landing_id=world.pk("landing", one["key"]),
        organisation_id=world.pk("organisation", offer["organisation"]),
        actor=world.people[offer["by"]],
        values=values,
    )
    world.keep("landing_offer", f"{one['key']}-{place}", made.pk)


def _agree(world: World, one: Record, offer: Record, place: int) -> None:
    """The manager at home proposes; the others accept, but where one is still waited for."""
    parts = [
        SidedPart(bp=share["bp"], user_id=world.people[share["person"]].pk, work=share["work"], side=share["side"])
        for share in offer["shares"]
    ]
    agreement = propose_agreement(
        offer_id=world.pk("landing_offer", f"{one['key']}-{place}"),
        actor=world.people[one["manager"]],
        shares=parts,
        fee_fen=offer["fee_fen"],
    )
    for share in () if offer.get("waiting") else LandingShare.objects.filter(agreement=agreement, accepted_at=None):
        person = next(user for user in world.people.values() if user.pk == share.user_id)
        answer_landing_share(share_id=share.pk, actor=person, accept=True, version=agreement.version)


def _choose(world: World, one: Record) -> None:
    choose_offer(offer_id=world.pk("landing_offer", f"{one['key']}-0"), actor=world.people[one["by"]], version=1)


def _arrive(world: World, one: Record) -> None:
    paper = one["evidence"]
    text = f"{paper['number']}\n{one['offer'][0]['place']}\n"
    made = report_arrival(
        landing_id=world.pk("landing", one["key"]),
        actor=world.people[one["by"]],
        kind=paper["kind"],
        number=paper["number"],
        dated_on=world.day(one["landed"]),
        upload=SimpleUploadedFile(paper["file"], text.encode(), "text/plain"),
        area=paper["area"],
    )
    world.keep("landing_paper", one["key"], made.pk)


def _confirm(world: World, one: Record, word: Record) -> None:
    confirm_arrival(
        landing_id=world.pk("landing", one["key"]),
        actor=world.people[word["by"]],
        side=word["side"],
        evidence_id=world.pk("landing_paper", one["key"]),
    )


def _ask(world: World, team: Record) -> None:
    """Everyone whom the product proposes for the need is asked; the first accepts."""
    actor, need = world.people[team["by"]], Need.objects.get(pk=world.pk("need", team["need"]))
    supplier = next(iter(suppliers_of(need, actor)), None)
    professions = asked_professions(need)
    proposal = propose_team(need, actor, supplier=supplier, professions=professions)
    made = invite_team(
        need_id=need.pk,
        actor=actor,
        people=[choice.user.slug for choice in proposal.choices],
        supplier_id=supplier.pk if supplier else None,
        professions=professions,
    )
    if made and team["accepts"]:
        answer_invitation(invitation_id=made[0].pk, actor=made[0].user, accept=True)
