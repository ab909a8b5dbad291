"""How well the rules read real needs: indicators, budget, duration, forms of cooperation, field, clarity.

``python benchmarks/intake.py [FOLDER]``: FOLDER holds demands.json and intake_dev.jsonl (by default
../shared/data beside the repository). The last line is JSON. ``--show`` lists what was missed and what
was taken wrongly.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yinxian.config.settings")
os.environ.setdefault("YINXIAN_MODE", "test")


def key(indicator: dict) -> tuple:
    from yinxian.kernel.quantity.units import scale

    def figure(value: object) -> Decimal | None:
        return None if value is None else Decimal(str(value)).normalize()

    return figure(indicator.get("low")), figure(indicator.get("high")), scale(indicator.get("unit") or "")


def f1(hit: int, said: int, truth: int) -> float:
    return round(2 * hit / (said + truth), 3) if said + truth else 1.0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    if not options.folder.exists():
        sys.exit(f"no such folder: {options.folder}")

    from yinxian.market.intake import make_brief

    demands = {one["id"]: one for one in json.loads((options.folder / "demands.json").read_text("utf-8"))}
    marked = [json.loads(line) for line in (options.folder / "intake_dev.jsonl").read_text("utf-8").splitlines()]
    totals: Counter[str] = Counter()
    make_brief("", "预热", date(2019, 9, 1))
    started = time.perf_counter()
    briefs = {
        one["id"]: make_brief(demands[one["id"]]["title"], demands[one["id"]]["text"], date(2019, 9, 1))
        for one in marked
    }
    seconds = time.perf_counter() - started
    for one in marked:
        brief = briefs[one["id"]]
        truth, said = Counter(map(key, one["indicators"])), Counter(map(key, brief["indicators"]))
        totals["hit"] += sum((truth & said).values())
        totals["truth"] += sum(truth.values())
        totals["said"] += sum(said.values())
        for what, sets in (("modes", (set(one["modes"]), set(brief["modes"]))),):
            totals[f"{what}_hit"] += len(sets[0] & sets[1])
            totals[f"{what}_truth"] += len(sets[0])
            totals[f"{what}_said"] += len(sets[1])
        best = brief["field"][0]["code"] if brief["field"] else ""
        totals["field"] += best == one["field"]
        totals["field_also"] += best in [one["field"], *one["field_also"]]
        totals["vague"] += brief["clarity"]["vague"] == one["vague"]
        money = brief["budget"] and {"low": brief["budget"]["low_fen"] / 100, "high": brief["budget"]["high_fen"] / 100}
        for what, asked, got in (
            ("budget", one["budget_yuan"], money),
            ("duration", one["duration_months"], brief["duration_months"]),
        ):
            totals[f"{what}_truth"] += asked is not None
            totals[f"{what}_right"] += asked is not None and asked == got
            totals[f"{what}_wrong"] += got is not None and asked != got
        if options.show:
            show(one, brief, truth, said, best, money)
    n = len(marked)
    result = {
        "needs": n,
        "indicators_f1": f1(totals["hit"], totals["said"], totals["truth"]),
        "indicators_precision": round(totals["hit"] / max(1, totals["said"]), 3),
        "indicators_recall": round(totals["hit"] / max(1, totals["truth"]), 3),
        "modes_f1": f1(totals["modes_hit"], totals["modes_said"], totals["modes_truth"]),
        "field": round(totals["field"] / n, 3),
        "field_accepted": round(totals["field_also"] / n, 3),
        "vague": round(totals["vague"] / n, 3),
        **{
            f"{what}_{part}": totals[f"{what}_{part}"]
            for what in ("budget", "duration")
            for part in ("truth", "right", "wrong")
        },
        "needs_per_second": round(n / seconds),
    }
    for name, value in result.items():
        print(f"{name:24} {value}")
    print(json.dumps(result))


def show(one: dict, brief: dict, truth: Counter, said: Counter, best: str, money: dict | None) -> None:
    lines = []
    if missed := truth - said:
        lines += [f"  missed {item.get('quote')!r}" for item in one["indicators"] if key(item) in missed]
    if extra := said - truth:
        lines += [f"  extra  {item['quote']!r} {item['unit']}" for item in brief["indicators"] if key(item) in extra]
    if one["budget_yuan"] != money:
        lines.append(f"  budget {one['budget_yuan']} -> {money}")
    if one["duration_months"] != brief["duration_months"]:
        lines.append(f"  duration {one['duration_months']} -> {brief['duration_months']}")
    if set(one["modes"]) != set(brief["modes"]):
        lines.append(f"  modes {one['modes']} -> {brief['modes']}")
    if best != one["field"]:
        lines.append(f"  field {one['field']} {one['field_also']} -> {brief['field']}")
    if brief["clarity"]["vague"] != one["vague"]:
        lines.append(f"  vague {one['vague']} <- {brief['clarity']}")
    if lines:
        print(one["id"][:8], brief["title"], *lines, sep="\n")


if __name__ == "__main__":
    main()
