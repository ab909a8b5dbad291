"""Payment plans of the demo: money received, work handed in, released and split, invoiced, disputed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from yinxian.deals.models import Deal, Milestone
from yinxian.deals.operations import deals as verbs
from yinxian.deals.operations import milestones
from yinxian.network.models import User

from .content import Record, by_key, records
from .deals import admins_of, manager_of, pair_of
from .files import bench_record
from .timeline import Event, World

PLANNED, PAID, SUBMITTED, CHANGES, RELEASED, INVOICED, DISPUTED = 55, 60, 61, 62, 63, 64, 65
DEPOSIT = "定金"


def events(world: World) -> Iterator[Event]:
    for deal in records("deal"):
        if "contract" not in deal:
            continue
        yield Event(deal["contract"]["signed"], PLANNED, partial(_plan, world, deal))
        for position, stone in enumerate(deal["milestone"], 1):
            steps = (
                ("paid", PAID, _pay),
                ("submitted", SUBMITTED, _submit),
                ("changes", CHANGES, _ask_for_changes),
                ("released", RELEASED, _release),
                ("released", INVOICED, _invoice),
                ("disputed", DISPUTED, _dispute),
            )
            for name, rank, do in steps:
                if name in stone and not (name == "submitted" and stone["title"] == DEPOSIT):
                    yield Event(stone[name], rank, partial(do, world, deal, position, stone))


def _plan(world: World, deal: Record) -> None:
    """The rule of the split is fixed when the contract is signed, then the payments are laid down."""
    pk, manager = world.pk("deal", deal["key"]), manager_of(world, deal)
    people = {user.name: user for user in world.people.values()}
    team: list[tuple[User | str, int]] = [
        (people.get(part["name"], part["name"]), part["bp"]) for part in deal["split"]["inventors"]
    ]
    milestones.fix_split(deal_id=pk, actor=manager, reward_bp=deal["split"]["reward_bp"], inventors=team)
    lines = [
        milestones.Planned(
            title=stone["title"],
            amount_fen=stone["amount_fen"],
            acceptance=stone["acceptance"],
            due_on=world.day(stone["due"]),
            deposit=stone["title"] == DEPOSIT,
        )
        for stone in deal["milestone"]
    ]
    milestones.plan(deal_id=pk, lines=lines, actor=manager)


def _id(world: World, deal: Record, position: int) -> int:
    pk = world.pk("deal", deal["key"])
    return Milestone.objects.values_list("pk", flat=True).get(deal_id=pk, position=position)


def _number(deal: Record, position: int, kind: int) -> str:
    """A number that nobody else has: no such year yet."""
    return f"2099{kind}{[one['key'] for one in records('deal')].index(deal['key']) + 1:03d}{position:04d}"


def _pay(world: World, deal: Record, position: int, stone: Record) -> None:
    need, _ = pair_of(deal)
    milestones.record_payment(
        milestone_id=_id(world, deal, position),
        amount_fen=stone["amount_fen"],
        number=_number(deal, position, 1),
        paid_on=world.day(stone["paid"]),
        payer=by_key("organisation")[need["owner"]]["name"],
        key=f"demo:{deal['key']}:{position}",
        actor=manager_of(world, deal),
    )


def _submit(world: World, deal: Record, position: int, stone: Record) -> None:
    _, supplier = admins_of(world, deal)
    files = [bench_record(stone["record"], world.day(stone["submitted"]))] if "record" in stone else []
    milestones.submit(milestone_id=_id(world, deal, position), text=stone["evidence"], actor=supplier, files=files)


def _ask_for_changes(world: World, deal: Record, position: int, stone: Record) -> None:
    buyer, _ = admins_of(world, deal)
    milestones.request_changes(milestone_id=_id(world, deal, position), text=stone["changes_text"], actor=buyer)


def _release(world: World, deal: Record, position: int, stone: Record) -> None:
    buyer, _ = admins_of(world, deal)
    milestones.accept_and_release(milestone_id=_id(world, deal, position), actor=buyer)


def _invoice(world: World, deal: Record, position: int, stone: Record) -> None:
    buyer, supplier = admins_of(world, deal)
    pk = _id(world, deal, position)
    milestones.ask_for_invoice(milestone_id=pk, actor=buyer)
    milestones.send_invoice(
        milestone_id=pk,
        number=_number(deal, position, 2),
        issued_on=world.day(stone["released"]),
        amount_fen=stone["amount_fen"],
        tax_rate_bp=0,
        actor=supplier,
    )


def _dispute(world: World, deal: Record, position: int, stone: Record) -> None:
    """The buyer stops the milestone, and with it the deal."""
    buyer, _ = admins_of(world, deal)
    milestones.dispute(milestone_id=_id(world, deal, position), reason=stone["disputed_text"], actor=buyer)
    verbs.move_deal(
        deal_id=world.pk("deal", deal["key"]),
        to=Deal.State.DISPUTED,
        actor=buyer,
        reason=stone["disputed_text"],
    )
