"""The first association's own rules in the demo: a floor of the reward, and what it pays towards a pilot run."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from yinxian.network.members import members_of
from yinxian.network.models import Membership
from yinxian.policies.models import Edition
from yinxian.policies.operations import add_policy, revise

from .timeline import Event, World

ADDED, REVISED = 40, 41
FLOOR: dict[str, Any] = {
    "subject": "reward",
    "who": ["supplier", "inventor", "manager"],
    "name": "澜江协会：会员单位转化奖励不低于 70%（样例）",
    "name_en": "Lanjiang association: reward of at least 70% among its members (sample)",
    "source": "澜江技术经理人协会会员公约（样例）第六条",
    "source_en": "Members' convention of the Lanjiang association (sample), article 6",
    "article": "协会会员公约（样例）第 6 条",
    "article_en": "Members' convention (sample), art. 6",
    "text": "会员单位转让、许可成果，奖励不低于净收入的 70%，其中转移人员和经理人不低于奖励的 5%。",
    "text_en": "Members that assign or license results give at least 70% of net income as reward, of it at least 5% to "
    "transfer staff and managers.",
    "mark": "F",
}
PILOT: dict[str, Any] = {
    "subject": "subsidy",
    "who": ["buyer"],
    "name": "澜江协会：中试费用补贴（样例）",
    "name_en": "Lanjiang association: towards the cost of a pilot run (sample)",
    "source": "澜江技术经理人协会中试互助办法（样例）第三条",
    "source_en": "Pilot run scheme of the Lanjiang association (sample), article 3",
    "article": "协会中试互助办法（样例）第 3 条",
    "article_en": "Pilot run scheme (sample), art. 3",
    "text": "会员买方为一项成果做中试，补贴不超过实际支付额的 5%，一个项目不超过 5 万元。",
    "text_en": "A member that pays for the pilot run of a result gets at most 5% of what it paid, "
    "50,000 yuan a project.",
    "mark": "F",
}
RAISED_EN = PILOT["text_en"].replace("5%", "6%")


def events(world: World) -> Iterator[Event]:
    yield Event(-330, ADDED, partial(_add, world))
    yield Event(-60, REVISED, partial(_raise, world))


def _keeper(world: World) -> Any:
    return members_of(world.pk("organisation", "lanjiang-association"), (Membership.Role.ADMIN,)).order_by("pk")[0]


def _add(world: World) -> None:
    keeper, since = _keeper(world), world.day(-330)
    floor = {"kind": "reward", "bp": 7000, "staff_bp": 500, "binds": "may"}
    add_policy(actor=keeper, words={**FLOOR, "valid_from": since}, calc=floor)
    pilot = {"kind": "percent", "base": "paid", "bp": 500, "cap_fen": 5_000_000, "cap_per": "project", "most": True}
    made = add_policy(actor=keeper, words={**PILOT, "valid_from": since}, calc=pilot)
    world.keep("policy", "pilot", made.pk)


def _raise(world: World) -> None:
    """The scheme pays more from a day on; what was signed before it stays with the first version."""
    first = Edition.objects.get(pk=world.pk("policy", "pilot"))
    changes = {"valid_from": world.day(-30), "text": PILOT["text"].replace("5%", "6%"), "text_en": RAISED_EN}
    revise(key=first.key, actor=_keeper(world), changes=changes, calc={"bp": 600}, based_on=1, note="会员大会通过")
