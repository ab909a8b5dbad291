"""Results: written by the supplier, reviewed by its association."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from yinxian.market.freshness import FRESH_DAYS
from yinxian.market.models import Result
from yinxian.market.operations.freshness import expire_listings
from yinxian.market.operations.results import create_result, review_result, submit_result

from .content import Record, by_key, indicators, records
from .people import association_of
from .timeline import Event, World

WRITTEN, SUBMITTED, REVIEWED = 10, 11, 12
REVIEWERS = {"lanjiang-association": "qiaomu", "cangzhou-association": "miaoqing"}
TEXTS = ("title", "title_en", "field", "industry", "modes", "keywords", "problem", "description", "advantage")
MORE = ("indicators", "trl", "team", "limits", "confidential")


def events(world: World) -> Iterator[Event]:
    for result in records("result"):
        days, state = result["published"], result.get("state", Result.State.PUBLISHED)
        yield Event(days - 6, WRITTEN, partial(_write, world, result))
        if state != Result.State.DRAFT:
            yield Event(days - 4, SUBMITTED, partial(_submit, world, result))
        if state not in (Result.State.DRAFT, Result.State.PENDING):
            yield Event(days, REVIEWED, partial(_review, world, result))
        if state == Result.State.EXPIRED:
            last = days + FRESH_DAYS + 1
            yield Event(last, REVIEWED, partial(expire_listings, world.day(last)))


def contact_of(listing: Record) -> dict[str, str]:
    person = by_key("person")[listing["contact"]]
    return {"contact_name": person["name"], "contact_phone": person["phone"], "contact_email": person["email"]}


def reviewer_of(world: World, listing: Record) -> Any:
    owner = by_key("organisation")[listing["owner"]]
    return world.people[REVIEWERS[association_of(owner)]]


def values_of(result: Record) -> dict[str, Any]:
    price = result["price"]
    return {
        **{name: result[name] for name in (*TEXTS, *MORE)},
        **contact_of(result),
        "teaser": result["summary"],
        "teaser_en": result.get("summary_en", ""),
        "region": by_key("organisation")[result["owner"]]["region"],
        "languages": ["zh", "en"] if "summary_en" in result else ["zh"],
        "indicators": indicators(result["indicators"]),
        "ipc": ", ".join(result["ipc"]),
        "ip_rows": [_ip_row(row) for row in result.get("ip_rows", ())],
        "price_kind": price["kind"],
        "price_low_fen": price.get("low_fen"),
        "price_high_fen": price.get("high_fen"),
        "price_text": price.get("text", ""),
    }


def _ip_row(row: Record) -> dict[str, str]:
    owners = "，".join(f"{name} {percent}%" for name, percent in row["owners"].items())
    return {**{name: row[name] for name in ("kind", "number", "status", "territory")}, "owners": owners}


def _write(world: World, result: Record) -> None:
    made = create_result(
        owner_id=world.pk("organisation", result["owner"]),
        actor=world.people[owner_of(result)],
        values=values_of(result),
        manager_id=world.people[result["manager"]].pk,
    )
    Result.objects.filter(pk=made.pk).update(source="demo", source_key=result["key"])
    world.keep("result", result["key"], made.pk)


def owner_of(listing: Record) -> str:
    """The key of a person who may write for the owner."""
    admin = {"organisation": listing["owner"], "role": "admin"}
    return str(next(person["key"] for person in records("person") if admin in person["memberships"]))


def _submit(world: World, result: Record) -> None:
    submit_result(result_id=world.pk("result", result["key"]), actor=world.people[owner_of(result)])


def _review(world: World, result: Record) -> None:
    pk, held = world.pk("result", result["key"]), result.get("state") == Result.State.HOLD
    review_result(
        result_id=pk,
        actor=reviewer_of(world, result),
        decision="hold" if held else "publish",
        reason=result.get("reason", ""),
    )
    world.unread.add(("result", pk))
