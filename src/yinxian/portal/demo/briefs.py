"""What a brief of the demo says: the manager's words over what the rules read from the raw ones."""

from __future__ import annotations

from typing import Any

from yinxian.market.intake import make_brief
from yinxian.market.intake.asks import what_is_missing

from .content import Record, indicators
from .timeline import World

WRITTEN = ("problem", "background", "target", "constraints", "duration_months")


def content_of(world: World, need: Record, rows: int | None = None) -> dict[str, Any]:
    """The brief with the first ``rows`` indicators; what nobody has written is as the rules read it."""
    content = make_brief(need["title"], need["raw"], world.day(need["submitted"]))
    budget = need.get("budget")
    content |= {
        "budget": {name: budget[name] for name in ("low_fen", "high_fen")} if budget else None,
        "deadline": world.day(need["deadline"]).isoformat(),
        "modes": need["modes"],
        "field": [{"code": need["field"], "score": 1.0}],
        "keywords": need["keywords"],
    }
    brief = need.get("brief")
    if brief:
        content |= {name: brief[name] for name in WRITTEN if name in brief}
        content["indicators"] = indicators(brief["indicators"][:rows])
        content["questions"] = [{"code": "", "about": "", "text": text} for text in brief["questions"]]
    content["missing"] = what_is_missing(content, need["raw"])
    return content
