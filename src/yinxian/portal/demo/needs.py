"""Needs: the company's words, the brief in versions, the client's yes, evidence, publication, where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from yinxian.market.models import Need
from yinxian.market.operations.briefs import answer_by_link, ask_sign_off, new_version, sign_off, submit_need
from yinxian.market.operations.evidence import add_evidence
from yinxian.market.operations.needs import move_need, review_need

from .briefs import content_of
from .content import Record, by_key, records
from .results import contact_of, reviewer_of
from .timeline import Event, World

SAID, VERIFIED, PROVEN, TRANSLATED, CONFIRMED, PUBLISHED, MATCHED, MOVED = 20, 21, 22, 23, 24, 25, 26, 80
TEXTS = ("title_en", "teaser", "industry", "scene", "tried")
EVIDENCE_LASTS = timedelta(days=180)
State = Need.State
WITH_LINK = "n-co"  # its client answers without an account


def events(world: World) -> Iterator[Event]:
    matched = {match["need"]: match["days"] for match in records("match")}
    ends = dict(_endings())
    for need in records("need"):
        said, state = need["submitted"], need["state"]
        yield Event(said, SAID, partial(_submit, world, need))
        for row in need.get("evidence", ()):
            yield Event(max(row["days"], said), PROVEN, partial(_prove, world, need, row))
        if state == State.SUBMITTED:
            continue
        yield Event(said + 1, VERIFIED, partial(_move, world, need, State.VERIFYING))
        versions = need.get("versions", ())
        if state == State.TRANSLATING:
            versions = [{"days": said + 3, "note": "译成可测的指标，待企业确认", "indicators": None}]
        for version in versions:
            yield Event(version["days"], TRANSLATED, partial(_translate, world, need, version))
        if "signed_off" not in need:
            continue
        signed = need["signed_off"]["days"]
        yield Event(signed, CONFIRMED, partial(_sign_off, world, need))
        if state == State.CONFIRMED:
            continue
        yield Event(signed + 1, PUBLISHED, partial(_publish, world, need))
        if state == State.PUBLISHED:
            continue
        yield Event(matched[need["key"]], MATCHED, partial(_move, world, need, State.MATCHING))
        if state != State.MATCHING:
            yield Event(ends[need["key"]], MOVED, partial(_move, world, need, state))


def _endings() -> Iterator[tuple[str, int]]:
    """The day on which a need is solved, or found to be another than it seemed."""
    for deal in records("deal"):
        introduction = by_key("introduction").get(deal.get("introduction", ""))
        disputes = [stone["disputed"] + 1 for stone in deal.get("milestone", ()) if "disputed" in stone]
        days = [*disputes, *(deal[end] for end in ("completed", "terminated") if end in deal)]
        if introduction and days:
            yield introduction["need"], days[0]
    for match in records("match"):
        if not match["shortlisted"]:
            yield match["need"], match["days"] + 2


def values_of(world: World, need: Record) -> dict[str, Any]:
    budget = need.get("budget", {})
    return {
        **{name: need[name] for name in TEXTS},
        **{name: need.get(name, "") for name in ("teaser_en", "wished_ip", "payment_wish")},
        **contact_of(need),
        "title": need["title"],
        "field": need["field"],
        "modes": need["modes"],
        "keywords": need["keywords"],
        "languages": need.get("languages", ["zh"]),
        "region": by_key("organisation")[need["owner"]]["region"],
        "budget_low_fen": budget.get("low_fen"),
        "budget_high_fen": budget.get("high_fen"),
        "deadline": world.day(need["deadline"]),
    }


def _submit(world: World, need: Record) -> None:
    """The manager takes the words in for the client."""
    made = submit_need(
        owner_id=world.pk("organisation", need["owner"]),
        actor=world.people[need["manager"]],
        raw_words=need["raw"],
        title=need["title"],
        values=values_of(world, need),
    )
    Need.objects.filter(pk=made.pk).update(source="demo", source_key=need["key"])
    world.keep("need", need["key"], made.pk)


def _move(world: World, need: Record, state: str) -> None:
    move_need(need_id=world.pk("need", need["key"]), actor=world.people[need["manager"]], state=state)


def _prove(world: World, need: Record, row: Record) -> None:
    dated = world.day(row["days"])
    add_evidence(
        need_id=world.pk("need", need["key"]),
        actor=world.people[need["manager"]],
        kind=row["kind"],
        score=row["score"],
        note=row["note"],
        dated=dated,
        expires_on=dated + EVIDENCE_LASTS,
    )


def _translate(world: World, need: Record, version: Record) -> None:
    pk = world.pk("need", need["key"])
    current = Need.objects.get(pk=pk).current_brief
    new_version(
        need_id=pk,
        actor=world.people[need["manager"]],
        content=content_of(world, need, version["indicators"]),
        seen=current.number if current else 0,
        note=version["note"],
    )


def _sign_off(world: World, need: Record) -> None:
    brief = Need.objects.get(pk=world.pk("need", need["key"])).current_brief
    assert brief is not None  # every signed need of the story has versions
    name = need["signed_off"]["name"]
    if need["key"] == WITH_LINK:
        token = ask_sign_off(brief_id=brief.pk, actor=world.people[need["manager"]], recipient=name)
        answer_by_link(token=token, agrees=True, name=name)
    else:
        sign_off(brief_id=brief.pk, actor=world.people[need["contact"]], agrees=True)


def _publish(world: World, need: Record) -> None:
    review_need(need_id=world.pk("need", need["key"]), actor=reviewer_of(world, need), decision="publish")
