"""Payment plans of the demo: money received, work handed in, released and split, invoiced, disputed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from yinxian.deals.models import Deal, Milestone
from yinxian.deals.operations import deals as verbs
from yinxian.deals.operations import milestones
from yinxian.deals.operations.rewards import store_reward
from yinxian.network.members import members_of
from yinxian.network.models import Membership, Organisation, User
from yinxian.settlement.operations import close_period

from .content import Record, by_key, records
from .deals import admins_of, manager_of, pair_of
from .files import bench_record
from .people import FOUNDED
from .timeline import Event, World

DECLARED, PLANNED, PAID, SUBMITTED, CHANGES, RELEASED, INVOICED, DISPUTED, CLOSED = 53, 55, 60, 61, 62, 63, 64, 65, 70
DEPOSIT = "定金"
STATE_UNIT = "02"  # 事业单位


REWARD_BP = 7000  # as several provinces allow
CLOSINGS = ((-190, -195, "上一年度"), (-95, -100, "核对无误"), (-8, -14, "核对无误"))
"""When a period is closed, up to which day, and what is noted with it."""


def events(world: World) -> Iterator[Event]:
    for organisation in records("organisation"):
        if organisation["kind"] == Organisation.Kind.SUPPLIER and organisation["nature"].startswith(STATE_UNIT):
            yield Event(FOUNDED, DECLARED, partial(_store_default, world, organisation))
    for days, closed_to, note in CLOSINGS:
        yield Event(days, CLOSED, partial(_close, world, closed_to, note))
    for deal in records("deal"):
        if "contract" not in deal:
            continue
        yield Event(deal["contract"]["signed"], DECLARED, partial(_store_reward, world, deal))
        yield Event(deal["contract"]["signed"], PLANNED, partial(_plan, world, deal))
        for position, stone in enumerate(deal["milestone"], 1):
            steps = (
                ("paid", PAID, _pay),
                ("submitted", SUBMITTED, _submit),
                ("changes", CHANGES, _ask_for_changes),
                ("part", RELEASED, _release_part),
                ("released", RELEASED, _release),
                ("released", INVOICED, _invoice),
                ("disputed", DISPUTED, _dispute),
            )
            for name, rank, do in steps:
                if name in stone and not (name == "submitted" and stone["title"] == DEPOSIT):
                    yield Event(stone[name], rank, partial(do, world, deal, position, stone))


def _store_default(world: World, organisation: Record) -> None:
    """What a state unit gives for every result, unless one says more."""
    pk = world.pk("organisation", organisation["key"])
    admin = members_of(pk, [Membership.Role.ADMIN]).order_by("pk")[0]
    store_reward(organisation_id=pk, actor=admin, reward_bp=REWARD_BP)


def _store_reward(world: World, deal: Record) -> None:
    """What the supplier's finance lays down for this deal before it is signed."""
    _, supplier = admins_of(world, deal)
    people = {user.name: user for user in world.people.values()}
    team: list[tuple[User | str, int]] = [
        (people.get(part["name"], part["name"]), part["bp"]) for part in deal["split"]["inventors"]
    ]
    pk = world.pk("deal", deal["key"])
    store_reward(deal_id=pk, actor=supplier, reward_bp=deal["split"]["reward_bp"], inventors=team)


def _plan(world: World, deal: Record) -> None:
    """The signing has fixed the rule of the split; now the payments are laid down."""
    pk, manager = world.pk("deal", deal["key"]), manager_of(world, deal)
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


def _release_part(world: World, deal: Record, position: int, stone: Record) -> None:
    """What was accepted at once; the rest waits."""
    buyer, _ = admins_of(world, deal)
    pk = _id(world, deal, position)
    milestones.accept_and_release(milestone_id=pk, actor=buyer, amount_fen=stone["part_fen"])


def _close(world: World, closed_to: int, note: str) -> None:
    """The first association closes the books up to a day."""
    association = world.pk("organisation", "lanjiang-association")
    admin = members_of(association, (Membership.Role.ADMIN, Membership.Role.FINANCE)).order_by("pk")[0]
    day = world.day(closed_to)
    close_period(closed_to=day, actor=admin, key=f"demo:{day.isoformat()}", note=note)


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
