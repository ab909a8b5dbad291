"""One question to an index: the words to ask for, and the evidence to look for in what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from .evidence import Sought, rarities, seek, wished
from .terms import Plan, plan, rarity, wishes
from .wanted import Wanted

POOL = 100  # texts that words bring up and that are looked at closely


class Census(Protocol):
    """What an index says of itself: how many texts, how many of the kind, how many hold each term."""

    @property
    def texts(self) -> int: ...
    @property
    def of_kind(self) -> int: ...
    @property
    def holding(self) -> Mapping[str, int]: ...


@dataclass(frozen=True)
class Question:
    plan: Plan = field(default_factory=Plan)
    sought: Sought = field(default_factory=Sought)
    of_kind: int = 0


def prepare(wanted: Wanted, count: Callable[[Iterable[str]], Census]) -> Question:
    """``count`` asks the index how common terms are; once for both."""
    asked, wish = wishes(wanted), wished(wanted)
    known = count({*asked.weights, *wish.index_terms()})
    sought = seek(wish, rarities(known.holding, lambda held: rarity(held, known.texts)))
    return Question(plan(asked, known.holding, known.texts), sought, known.of_kind)
