"""How many points a fact is worth, how a team shares them, what caps and years leave of them. No database.

A scheme's rules are [{"event", "base", "per", "cap", "year_cap", "as", "as_bp"}]: ``base`` points for the fact, ``per``
more for each full unit (see UNITS), at most ``cap`` for one fact and ``year_cap`` in a calendar year (0: no limit).
With ``as`` the fact is worth ``as_bp`` basis points of what another event's rule gives for the same units.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yinxian.kernel.clock import SHANGHAI
from yinxian.kernel.errors import Invalid
from yinxian.kernel.money import allocate

WAN_FEN = 1_000_000
WHOLE_BP = 10_000
LARGEST = 10_000
MOST_A_YEAR = 1_000_000
MOST_AS_BP = 100_000
UNITS = {
    "contract_registered": "wan",
    "milestone_accepted": "wan",
    "reward_paid": "wan",
    "course_taught": "hour",
    "course_completed": "hour",
    "referral_landed": "",
    "evidence_confirmed": "piece",
}
"""What ``per`` is counted in: 10,000 yuan, an hour taught or attended, a piece of evidence; nothing for a referral."""
LEARNING = ("course_taught", "course_completed")
"""Events whose points count as points of learning for a level; the others are points of practice."""
FIGURES = ("base", "per", "cap", "year_cap")
DEFAULT_RULES: list[dict[str, Any]] = [
    {"event": "contract_registered", "base": 20, "per": 1, "cap": 200, "year_cap": 0, "as": "", "as_bp": 0},
    {"event": "milestone_accepted", "base": 10, "per": 1, "cap": 200, "year_cap": 0, "as": "", "as_bp": 0},
    {"event": "reward_paid", "base": 5, "per": 1, "cap": 100, "year_cap": 0, "as": "", "as_bp": 0},
    {"event": "course_taught", "base": 2, "per": 1, "cap": 20, "year_cap": 100, "as": "", "as_bp": 0},
    {"event": "course_completed", "base": 0, "per": 1, "cap": 20, "year_cap": 60, "as": "", "as_bp": 0},
    {"event": "referral_landed", "base": 15, "per": 0, "cap": 15, "year_cap": 150, "as": "", "as_bp": 0},
    {"event": "evidence_confirmed", "base": 0, "per": 2, "cap": 6, "year_cap": 60, "as": "", "as_bp": 0},
]


@dataclass(frozen=True)
class Plan:
    """A scheme's content: its rules, the most a person gets in a year, what is left after each full year."""

    rules: tuple[Mapping[str, Any], ...]
    year_cap: int | None = None
    yearly_bp: int = WHOLE_BP


@dataclass(frozen=True)
class Part:
    """A person of a fact; ``weight`` among the others, ``tie`` why a related party gets nothing (a code of Why)."""

    user: int
    weight: int
    tie: str = ""


@dataclass(frozen=True)
class Fact:
    """A fact of the journal as the arithmetic takes it; ``entry`` is the entry's id.

    One that ``undoes`` another (its entry's id) takes back what that one gave for the same event.
    """

    entry: int
    event: str
    at: dt.datetime
    units: int
    parts: tuple[Part, ...]
    undoes: int = 0


@dataclass(frozen=True)
class Award:
    """What one person gets from one fact: ``amount`` of what is due, ``held`` back for the reason ``why``.

    Negative where the fact takes back what an earlier one gave.
    """

    user: int
    entry: int
    event: str
    at: dt.datetime
    whole: int
    amount: int
    held: int
    why: str


Taken = dict[tuple[int, int, str], int]
"""Points given so far by (person, year, event); the event "" is all together."""


@dataclass
class Book:
    """How far a replay has come: what caps go by, and by (person, entry, event) what may yet be taken back."""

    taken: Taken = field(default_factory=dict)
    given: dict[tuple[int, int, str], Award] = field(default_factory=dict)

    def enter(self, one: Award) -> None:
        self._count(one, one.amount)
        self.given[one.user, one.entry, one.event] = one

    def take_back(self, fact: Fact, part: Part) -> Award | None:
        """What the person got from the fact that this one undoes; the caps of that year have room again."""
        first = self.given.pop((part.user, fact.undoes, fact.event), None)
        if first is None or not first.amount:
            return None
        self._count(first, -first.amount)
        return taken_back(fact, part.user, first.amount)

    def _count(self, one: Award, amount: int) -> None:
        for key in (one.event, ""):
            place = (one.user, year_of(one.at), key)
            self.taken[place] = self.taken.get(place, 0) + amount


def year_of(moment: dt.datetime) -> int:
    return moment.astimezone(SHANGHAI).year


def checked(rules: Any, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The rules in full; Invalid when one is no rule, out of range, said twice, or goes round in a circle.

    ``names`` are the events in the reader's words, for the sentence.
    """
    if not isinstance(rules, list) or not rules or len(rules) > len(UNITS):
        raise Invalid("reputation.rules_none")
    found: dict[str, dict[str, Any]] = {}
    for rule in rules:
        event = rule.get("event") if isinstance(rule, dict) else None
        if not isinstance(event, str) or event not in UNITS:
            raise Invalid("reputation.rule_unknown")
        if event in found:
            raise Invalid("reputation.rule_twice", event=names[event])
        found[event] = _checked(rule, event, names)
    for event, rule in found.items():
        _follow(event, rule, found, names)
    return [found[event] for event in UNITS if event in found]


def _number(value: Any, most: int) -> bool:
    return type(value) is int and 0 <= value <= most


def _checked(rule: Mapping[str, Any], event: str, names: Mapping[str, str]) -> dict[str, Any]:
    figures = {name: rule.get(name, 0) for name in FIGURES}
    for name, value in figures.items():
        if not _number(value, MOST_A_YEAR if name == "year_cap" else LARGEST):
            raise Invalid("reputation.rule_wrong", field=f"{event}_{name}", event=names[event])
    other = rule.get("as") or ""
    if other:
        if not isinstance(other, str) or other not in UNITS:
            raise Invalid("reputation.rule_unknown", field=f"{event}_as")
        if not _number(rule.get("as_bp"), MOST_AS_BP) or not rule["as_bp"]:
            raise Invalid("reputation.rule_share", field=f"{event}_as_bp", event=names[event])
        return {"event": event, "base": 0, "per": 0, "cap": 0, "year_cap": figures["year_cap"]} | {
            "as": other,
            "as_bp": rule["as_bp"],
        }
    if figures["base"] > figures["cap"]:
        raise Invalid("reputation.rule_cap", field=f"{event}_cap", event=names[event])
    if 0 < figures["year_cap"] < figures["cap"]:
        raise Invalid("reputation.rule_year_cap", field=f"{event}_year_cap", event=names[event])
    return {"event": event, **figures, "as": "", "as_bp": 0}


def _follow(
    event: str, rule: Mapping[str, Any], rules: Mapping[str, Mapping[str, Any]], names: Mapping[str, str]
) -> None:
    """Go from rule to rule until one has figures of its own."""
    way = [event]
    while rule["as"]:
        following = rule["as"]
        if following in way:
            circle = " → ".join(names[one] for one in [*way[way.index(following) :], following])
            raise Invalid("reputation.rule_cycle", field=f"{event}_as", circle=circle)
        if following not in rules or (UNITS[event] and UNITS[event] != UNITS[following]):
            words = {"event": names[event], "other": names[following]}
            raise Invalid("reputation.rule_units", field=f"{event}_as", **words)
        way.append(following)
        rule = rules[following]


def check_terms(yearly_bp: Any, year_cap: Any) -> None:
    """Invalid for a yearly share of nothing or beyond the whole, or a cap that is no number."""
    if not _number(yearly_bp, WHOLE_BP) or yearly_bp == 0:
        raise Invalid("reputation.decay_wrong", field="yearly")
    if year_cap is not None and (not _number(year_cap, MOST_A_YEAR) or year_cap == 0):
        raise Invalid("reputation.year_cap_wrong", field="year_cap")


def rule_of(rules: Iterable[Mapping[str, Any]], event: str) -> Mapping[str, Any] | None:
    return next((rule for rule in rules if rule["event"] == event), None)


def worth(rules: Sequence[Mapping[str, Any]], event: str, units: int) -> int:
    """Points for one fact: base, plus per for each unit, at most cap; 0 without a rule. Of ``as``: half a point up."""
    rule = rule_of(rules, event)
    if rule is None:
        return 0
    if rule.get("as"):
        return (worth(rules, rule["as"], units) * int(rule["as_bp"]) * 2 + WHOLE_BP) // (2 * WHOLE_BP)
    return min(int(rule["base"]) + int(rule["per"]) * max(units, 0), int(rule["cap"]))


def shared(points: int, shares_bp: Sequence[int]) -> list[int]:
    """Divide among the people of a team by the shares of the fee that they agreed; largest remainder."""
    return allocate(points, shares_bp) if points and sum(shares_bp) else [0] * len(shares_bp)


def award(fact: Fact, place: int, plan: Plan, taken: Mapping[tuple[int, int, str], int]) -> Award:
    """What the person at ``place`` gets by a scheme, given what they got before in the fact's year."""
    part, whole = fact.parts[place], worth(plan.rules, fact.event, fact.units)
    due = shared(whole, [one.weight for one in fact.parts])[place]
    amount, why = due, ""
    if part.tie:
        amount, why = 0, part.tie
    else:
        year = year_of(fact.at)
        rule = rule_of(plan.rules, fact.event)
        of_event = int(rule.get("year_cap", 0)) if rule else 0
        for cap, key, reason in ((of_event, fact.event, "event_cap"), (plan.year_cap or 0, "", "year_cap")):
            room = max(0, cap - taken.get((part.user, year, key), 0))
            if cap and room < amount:
                amount, why = room, reason
    return Award(part.user, fact.entry, fact.event, fact.at, whole, amount, due - amount, why if due else "")


def taken_back(fact: Fact, user: int, amount: int) -> Award:
    return Award(user, fact.entry, fact.event, fact.at, 0, -amount, 0, "")


def replay(facts: Iterable[Fact], plan_of: Callable[[int, Fact], Plan | None], book: Book | None = None) -> list[Award]:
    """Every award of the facts in their order, by the scheme that ``plan_of`` names for a person and a fact.

    Nobody without a scheme, and nobody to whom nothing is due, is listed. A fact that undoes another takes back what
    that one gave, by whichever scheme it was.
    """
    so_far = Book() if book is None else book
    found = []
    for fact in facts:
        for place, part in enumerate(fact.parts):
            if fact.undoes:
                back = so_far.take_back(fact, part)
                found += [back] if back else []
                continue
            plan = plan_of(part.user, fact)
            if plan is None:
                continue
            one = award(fact, place, plan, so_far.taken)
            if one.amount or one.held:
                so_far.enter(one)
                found.append(one)
    return found


def full_years(since: dt.date, day: dt.date) -> int:
    """Anniversaries that have passed; of 29 February on 1 March."""
    return max(0, day.year - since.year - ((day.month, day.day) < (since.month, since.day)))


def factor(yearly_bp: int, years: int) -> int:
    """Basis points that are left after so many full years; rounded half up each year."""
    left = WHOLE_BP
    for _ in range(min(years, 200)):
        left = (left * yearly_bp * 2 + WHOLE_BP) // (2 * WHOLE_BP)
    return left


def left_of(amount: int, yearly_bp: int, since: dt.date, day: dt.date) -> int:
    """What a point given on ``since`` is still worth on ``day``; half a point away from zero."""
    share = factor(yearly_bp, full_years(since, day))
    size = (abs(amount) * share * 2 + WHOLE_BP) // (2 * WHOLE_BP)
    return size if amount >= 0 else -size
