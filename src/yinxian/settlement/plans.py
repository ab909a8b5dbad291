"""Plans of payment as arithmetic: templates by size and kind, royalties, and each party's cash over time.

民法典 846: lump sum, instalments, royalty, or entry fee and royalty; the royalty on price, new output value, profit or
sales, fixed, rising or falling. Integer fen and basis points; no database, no clock.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from yinxian.kernel.errors import Invalid
from yinxian.kernel.money import MAX_FEN, WHOLE_BP, allocate

from .rules import Before, Role, Split, SplitRule, Tier, split

MOST_PERIODS = 120
MOST_MONTHS = 360


@dataclass(frozen=True)
class Step:
    """A part of the price, ``month`` months after signing; shares of all steps are basis points of the price."""

    kind: str
    bp: int
    month: int


@dataclass(frozen=True)
class Template:
    """``least_fen`` from which size on it is usual; ``royalty``, ``shares``: what comes beside the price."""

    key: str
    steps: tuple[Step, ...]
    least_fen: int = 0
    royalty: bool = False
    shares: bool = False
    trial_months: int = 0


TEMPLATES = {
    one.key: one
    for one in (
        Template("simple", (Step("deposit", 3000, 0), Step("acceptance", 7000, 4))),
        Template(
            "staged",
            (Step("deposit", 2000, 0), Step("stage", 3000, 3), Step("stage", 3000, 6), Step("acceptance", 2000, 9)),
            least_fen=50_000_000,
        ),
        Template(
            "long",
            (
                Step("deposit", 1000, 0),
                Step("stage", 2000, 4),
                Step("stage", 3000, 9),
                Step("acceptance", 3000, 15),
                Step("warranty", 1000, 27),
            ),
            least_fen=500_000_000,
        ),
        Template("entry", (Step("entry", 10_000, 0),), royalty=True),
        Template("shares", (Step("entry", 10_000, 0),), shares=True),
        Template("trial", (Step("conversion", 5000, 6), Step("acceptance", 5000, 12)), trial_months=6),
    )
}


def usual_for(amount_fen: int) -> Template:
    """The instalments that are usual for a price of this size."""
    fit = [one for one in TEMPLATES.values() if not (one.royalty or one.shares or one.trial_months)]
    return max((one for one in fit if one.least_fen <= amount_fen), key=lambda one: one.least_fen)


def parts(template: Template, amount_fen: int) -> list[tuple[Step, int]]:
    """The price in the template's parts, adding up to the fen by largest remainder."""
    amounts = allocate(amount_fen, [step.bp for step in template.steps])
    return [(step, fen) for step, fen in zip(template.steps, amounts, strict=True) if fen]


@dataclass(frozen=True)
class Royalty:
    """``tiers`` are marginal over the base of all periods together: one for a fixed rate, several for one that rises
    or falls. ``minimum_fen`` is owed each period, ``cap_fen`` over all."""

    tiers: tuple[Tier, ...]
    minimum_fen: int = 0
    cap_fen: int | None = None

    @property
    def shape(self) -> str:
        """fixed, rising, falling, or mixed where rates go both ways."""
        rates = [tier.bp for tier in self.tiers]
        if len(set(rates)) == 1:
            return "fixed"
        if rates == sorted(rates):
            return "rising"
        return "falling" if rates == sorted(rates, reverse=True) else "mixed"

    def check(self) -> None:
        """Invalid when the rates cannot be: none, not rising to an open end, beyond 0 to 100 %, or going both ways."""
        ends = [tier.up_to_fen for tier in self.tiers]
        bounds = [end for end in ends if end is not None]
        rising = all(low < high for low, high in zip([0, *bounds], bounds, strict=False))
        if not ends or len(ends) > 12 or ends[-1] is not None or len(bounds) != len(ends) - 1 or not rising:
            raise Invalid("settlement.royalty_tiers", field="tiers")
        if any(not 0 < tier.bp <= WHOLE_BP for tier in self.tiers) or self.shape == "mixed":
            raise Invalid("settlement.royalty_rates", field="tiers")
        if not 0 <= self.minimum_fen <= MAX_FEN or not (self.cap_fen is None or 0 < self.cap_fen <= MAX_FEN):
            raise Invalid("settlement.amount", field="minimum")

    def on(self, base_fen: int) -> int:
        """The royalty on this much base altogether, without minimum and cap; half a fen up."""
        low, due = 0, 0
        for tier in self.tiers:
            high = base_fen if tier.up_to_fen is None else min(base_fen, tier.up_to_fen)
            if high > low:
                due += (high - low) * tier.bp
                low = high
        return (due * 2 + WHOLE_BP) // (2 * WHOLE_BP)

    def due(self, base_fen: int, *, before_fen: int = 0, paid_fen: int = 0) -> int:
        """What a period with this base owes, after periods with ``before_fen`` that owed ``paid_fen``."""
        if type(base_fen) is not int or not 0 <= base_fen <= MAX_FEN or before_fen + base_fen > MAX_FEN:
            raise Invalid("settlement.royalty_base", field="base")
        due = max(self.on(before_fen + base_fen) - self.on(before_fen), self.minimum_fen)
        return due if self.cap_fen is None else max(0, min(due, self.cap_fen - paid_fen))


def later(day: dt.date, months: int) -> dt.date:
    """The same day so many months on, or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for back in range(4):
        try:
            return dt.date(year, month + 1, day.day - back)
        except ValueError:
            continue
    raise ValueError("no such day")


def periods(since: dt.date, until: dt.date, every: int) -> list[tuple[dt.date, dt.date]]:
    """The periods of reports, both days included; the last may be shorter. Invalid for none or too many."""
    if every not in (1, 3, 6, 12) or until <= since or until > later(since, MOST_MONTHS):
        raise Invalid("settlement.royalty_periods", field="ends_on", limit=MOST_PERIODS)
    found, start = [], since
    for number in range(1, MOST_PERIODS + 2):
        end = later(since, every * number) - dt.timedelta(days=1)
        found.append((start, min(end, until)))
        if end >= until:
            return found
        start = end + dt.timedelta(days=1)
    raise Invalid("settlement.royalty_periods", field="ends_on", limit=MOST_PERIODS)


@dataclass(frozen=True)
class Payment:
    """A payment of a plan and how it is split; ``month`` after signing, ``number`` among those of its kind."""

    kind: str
    number: int
    month: int
    amount_fen: int
    split: Split


def forecast(
    rule: SplitRule,
    template: Template,
    *,
    royalty: Royalty | None = None,
    base_a_year_fen: int = 0,
    years: int = 0,
    first_month: int = 12,
) -> list[Payment]:
    """Every payment of the plan in order, each split as it will be. The buyer's own fee is no part of it."""
    wanted: list[tuple[str, int, int]] = [
        (step.kind, step.month, fen) for step, fen in parts(template, rule.contract_fen)
    ]
    wanted += [("royalty", month, fen) for month, fen in _royalties(royalty, base_a_year_fen, years, first_month)]
    wanted.sort(key=lambda one: one[1])
    made: list[Payment] = []
    so_far = Before()
    count: dict[str, int] = defaultdict(int)
    for kind, month, fen in wanted:
        count[kind] += 1
        found = split(rule, fen, so_far)
        made.append(Payment(kind, count[kind], month, fen, found))
        so_far = replace(
            so_far,
            released_fen=so_far.released_fen + fen,
            due_fen=so_far.due_fen + found.due_fen,
            costs_fen=so_far.costs_fen + found.costs_fen,
        )
    return made


def _royalties(royalty: Royalty | None, base_fen: int, years: int, first: int) -> Iterator[tuple[int, int]]:
    paid = 0
    for year in range(years if royalty else 0):
        due = royalty.due(base_fen, before_fen=base_fen * year, paid_fen=paid) if royalty else 0
        paid += due
        if due:
            yield first + 12 * year, due


def cash(payments: Sequence[Payment]) -> dict[str, dict[int, int]]:
    """Each role's cash by month, not summed up: what the buyer pays is negative."""
    found: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for payment in payments:
        found[Role.BUYER][payment.month] -= payment.amount_fen
        for line in payment.split.lines:
            found[line.role][payment.month] += line.amount_fen
    return {role: dict(months) for role, months in found.items()}
