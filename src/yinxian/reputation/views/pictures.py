"""Figures of the pictures that the templates draw as SVG: places and sizes, no colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..queries.recount import Simulation

WIDTH, HEIGHT = 480, 110
ROWS = 12


def months(sums: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """A bar for each month: x, y, height, the figure above it; None where there is nothing. A month may be below 0."""
    values = [int(one["points"]) for one in sums]
    if not any(values):
        return None
    top, bottom = max([*values, 0]), min([*values, 0])
    span, step = top - bottom, WIDTH // len(values)
    zero = 18 + HEIGHT * top // span
    bars = []
    for number, (one, value) in enumerate(zip(sums, values, strict=True)):
        size = max(HEIGHT * abs(value) // span, 2 if value else 0)
        bars.append(
            {
                "x": number * step + 5,
                "middle": number * step + step // 2,
                "y": zero - size if value >= 0 else zero,
                "height": size,
                "value": value,
                "month": str(one["month"])[-2:].lstrip("0"),
                "label": one["month"],
                "above": (zero - size if value >= 0 else zero) - 5,
            }
        )
    return {
        "bars": bars,
        "width": WIDTH,
        "height": HEIGHT + 40,
        "bar": step - 10,
        "zero": zero,
        "foot": HEIGHT + 36,
        "total": sum(values),
    }


def trials(found: Simulation) -> dict[str, Any] | None:
    """Two bars for each of the first people: by the scheme that holds, and by the one that is tried."""
    top = max([*(one.now for one in found.trials), *(one.then for one in found.trials), 0])
    if not top:
        return None
    rows = [
        {
            "name": one.user.shown_name,
            "y": number * 40 + 6,
            "text": number * 40 + 26,
            "now": one.now,
            "then": one.then,
            "now_width": 420 * one.now // top,
            "then_width": 420 * one.then // top,
            "now_end": 420 * one.now // top + 172,
            "then_end": 420 * one.then // top + 172,
        }
        for number, one in enumerate(found.trials[:ROWS])
    ]
    return {"rows": rows, "height": len(rows) * 40 + 8, "more": len(found.trials) - len(rows)}
