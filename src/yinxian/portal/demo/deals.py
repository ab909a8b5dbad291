"""Deals from lead to end: steps, contracts, what people wrote, what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile

from yinxian.contracts import operations as contracts
from yinxian.contracts.documents.pdf import pdf
from yinxian.contracts.models import Contract
from yinxian.contracts.queries.documents import document_of
from yinxian.deals.models import Deal
from yinxian.deals.operations import deals as verbs
from yinxian.deals.operations.contracts import draft_deal_contract, sign_from_contract
from yinxian.deals.operations.records import add_meeting, add_member, add_note
from yinxian.kernel import clock
from yinxian.network.members import members_of
from yinxian.network.models import Membership, User

from .content import Record, by_key, records
from .contracts import particulars
from .results import owner_of
from .timeline import Event, World

OPENED, MOVED, WRITTEN, DRAFTED, AGREED, REGISTERED, ENDED, PLANNED = 50, 51, 52, 53, 54, 56, 70, 90
MEETING_TIME = dt.time(14, 0)


def events(world: World) -> Iterator[Event]:
    for deal in records("deal"):
        yield Event(deal["opened"], OPENED, partial(_open, world, deal))
        for move in deal["moves"]:
            yield Event(move["days"], MOVED, partial(_move, world, deal, move["to"]))
        yield from _words(world, deal)
        yield from _papers(world, deal)
        for end, state in (("completed", Deal.State.COMPLETED), ("terminated", Deal.State.TERMINATED)):
            if end in deal:
                yield Event(deal[end], ENDED, partial(_move, world, deal, state, deal.get("terminated_why", "")))
        if "next" in deal:
            late = deal["next"]["days"] < 0
            yield Event(deal["next"]["days"] - 6 if late else -1, PLANNED, partial(_plan_next, world, deal))


def _words(world: World, deal: Record) -> Iterator[Event]:
    for meeting in deal.get("meeting", ()):
        yield Event(meeting["days"] + 1, WRITTEN, partial(_meet, world, deal, meeting))
    for note in deal.get("note", ()):
        yield Event(note["days"], WRITTEN, partial(_note, world, deal, note))
    for member in deal.get("team", ()):
        yield Event(deal["opened"] + 2, WRITTEN, partial(_bring_in, world, deal, member))


def _papers(world: World, deal: Record) -> Iterator[Event]:
    for name in ("brokerage", "contract", "bypass"):
        if paper := deal.get(name):
            key = f"{deal['key']}/{name}"
            draft = _draft_behind if name == "bypass" else _draft
            yield Event(paper["drafted"], DRAFTED, partial(draft, world, deal, key, paper))
            yield Event(paper["signed"], AGREED, partial(_agree, world, deal, key, paper))
    if paper := deal.get("registration"):
        yield Event(paper["days"], REGISTERED, partial(_register, world, deal, paper))


def pair_of(deal: Record) -> tuple[Record, Record]:
    """The need and the result that the deal is about."""
    about = by_key("introduction").get(deal.get("introduction", ""), deal)
    return by_key("need")[about["need"]], by_key("result")[about["result"]]


def manager_of(world: World, deal: Record) -> User:
    return world.people[by_key("introduction").get(deal.get("introduction", ""), deal)["manager"]]


def admins_of(world: World, deal: Record) -> tuple[User, User]:
    """Who speaks for the buyer and for the supplier."""
    need, result = pair_of(deal)
    return world.people[owner_of(need)], world.people[owner_of(result)]


def _open(world: World, deal: Record) -> None:
    manager = manager_of(world, deal)
    if "introduction" in deal:
        made = verbs.open_deal(world.pk("introduction", deal["introduction"]), manager)
    else:
        made = verbs.open_lead(
            need_id=world.pk("need", deal["need"]),
            result_id=world.pk("result", deal["result"]),
            actor=manager,
            title=deal["title"],
        )
    world.keep("deal", deal["key"], made.pk)


def _move(world: World, deal: Record, to: str, reason: str = "") -> None:
    verbs.move_deal(deal_id=world.pk("deal", deal["key"]), to=to, actor=manager_of(world, deal), reason=reason)


def _meet(world: World, deal: Record, meeting: Record) -> None:
    add_meeting(
        deal_id=world.pk("deal", deal["key"]),
        actor=manager_of(world, deal),
        at=dt.datetime.combine(world.day(meeting["days"]), MEETING_TIME, clock.SHANGHAI),
        place=meeting["place"],
        people=meeting["people"],
        minutes=meeting["minutes"],
    )


def _note(world: World, deal: Record, note: Record) -> None:
    add_note(
        deal_id=world.pk("deal", deal["key"]),
        actor=world.people[note["by"]],
        words=note["text"],
        audience=note["audience"],
    )


def _bring_in(world: World, deal: Record, member: Record) -> None:
    person = world.people[member["person"]]
    add_member(
        deal_id=world.pk("deal", deal["key"]),
        actor=manager_of(world, deal),
        name=person.name,
        profession=member["profession"],
        side=member["side"],
        firm=member["firm"],
        user_id=person.pk,
    )


def _draft(world: World, deal: Record, key: str, paper: Record) -> None:
    """From the deal, then filled from the story, then put before both sides."""
    manager = manager_of(world, deal)
    brokerage = "kind" not in paper
    contract = draft_deal_contract(
        deal_id=world.pk("deal", deal["key"]),
        kind=Contract.Kind.BROKERAGE if brokerage else paper["kind"],
        sub_kind="" if brokerage else paper["sub_kind"],
        actor=manager,
    )
    said = {"values": {"services": SERVICES}} if brokerage else particulars(world, deal)
    _offer(contract, manager, said, paper.get("amount_fen"))
    world.keep("contract", key, contract.pk)


SERVICES = "需求核实与翻译、成果撮合、会面组织、合同条款协助、付款节点跟进，直至技术合同验收结清。"


def _offer(contract: Contract, actor: User, said: Record, amount_fen: int | None) -> None:
    data = {**contract.data, **said, "values": {**contract.data["values"], **said["values"]}}
    contracts.fill_contract(
        contract_id=contract.pk,
        actor=actor,
        revision=contract.revision,
        title=contract.title,
        sub_kind=contract.sub_kind,
        data=data,
        amount_fen=amount_fen,
    )
    contracts.offer_contract(contract_id=contract.pk, actor=actor)


def _draft_behind(world: World, deal: Record, key: str, paper: Record) -> None:
    """The two sides make a contract of their own, past the manager who brought them together."""
    buyer, _ = admins_of(world, deal)
    need, result = pair_of(deal)
    contract = contracts.draft_contract(
        kind=paper["kind"],
        sub_kind=paper["sub_kind"],
        buyer_id=world.pk("organisation", need["owner"]),
        supplier_id=world.pk("organisation", result["owner"]),
        data={},
        amount_fen=paper["amount_fen"],
        actor=buyer,
        title=paper["title"],
    )
    told = {**deal, "contract": paper, "milestone": paper["milestone"]}
    _offer(contract, buyer, particulars(world, told), paper["amount_fen"])
    world.keep("contract", key, contract.pk)


def _agree(world: World, deal: Record, key: str, paper: Record) -> None:
    """Both sides say yes: on record, or to the stamped scan of what they printed."""
    pk = world.pk("contract", key)
    contract = Contract.objects.get(pk=pk)
    buyer, supplier = admins_of(world, deal)
    sides = [buyer, supplier]
    if contract.kind == Contract.Kind.BROKERAGE:
        sides = [supplier, members_of(contract.broker_id or 0, [Membership.Role.ADMIN]).get()]
    if paper.get("paper"):
        file = SimpleUploadedFile(f"{contract.number}盖章扫描件.pdf", pdf(document_of(contract)), "application/pdf")
        scan = contracts.upload_scan(contract_id=pk, actor=buyer, upload=file)
        for person in sides:
            contracts.confirm_scan(contract_id=pk, scan_id=scan.pk, actor=person)
    elif paper.get("electronic"):
        for person in sides:
            contracts.sign_with_service(contract_id=pk, actor=person, revision=contract.revision)
    else:
        for person in sides:
            contracts.approve_contract(contract_id=pk, actor=person, revision=contract.revision)
    sign_from_contract(contract_id=pk, actor=sides[-1])


GOALS = {"07": "01", "06": "02", "04": "03", "09": "09", "02": "08", "11": "05", "10": "05"}
"""The socio-economic objective that a technology field mostly serves."""


def _register(world: World, deal: Record, paper: Record) -> None:
    """The form goes to the registry and comes back with a number; the deal carries it."""
    need, _result = pair_of(deal)
    pk, manager = world.pk("contract", f"{deal['key']}/contract"), manager_of(world, deal)
    contract = Contract.objects.select_related("buyer", "supplier").get(pk=pk)
    amount = contract.amount_fen or 0
    said = {
        "seller": {"name": contract.supplier.name, "country": "156", "region": "330100", "nature": "022"},
        "buyer": {"name": contract.buyer.name, "country": "156", "region": "330100", "nature": "150"},
        "technology_fen": amount * 9 // 10,
        "actual_fen": amount // 5,
        "rights": ["invention"] if contract.kind == Contract.Kind.LICENCE else ["know_how"],
        "field": need["field"],
        "goal": GOALS.get(need["field"], "10"),
        "industry": "C",
        "since": world.day(paper["days"]).isoformat(),
        "until": world.day(paper["days"] + 365).isoformat(),
        **dict.fromkeys(("seal_matches", "proof_attached", "lawful"), True),
    }
    contracts.prepare_registration(contract_id=pk, actor=manager, data=said)
    contracts.submit_registration(contract_id=pk, actor=manager, registry="澜江技术合同登记站")
    contracts.decide_registration(
        contract_id=pk, actor=manager, outcome="registered", on=world.day(paper["days"]), number=paper["number"]
    )
    verbs.register_deal(
        deal_id=world.pk("deal", deal["key"]),
        number=paper["number"],
        registered_on=world.day(paper["days"]),
        actor=manager_of(world, deal),
    )


def _plan_next(world: World, deal: Record) -> None:
    verbs.set_next(
        deal_id=world.pk("deal", deal["key"]),
        action=deal["next"]["text"],
        on=world.day(deal["next"]["days"]),
        actor=manager_of(world, deal),
    )
