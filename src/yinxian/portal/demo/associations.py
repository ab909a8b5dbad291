"""Members, branches and fees of the associations, the alliance, studios, and cards of the directory."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from yinxian.alliances.days import months_on
from yinxian.alliances.models import Member, Studio
from yinxian.alliances.operations.alliances import found_alliance, invite_ally, share_listing, sign_agreement
from yinxian.alliances.operations.associations import save_branch, set_rules
from yinxian.alliances.operations.cards import add_licence, check_licence, save_card
from yinxian.alliances.operations.fees import next_period, record_fee
from yinxian.alliances.operations.members import (
    apply_for_membership,
    decide_application,
    leave,
    withdraw_application,
)
from yinxian.alliances.operations.referrals import answer_referral, offer_referral
from yinxian.alliances.operations.studios import add_case, answer_invitation, invite, leave_message, save_studio
from yinxian.alliances.queries.members import rules_of
from yinxian.alliances.queries.studios import deals_to_show
from yinxian.kernel import clock
from yinxian.market.models import Need

from .content import Record, extra, records
from .timeline import Event, World

RULES, JOINED, DECIDED, PAID, LATER = 60, 61, 62, 63, 85


def events(world: World) -> Iterator[Event]:
    for one in records("association"):
        yield Event(one["days"], RULES, partial(_rules, world, one))
        for row in one["members"]:
            yield from _member(world, one, row)
    for one in extra("association", "alliance"):
        yield from _alliance(world, one)
    for one in extra("association", "studio"):
        yield from _studio(world, one)
    for one in extra("association", "card"):
        yield Event(one["days"], LATER, partial(_card, world, one))


def _rules(world: World, one: Record) -> None:
    association, keeper = world.pk("organisation", one["key"]), world.people[one["keeper"]]
    names = ("welcome", "questions", "fee_person_fen", "fee_organisation_fen")
    set_rules(association_id=association, actor=keeper, values={name: one[name] for name in names}, based_on=0)
    for row in one["branches"]:
        parent = world.pk("branch", row["parent"]) if "parent" in row else None
        values = {**row, "parent_id": parent}
        made = save_branch(association_id=association, actor=keeper, values=values)
        world.keep("branch", row["name"], made.pk)


def _key(one: Record, row: Record) -> str:
    return f"{one['key']}-{row.get('organisation', row['person'])}"


def _member(world: World, one: Record, row: Record) -> Iterator[Event]:
    yield Event(row["days"], JOINED, partial(_apply, world, one, row))
    if "decided" in row:
        yield Event(row["decided"], DECIDED, partial(_decide, world, one, row))
    if "withdrawn" in row:
        yield Event(row["withdrawn"], DECIDED, partial(_withdraw, world, one, row))
    for fee in row.get("fees", ()):
        yield Event(fee["days"], PAID, partial(_pay, world, one, row, fee))
    if "left" in row:
        yield Event(row["left"], LATER, partial(_leave, world, one, row))


def _apply(world: World, one: Record, row: Record) -> None:
    organisation = row.get("organisation")
    made = apply_for_membership(
        association_id=world.pk("organisation", one["key"]),
        actor=world.people[row["applicant"] if "applicant" in row else row["person"]],
        answers={f"q{place}": answer for place, answer in enumerate(row["answers"], 1)},
        organisation_id=world.pk("organisation", organisation) if organisation else None,
        branch_id=world.pk("branch", row["branch"]) if "branch" in row else None,
    )
    world.keep("member", _key(one, row), made.pk)


def _decide(world: World, one: Record, row: Record) -> None:
    refused = row.get("refused", "")
    decide_application(
        member_id=world.pk("member", _key(one, row)),
        actor=world.people[one["keeper"]],
        accept=not refused,
        reason=refused,
    )


def _withdraw(world: World, one: Record, row: Record) -> None:
    withdraw_application(member_id=world.pk("member", _key(one, row)), actor=world.people[row["person"]])


def _pay(world: World, one: Record, row: Record, fee: Record) -> None:
    """The first fee is for the period that the acceptance began; later ones for the next."""
    member = Member.objects.get(pk=world.pk("member", _key(one, row)))
    rules = rules_of(member.association)
    begin, end = next_period(member, rules)
    if fee is row["fees"][0] and member.valid_from is not None:
        begin, end = member.valid_from, months_on(member.valid_from, rules.months if rules else 12)
    usual = one["fee_organisation_fen"] if fee.get("organisation") else one["fee_person_fen"]
    record_fee(
        member_id=member.pk,
        actor=world.people[one["keeper"]],
        amount_fen=usual,
        receipt=fee["receipt"],
        paid_on=clock.today(),
        period_from=begin,
        period_until=end,
        note="免收" if fee.get("free") else "",
    )


def _leave(world: World, one: Record, row: Record) -> None:
    leave(member_id=world.pk("member", _key(one, row)), actor=world.people[row["person"]], reason=row["why"])


def _alliance(world: World, one: Record) -> Iterator[Event]:
    yield Event(one["days"], LATER, partial(_found, world, one))
    for row in one["invited"]:
        yield Event(row["days"], LATER, partial(_invite, world, one, row))
        if "signed" in row:
            yield Event(row["signed"], LATER, partial(_sign, world, one, row))
    for row in one["shared"]:
        yield Event(row["days"], LATER, partial(_share, world, one, row))
    for row in one["referrals"]:
        yield Event(row["days"], LATER, partial(_refer, world, one, row))
        if "taken" in row:
            yield Event(row["taken"], LATER, partial(_take, world, row))


def _found(world: World, one: Record) -> None:
    values = {name: one[name] for name in ("name", "name_en", "about", "text", "share_bp")}
    founder = world.pk("organisation", one["founder"])
    made = found_alliance(organisation_id=founder, actor=world.people[one["by"]], values=values)
    world.keep("alliance", one["name"], made.pk)


def _invite(world: World, one: Record, row: Record) -> None:
    asked = world.pk("organisation", row["organisation"])
    alliance = world.pk("alliance", one["name"])
    invite_ally(alliance_id=alliance, actor=world.people[one["by"]], organisation_id=asked)


def _sign(world: World, one: Record, row: Record) -> None:
    sign_agreement(
        alliance_id=world.pk("alliance", one["name"]),
        actor=world.people[row["by"]],
        organisation_id=world.pk("organisation", row["organisation"]),
        version=1,
    )


def _need(world: World, key: str) -> Need:
    return Need.objects.select_related("owner").get(pk=world.pk("need", key))


def _share(world: World, one: Record, row: Record) -> None:
    alliance, actor = world.pk("alliance", one["name"]), world.people[row["by"]]
    share_listing(alliance_id=alliance, actor=actor, listing=_need(world, row["need"]))


def _refer(world: World, one: Record, row: Record) -> None:
    made = offer_referral(
        alliance_id=world.pk("alliance", one["name"]),
        actor=world.people[row["by"]],
        giver_id=world.pk("organisation", row["giver"]),
        taker_id=world.pk("organisation", row["taker"]),
        listing=_need(world, row["need"]),
        share_bp=row["share_bp"],
        note=row["note"],
    )
    world.keep("referral", row["need"], made.pk)


def _take(world: World, row: Record) -> None:
    answer_referral(
        referral_id=world.pk("referral", row["need"]),
        actor=world.people[row["answered"]],
        take=True,
        share_bp=row["share_bp"],
        answer=row["answer"],
    )


def _studio(world: World, one: Record) -> Iterator[Event]:
    yield Event(one["days"], LATER, partial(_open_studio, world, one))
    for row in one["members"]:
        yield Event(row["days"], LATER, partial(_ask_in, world, one, row))
        if "joined" in row:
            yield Event(row["joined"], LATER, partial(_join, world, one, row["person"], row.get("shown", False)))
    if one.get("cases"):
        yield Event(-1, LATER, partial(_show_cases, world, one))
    for row in one.get("letters", ()):
        yield Event(row["days"], LATER, partial(_write, world, one, row))


def _open_studio(world: World, one: Record) -> None:
    names = ("name", "name_en", "about", "about_en", "region", "tracks", "noindex")
    values = {name: one[name] for name in names if name in one} | {"published": True}
    made = save_studio(actor=world.people[one["owner"]], values=values)
    world.keep("studio", one["name"], made.pk)
    _join(world, one, one["owner"], True)


def _ask_in(world: World, one: Record, row: Record) -> None:
    studio, asked = world.pk("studio", one["name"]), world.people[row["person"]]
    invite(studio_id=studio, actor=world.people[one["owner"]], user_id=asked.pk, role=row["role"])


def _join(world: World, one: Record, person: str, shown: bool) -> None:
    studio = world.pk("studio", one["name"])
    answer_invitation(studio_id=studio, actor=world.people[person], join=True, shown=shown)


def _show_cases(world: World, one: Record) -> None:
    """The owner lists what was registered under their name."""
    owner, studio = world.people[one["owner"]], world.pk("studio", one["name"])
    for deal in deals_to_show(owner, Studio.objects.get(pk=studio))[:3]:
        add_case(studio_id=studio, actor=owner, deal_id=deal.pk)


def _write(world: World, one: Record, row: Record) -> None:
    given = {name: row[name] for name in ("name", "contact", "text")}
    leave_message(studio_id=world.pk("studio", one["name"]), actor=None, **given)


def _card(world: World, one: Record) -> None:
    """``tracks`` of other professions are fields; a manager's stand in the profile."""
    place = world.pk("organisation", one["organisation"]) if "organisation" in one else None
    actor = world.people[str(one.get("by") or one.get("person") or "")]
    names = ("headline", "headline_en", "capacity", "shows", "regions", "languages")
    values = {name: one[name] for name in names if name in one}
    values |= {"profession": one.get("profession", "manager"), "audience": "public"}
    values |= {"noindex": one.get("noindex", True), "tracks": [{"field": code} for code in one.get("tracks", ())]}
    made = save_card(actor=actor, values=values, organisation_id=place)
    if licence := one.get("licence"):
        given = {name: licence[name] for name in ("name", "number", "issuer")}
        kept = add_licence(card_id=made.pk, actor=actor, values=given)
        if "checked" in licence:
            checker, association = world.people[licence["checked"]], world.pk("organisation", "lanjiang-association")
            check_licence(licence_id=kept.pk, actor=checker, association_id=association)
