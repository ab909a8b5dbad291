"""Who of a supplier's transfer office shares the 5 % of the reward, by points of a period.

浙江省促进科技成果转化条例 37: at least 5 % of the reward for transfer staff. Shares are basis points of that part, in
proportion to points, by largest remainder, so that they add up to 10000; who has no points has no share.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yinxian.deals.queries.rewards import reward_of
from yinxian.kernel.errors import Invalid
from yinxian.kernel.money import allocate, portion
from yinxian.network.members import members_of
from yinxian.network.models import Organisation, User

from .points import earned_between

LONGEST = dt.timedelta(days=3660)
EARLIEST, LATEST = dt.date(1985, 1, 1), dt.date(2185, 1, 1)
MOST = 50


@dataclass(frozen=True)
class StaffShare:
    """``bp`` of the office's part; ``example_fen`` is the part of the example's fen."""

    user: User
    points: int
    bp: int
    example_fen: int


@dataclass(frozen=True)
class Office:
    """The people and what comes out; ``reward_fen`` is the example, ``staff_bp`` what the supplier stored."""

    since: dt.date
    until: dt.date
    shares: list[StaffShare]
    reward_fen: int
    staff_bp: int | None
    office_fen: int

    @property
    def points(self) -> int:
        return sum(one.points for one in self.shares)


def people_of(supplier: Organisation) -> list[User]:
    """Its members, in the order of their names."""
    return list(members_of(supplier.pk).order_by("name", "pk"))


def check_period(since: dt.date, until: dt.date) -> None:
    if not EARLIEST <= since <= until <= LATEST or until - since > LONGEST:
        raise Invalid("reputation.period_wrong", field="until")


def shares_by_points(points: Sequence[int]) -> list[int]:
    """Basis points that add up to 10000, by largest remainder; all 0 where nobody has points."""
    positive = [max(0, one) for one in points]
    return allocate(10_000, positive) if sum(positive) else [0] * len(positive)


def office(
    supplier: Organisation, user_ids: Iterable[int], since: dt.date, until: dt.date, reward_fen: int = 0
) -> Office:
    """Invalid for a period upside down, or for nobody or somebody who is no member."""
    check_period(since, until)
    wanted = set(user_ids)
    chosen = [user for user in people_of(supplier) if user.pk in wanted]
    if not chosen or len(chosen) != len(wanted) or len(chosen) > MOST:
        raise Invalid("reputation.staff_chosen", field="people", limit=MOST)
    earned = earned_between([user.pk for user in chosen], since, until)
    points = [max(0, earned.get(user.pk, 0)) for user in chosen]
    bps = shares_by_points(points)
    rule = reward_of(organisation_id=supplier.pk)
    staff_bp = rule.staff_bp if rule else None
    office_fen = portion(reward_fen, staff_bp or 0)
    fen = allocate(office_fen, bps) if office_fen and sum(bps) else [0] * len(bps)
    shares = [StaffShare(*one) for one in zip(chosen, points, bps, fen, strict=True)]
    shares.sort(key=lambda one: (-one.points, one.user.pk))
    return Office(since, until, shares, reward_fen, staff_bp, office_fen)
