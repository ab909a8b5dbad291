"""Points of the demo year: a scheme that was changed, a declared relation, appeals, a contested fact, the next draft,
and the transfer staff's part by points."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from yinxian.network.members import members_of
from yinxian.network.models import Organisation
from yinxian.reputation.models import Measure, Point
from yinxian.reputation.operations.appeals import appeal_point, contest_fact, decide_appeal
from yinxian.reputation.operations.credit import choose_audience
from yinxian.reputation.operations.relations import declare_relation
from yinxian.reputation.operations.schemes import draft_scheme, start_scheme
from yinxian.reputation.operations.staff import fix_staff
from yinxian.reputation.queries.credit import READ
from yinxian.reputation.queries.staff import office
from yinxian.reputation.rules import DEFAULT_RULES

from .content import by_key
from .deals import pair_of
from .timeline import Event, World

ASSOCIATION, REVIEWER, ADMIN = "lanjiang-association", "qiaomu", "changning"
UNIVERSITY, UNIVERSITY_ADMIN = "jiangbei-tech", "caiwei"
RELATED, RELATED_DEAL = "shiyu", "d-wheat"
DONE = 80  # rank: after the day's business
SECOND: dict[str, dict[str, int]] = {
    "contract_registered": {"base": 25, "cap": 150},
    "evidence_confirmed": {"per": 3, "cap": 9, "year_cap": 60},
}
THIRD: dict[str, dict[str, Any]] = {
    "contract_registered": {"base": 25, "cap": 120, "year_cap": 240},
    "reward_paid": {"as": "contract_registered", "as_bp": 5000},
    "evidence_confirmed": {"per": 2, "cap": 6, "year_cap": 24},
}
APPEALS = (
    (
        "shuying",
        -90,
        "校里派我办这个项目，跑了四趟审批，应当有分。",
        (-80, False, 0, "本校成果的项目，校内人员不按居间计分；奖励支付时另按转移人员计。"),
    ),
    (
        "ruoxi",
        -66,
        "补充协议的 6 万元也在同一份登记里，没有算进金额。",
        (-58, True, 4, "登记证明上含补充协议，按份额补 4 分。"),
    ),
    ("mingyuan", -3, "催化剂放大是我跟的，份额在引荐之后又谈过，请再看。", None),
)
"""Who, when, why, and what was decided: when, whether upheld, the correction, why."""


def events(world: World) -> Iterator[Event]:
    yield Event(
        -171, DONE, partial(_draft, world, SECOND, "合同登记加分，佐证每条三分；每年打八折", 8000, None, start=True)
    )
    yield Event(-150, DONE, partial(_declare, world))
    for who, days, reason, decided in APPEALS:
        yield Event(days, DONE, partial(_appeal, world, who, reason))
        if decided:
            yield Event(decided[0], DONE, partial(_decide, world, who, *decided[1:]))
    yield Event(-30, DONE, partial(_show, world, "ruoxi"))
    yield Event(-12, DONE, partial(_staff, world))
    yield Event(-9, DONE, partial(_contest, world, "ruoxi"))
    yield Event(
        -4, DONE, partial(_draft, world, THIRD, "防止一年里只做大合同：登记设年上限，奖励支付照登记的一半", 7000, 300)
    )


def _rules(changes: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [rule | changes.get(rule["event"], {}) for rule in DEFAULT_RULES]


def _draft(
    world: World,
    changes: dict[str, dict[str, Any]],
    note: str,
    yearly_bp: int,
    year_cap: int | None,
    *,
    start: bool = False,
) -> None:
    made = draft_scheme(
        association_id=world.pk("organisation", ASSOCIATION),
        actor=world.people[ADMIN],
        rules=_rules(changes),
        yearly_bp=yearly_bp,
        year_cap=year_cap,
        note=note,
    )
    if start:
        start_scheme(scheme_id=made.pk, actor=world.people[ADMIN], on=world.day(-171))


def _declare(world: World) -> None:
    need, _result = pair_of(by_key("deal")[RELATED_DEAL])
    buyer = world.pk("organisation", need["owner"])
    declare_relation(
        actor=world.people[RELATED], organisation_id=buyer, kind="paid", note="每季度做一次技术咨询，按次取酬"
    )


def _latest(world: World, who: str) -> Point:
    rows = Point.objects.filter(user=world.people[who], event="contract_registered", corrects=None)
    return rows.exclude(appeal__isnull=False).order_by("-at", "-pk")[0]


def _appeal(world: World, who: str, reason: str) -> None:
    made = appeal_point(point_id=_latest(world, who).pk, actor=world.people[who], reason=reason)
    world.keep("appeal", who, made.pk)


def _decide(world: World, who: str, uphold: bool, change: int, decision: str) -> None:
    decide_appeal(
        appeal_id=world.pk("appeal", who),
        actor=world.people[REVIEWER],
        uphold=uphold,
        decision=decision,
        change=change,
    )


def _show(world: World, who: str) -> None:
    choose_audience(actor=world.people[who], audience="public")


def _contest(world: World, who: str) -> None:
    """An introduction that came to nothing, through no fault of the manager's."""
    facts, _running = READ[Measure.CLOSED](world.people[who])
    lost = next(one for one in facts if not one.hit)
    reason = "需方换了产线，项目取消在先，不是引荐没有促成。"
    contest_fact(actor=world.people[who], measure=Measure.CLOSED, entry_id=lost.entry_id, reason=reason)


def _staff(world: World) -> None:
    """The university's office, by points of the year so far; a year without points leaves the rule as it was."""
    supplier = Organisation.objects.get(pk=world.pk("organisation", UNIVERSITY))
    people, since, until = [user.pk for user in members_of(supplier.pk)], world.day(-330), world.day(-13)
    if office(supplier, people, since, until).points:
        fix_staff(
            supplier_id=supplier.pk, actor=world.people[UNIVERSITY_ADMIN], people=people, since=since, until=until
        )
