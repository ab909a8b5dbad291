"""What a person has to do today and soon, gathered from every part of the product."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from . import association, deals, introductions, landing, market, money, training
from .base import Person, Todo

__all__ = ["Person", "Todo", "things_to_do"]

SOURCES: tuple[Callable[[Person], Iterator[Todo]], ...] = (
    introductions.alarms,
    money.disputes,
    money.milestones,
    money.splits,
    introductions.answers,
    introductions.shares,
    introductions.contracts,
    landing.shares,
    landing.confirmations,
    association.reviews,
    association.admissions,
    association.members,
    association.appeals,
    association.certificates,
    deals.next_actions,
    deals.registrations,
    money.invoices,
    introductions.own_introductions,
    market.needs,
    market.results,
    market.freshness,
    market.evidence,
    training.meetings,
    training.terms_over,
    training.trainees,
)


def things_to_do(person: Person) -> list[Todo]:
    """Earliest first; of one day, in the order of the sources. What is late counts as today.

    Each source asks the database a fixed number of times.
    """
    found = [replace(todo, today=person.today) for source in SOURCES for todo in source(person)]
    return sorted(found, key=lambda todo: max(todo.on, person.today))
