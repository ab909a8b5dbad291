"""What the contracts of the demo say, beside what a deal already knows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from .content import Record, by_key
from .timeline import World

LONG = {"development": 300, "licence": 1095}  # days that a contract runs where the plan says nothing longer


def particulars(world: World, deal: Record) -> dict[str, Any]:
    """``{values, indicators, payments}`` for the template of the deal's kind."""
    contract, introduction = deal["contract"], by_key("introduction")[deal["introduction"]]
    need = by_key("need")[introduction["need"]]
    starts = world.day(contract["signed"])
    ends = max(starts + dt.timedelta(days=LONG[contract["kind"]]), world.day(deal["milestone"][-1]["due"]))
    own = {name: value for name, value in contract.items() if isinstance(value, str)}
    values = {
        "place": by_key("organisation")[need["owner"]]["name"],
        "start_on": starts.isoformat(),
        "end_on": ends.isoformat(),
        **own,
    }
    return {
        "values": values,
        "indicators": [
            {"name": row["name"], "requirement": _bound(row), "method": "双方在场测定，以校准仪器读数为准"}
            for row in need["brief"]["indicators"]
        ],
        "payments": [
            {
                "title": stone["title"],
                "condition": stone["acceptance"],
                "due_on": world.day(stone["due"]).isoformat(),
                "amount_fen": stone["amount_fen"],
            }
            for stone in deal["milestone"]
        ],
    }


SIGNS = {"<=": "≤", ">=": "≥", "<": "<", ">": ">", "=": "=", "about": "约"}


def _bound(row: Record) -> str:
    if row["op"] == "range":
        return f"{row['low']}～{row['high']} {row['unit']}".strip()
    return f"{SIGNS[row['op']]} {row['value']} {row['unit']}".strip()
