"""What a rule found and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .draft import Draft
from .kinds import Recognised


@dataclass(frozen=True)
class Hit:
    """A stretch of the folded text and the rule it falls under. ``item`` is what is missing or left open;
    ``params`` are the figures that the explanation names."""

    rule: str
    start: int
    end: int
    item: str = ""
    params: dict[str, Any] = field(default_factory=dict)


Rule = Callable[[Draft, Recognised], Iterator[Hit]]
