"""Levels, certificates and recognitions of the demo year; two foreign issuers sign with keys of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from yinxian.credentials.models import Credential, Level
from yinxian.credentials.operations.applications import apply_for_level, decide_application
from yinxian.credentials.operations.credentials import change_state, choose_shown, issue_credential
from yinxian.credentials.operations.issuing import new_key
from yinxian.credentials.operations.levels import edit_level, take_standard_levels
from yinxian.credentials.operations.recognitions import decide_presentation, end_recognition, present, recognise
from yinxian.credentials.queries.levels import current_version
from yinxian.credentials.queries.recognition import Recogniser
from yinxian.credentials.resolving import Network
from yinxian.credentials.vc import documents, keys, proofs
from yinxian.credentials.vc.judge import judge
from yinxian.kernel import clock

from .content import Record, extra, records
from .people import FOUNDED
from .timeline import Event, World

RULES, ISSUED, LATER = 20, 40, 60
YEARS = dt.timedelta(days=900)


def events(world: World) -> Iterator[Event]:
    for one in records("certificate"):
        yield Event(max(one["days"], FOUNDED + 1), RULES, partial(_levels, world, one))
        for row in one.get("issued", ()):
            yield Event(row["days"], ISSUED, partial(_issue, world, one, row))
            for state in ("revoked", "suspended"):
                if state in row:
                    yield Event(row[state], LATER, partial(_state, world, one, row, state))
        for row in one.get("recognised", ()):
            yield Event(row["days"], ISSUED, partial(_recognise, world, one, row))
            if "ended" in row:
                yield Event(row["ended"], LATER, partial(_end, world, one, row))
        for row in one.get("presented", ()):
            yield Event(row["days"], LATER, partial(_present, world, row))
            if "accepted" in row:
                yield Event(row["accepted"], LATER, partial(_accept, world, one, row))
        for row in one.get("applied", ()):
            yield Event(row["days"], LATER, partial(_apply, world, one, row))
            if "decided" in row:
                yield Event(row["decided"], LATER, partial(_decide, world, one, row))


def _level(world: World, one: Record, rank: int) -> Level:
    return Level.objects.get(association=world.pk("organisation", one["association"]), rank=rank)


def _levels(world: World, one: Record) -> None:
    """The standard ladder, then the association's own figures; levels that it does not award are left as they are."""
    reviewer, association = world.people[one["reviewer"]], world.pk("organisation", one["association"])
    new_key(association_id=association, actor=world.people[one["keeper"]])
    take_standard_levels(association_id=association, actor=reviewer)
    for row in one["levels"]:
        level = _level(world, one, row["rank"])
        _rules(level, reviewer, row)


def _rules(level: Level, reviewer: Any, row: Record) -> None:
    lines = [line for line in current_version(level).requirements if line["kind"] == "hours"]
    lines.append({"kind": "exam", "name": "", "at_least": None})
    if "after" in row:
        lines.append({"kind": "level", "name": str(row["after"]), "at_least": 1})
    lines += [
        {"kind": kind, "name": "", "at_least": row[kind]} for kind in ("contracts", "amount", "tracks") if row.get(kind)
    ]
    values = {
        "requirements": lines,
        "renewal": current_version(level).renewal,
        "valid_months": row["valid_months"],
        "note": row["note"],
    }
    edit_level(level_id=level.pk, actor=reviewer, values=values, based_on=1)


def _issue(world: World, one: Record, row: Record) -> None:
    """``months`` is a shorter validity that the association gave then: a version of its own, and back again."""
    level, reviewer, person = (
        _level(world, one, row["rank"]),
        world.people[one["reviewer"]],
        world.people[row["person"]],
    )
    usual = current_version(level)
    if "months" in row:
        _validity(level, reviewer, usual, row["months"], "先发一年，满一年再换")
    made = issue_credential(level_id=level.pk, user_id=person.pk, actor=reviewer, ground=row["ground"])
    if "months" in row:
        _validity(level, reviewer, usual, usual.valid_months, "恢复三年")
    world.keep("credential", f"{row['person']}-{row['rank']}", made.pk)
    if row.get("open"):
        shown = {"shows_in_directory": True, "shows_grounds": True}
        choose_shown(credential_id=made.pk, actor=person, shown=shown)


def _validity(level: Level, reviewer: Any, usual: Any, months: int | None, note: str) -> None:
    values = {"requirements": usual.requirements, "renewal": usual.renewal, "valid_months": months, "note": note}
    edit_level(level_id=level.pk, actor=reviewer, values=values, based_on=current_version(level).number)


def _state(world: World, one: Record, row: Record, state: str) -> None:
    made = world.pk("credential", f"{row['person']}-{row['rank']}")
    change_state(credential_id=made, actor=world.people[one["reviewer"]], state=state, reason=row["reason"])


def _apply(world: World, one: Record, row: Record) -> None:
    level = _level(world, one, row["rank"])
    made = apply_for_level(level_id=level.pk, actor=world.people[row["person"]])
    world.keep("application", f"{row['person']}-{row['rank']}", made.pk)


def _decide(world: World, one: Record, row: Record) -> None:
    made = decide_application(
        application_id=world.pk("application", f"{row['person']}-{row['rank']}"),
        actor=world.people[one["reviewer"]],
        award=row["award"],
        reason=row.get("reason", ""),
    )
    if row["award"]:
        person = world.people[row["person"]]
        shown = {"shows_in_directory": True, "shows_grounds": True}
        choose_shown(credential_id=Credential.objects.get(application=made).pk, actor=person, shown=shown)


def _foreign(key: str) -> tuple[Record, Ed25519PrivateKey, str]:
    """A foreign issuer of the demo: its key is in its name (did:key), so that nothing has to be fetched."""
    found = next(one for one in extra("certificate", "foreign") if one["key"] == key)
    secret = Ed25519PrivateKey.from_private_bytes(bytes([found["seed"]]) * 32)
    return found, secret, f"did:key:{keys.public_multibase(secret.public_key())}"


def _their_level(key: str, level: str) -> str:
    return f"https://{key}.example/levels/{level}"


def _recognise(world: World, one: Record, row: Record) -> None:
    issuer, _secret, name = _foreign(row["issuer"])
    made = recognise(
        association_id=world.pk("organisation", one["association"]),
        actor=world.people[one["reviewer"]],
        equals_id=_level(world, one, row["equals"]).pk,
        values={
            "issuer_did": name,
            "issuer_name": issuer["name"],
            "their_level": _their_level(row["issuer"], row["level"]),
            "their_level_name": issuer["levels"][row["level"]],
            "conditions": row.get("conditions", ""),
            "valid_from": world.day(row["days"]),
            "valid_until": world.day(row["until"]),
        },
    )
    world.keep("recognition", row["issuer"], made.pk)


def _end(world: World, one: Record, row: Record) -> None:
    pk, actor = world.pk("recognition", row["issuer"]), world.people[one["reviewer"]]
    end_recognition(recognition_id=pk, actor=actor, reason=row["reason"])


def foreign_certificate(issuer: str, level: str, holder: str, number: int) -> dict[str, Any]:
    """What the foreign issuer has given to somebody, signed now."""
    found, secret, name = _foreign(issuer)
    now, title = clock.now().replace(microsecond=0), found["levels"][level]
    bare = documents.certificate(
        url=f"https://{issuer}.example/certificates/{number}",
        issuer=documents.IssuerWords(name, found["name"], f"https://{issuer}.example/"),
        level=documents.LevelWords(_their_level(issuer, level), title, title, "培训、考试与业绩合格。"),
        holder=holder,
        valid_from=now,
        valid_until=now + YEARS,
        status=[],
    )
    del bare["credentialStatus"]
    method = f"{name}#{name.removeprefix('did:key:')}"
    return proofs.sign(bare, secret, method=method, created=proofs.stamp(now))


def _present(world: World, row: Record) -> None:
    person = world.people[row["person"]]
    document = foreign_certificate(row["issuer"], row["level"], person.name, 2026_000 - row["days"])
    told = judge(document, resolver=Network(), recognise=Recogniser(), now=clock.now())
    made = present(actor=person, judgement=told)
    world.keep("presentation", row["person"], made.pk)


def _accept(world: World, one: Record, row: Record) -> None:
    pk, actor = world.pk("presentation", row["person"]), world.people[one["reviewer"]]
    decide_presentation(presentation_id=pk, actor=actor, accept=True)
