"""An association's own template, and contracts beside those of the deals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any

from yinxian.contracts import operations as contracts
from yinxian.contracts.models import Contract
from yinxian.contracts.operations.templates import copy_template, edit_template, publish_template
from yinxian.deals.operations.contracts import draft_deal_contract
from yinxian.network.members import members_of
from yinxian.network.models import Membership, User

from .content import Record, by_key, records
from .deals import manager_of
from .timeline import Event, World

TEMPLATE, DRAFTED, AGREED = 40, 54.5, 55.5
ASSOCIATION, REVIEWER, EDITED = "lanjiang-association", "qiaomu", -60
ADDED = (
    "服务方应当在验收材料中附原始记录，委托方可以随时查阅。",
    "The provider annexes its original records to the papers for acceptance; the client may consult them at any time.",
)
LENGTH = dt.timedelta(days=400)


def events(world: World) -> Iterator[Event]:
    yield Event(EDITED, TEMPLATE, partial(_own_template, world))
    for paper in records("paper"):
        yield Event(paper["drafted"], DRAFTED, partial(_draft, world, paper))
        yield Event(paper["signed"], AGREED, partial(_agree, world, paper))


def _own_template(world: World) -> None:
    """The association asks for original records with every service."""
    actor = world.people[REVIEWER]
    own = copy_template(
        association_id=world.pk("organisation", ASSOCIATION), kind="service", sub_kind="service", actor=actor
    )
    articles = [dict(article) for article in own.content["articles"]]
    chosen = next(article for article in articles if article["id"] == "acceptance")
    chosen["clauses"] = [*chosen["clauses"], {"id": "acceptance.4", "is": list(ADDED)}]
    content = {**own.content, "articles": articles}
    edit_template(template_id=own.pk, actor=actor, revision=own.revision, content=content)
    publish_template(template_id=own.pk, actor=actor, note="验收时附原始记录")
    world.keep("own_template", "service", own.pk)


def _draft(world: World, paper: Record) -> None:
    if deal := paper.get("deal"):
        manager = manager_of(world, by_key("deal")[deal])
        contract = draft_deal_contract(
            deal_id=world.pk("deal", deal), kind=paper["kind"], sub_kind=paper["sub_kind"], actor=manager
        )
    else:
        manager = world.people[paper["manager"]]
        contract = contracts.draft_contract(
            kind=paper["kind"],
            sub_kind=paper["sub_kind"],
            buyer_id=world.pk("organisation", paper["buyer"]),
            supplier_id=world.pk("organisation", paper["supplier"]),
            handler_id=manager.pk,
            data={},
            amount_fen=paper.get("amount_fen"),
            actor=manager,
            title=paper["title"],
            language=paper.get("language", "zh"),
        )
    _fill(world, contract, paper, manager)
    contracts.offer_contract(contract_id=contract.pk, actor=manager)
    world.keep("contract", paper["key"], contract.pk)


def _fill(world: World, contract: Contract, paper: Record, manager: User) -> None:
    starts = world.day(paper["signed"])
    values: dict[str, Any] = {
        "start_on": starts.isoformat(),
        "end_on": (starts + LENGTH).isoformat(),
        "handover_on": (starts + dt.timedelta(days=20)).isoformat(),
        "sign_by": (starts + dt.timedelta(days=120)).isoformat(),
        **paper["values"],
    }
    payments = [
        {
            **{name: row[name] for name in ("title", "condition", "amount_fen")},
            "due_on": world.day(row["days"]).isoformat(),
        }
        for row in paper.get("payment", ())
    ]
    contracts.fill_contract(
        contract_id=contract.pk,
        actor=manager,
        revision=contract.revision,
        title=contract.title,
        sub_kind=contract.sub_kind,
        data={
            "values": {**contract.data["values"], **values},
            "indicators": [*contract.data.get("indicators", []), *paper.get("indicator", ())],
            "payments": payments,
        },
        amount_fen=paper.get("amount_fen"),
    )


def _agree(world: World, paper: Record) -> None:
    contract = Contract.objects.get(pk=world.pk("contract", paper["key"]))
    for side in contract.sides:
        part = contract.part_of(side)
        person = part.user if part else None
        if person is None:
            person = members_of(contract.organisation_of(side) or 0, [Membership.Role.ADMIN]).order_by("pk")[0]
        contracts.approve_contract(contract_id=contract.pk, actor=person, revision=contract.revision)
