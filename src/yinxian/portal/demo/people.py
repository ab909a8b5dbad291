"""Organisations, their people, and who is admitted by whom."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.contrib.auth.hashers import make_password

from yinxian.network.models import ManagerProfile, Membership, Organisation, User
from yinxian.network.operations.organisations import (
    add_member,
    apply_for_admission,
    create_organisation,
    decide_admission,
)
from yinxian.network.operations.people import save_person, save_profile

from .content import Record, by_key, records
from .timeline import Event, World

PASSWORD = "yinxian-demo"  # known to everyone; only the demo has it
FOUNDED = -440
COAST = "370200"
ADMIN = Membership.Role.ADMIN


def events(world: World) -> Iterator[Event]:
    """Who belongs where; the last event gives everyone the password (one hash, so that loading stays quick)."""
    admins = {
        membership["organisation"]: person
        for person in records("person")
        for membership in person["memberships"]
        if membership["role"] == ADMIN
    }
    for organisation in records("organisation"):
        yield Event(FOUNDED, 0, partial(_found, world, organisation, admins[organisation["key"]]))
    for person in records("person"):
        for membership in person["memberships"]:
            yield Event(FOUNDED, 1, partial(_join, world, person, membership, admins[membership["organisation"]]))
        yield Event(FOUNDED, 2, partial(_introduce_oneself, world, person))
    for organisation in records("organisation"):
        if organisation["kind"] != Organisation.Kind.ASSOCIATION:
            yield Event(organisation.get("applied", FOUNDED), 3, partial(_admit, world, organisation, admins))
    yield Event(FOUNDED, 4, partial(_open_the_door, world))


def association_of(organisation: Record) -> str:
    """The coast has its own association; everyone else belongs to the first."""
    if organisation["kind"] == Organisation.Kind.ASSOCIATION:
        return str(organisation["key"])
    return "cangzhou-association" if organisation["region"] == COAST else "lanjiang-association"


def _found(world: World, organisation: Record, admin: Record) -> None:
    user = User.objects.create_user(admin["phone"], name=admin["name"])
    values = {name: organisation[name] for name in ("name", "name_en", "kind", "region", "nature")}
    values["about"] = f"{organisation['about']}\n{organisation['about_en']}"
    world.keep("organisation", organisation["key"], create_organisation(actor=user, values=values).pk)
    world.people[admin["key"]] = user


def _join(world: World, person: Record, membership: Record, admin: Record) -> None:
    if membership["role"] == ADMIN:
        return
    made = add_member(
        organisation_id=world.pk("organisation", membership["organisation"]),
        actor=world.people[admin["key"]],
        phone=person["phone"],
        name=person["name"],
        role=membership["role"],
    )
    world.people[person["key"]] = made.user


def _introduce_oneself(world: World, person: Record) -> None:
    values = {name: person[name] for name in ("name", "name_en")}
    values["language"] = "en" if person.get("language") == "en" else "zh-hans"
    user = save_person(actor=world.people[person["key"]], values=values)
    world.people[person["key"]] = user
    profile = person.get("manager")
    if not profile:
        return
    values = {name: profile[name] for name in ("kind", "years", "regions", "languages", "bio", "bio_en")}
    kept = ("field", "evidence", "evidence_en")
    values["tracks"] = [{name: track[name] for name in kept} for track in profile["tracks"]]
    made = save_profile(actor=user, values=values)
    home = by_key("organisation")[person["memberships"][0]["organisation"]]
    association = world.pk("organisation", association_of(home))
    ManagerProfile.objects.filter(pk=made.pk).update(association=association)


def _admit(world: World, organisation: Record, admins: dict[str, Record]) -> None:
    """Apply, and be let in; whoever applied in these days still waits for the association's word."""
    association = association_of(organisation)
    applicant = world.pk("organisation", organisation["key"])
    apply_for_admission(
        organisation_id=applicant,
        association_id=world.pk("organisation", association),
        actor=world.people[admins[organisation["key"]]["key"]],
    )
    if "applied" not in organisation:
        decide_admission(organisation_id=applicant, actor=world.people[admins[association]["key"]], admit=True)


def _open_the_door(world: World) -> None:
    pks = [user.pk for user in world.people.values()]
    User.objects.filter(pk__in=pks).update(password=make_password(PASSWORD), phone_verified=True)
    world.people = {key: User.objects.get(pk=user.pk) for key, user in world.people.items()}


def give_addresses(world: World) -> None:
    """Last of all: who has an address is mailed about what happens, and the demo's year is over by now."""
    for person in records("person"):
        User.objects.filter(pk=world.people[person["key"]].pk).update(email=person["email"])
