"""Does the ranking bring up what solves the need? On graded results written for real needs.

``python benchmarks/ranking.py [--data ../shared/data]`` indexes the results of match_dev.jsonl among papers and patent
titles as background, makes a brief of each demand with the product's own intake and ranks with the product's own words
and weights. Beside it stands BM25 over every token of the whole text. Measures: nDCG@10 with gain 2^grade - 1 (what
nobody judged counts 0), solved@5 (the grade 3 result is among the first five), trap (the grade 0 result is above
it); each with a bootstrap interval of 95% over the demands. The last line is JSON.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import os
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from math import log2
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE / "src"))
FOLDER = tempfile.TemporaryDirectory(prefix="yinxian-benchmark-")
os.environ |= {"YINXIAN_MODE": "test", "YINXIAN_DATA": FOLDER.name, "DJANGO_SETTINGS_MODULE": "yinxian.config.settings"}
DEEP, RESAMPLES, SEED = 200, 2000, 20261122
TODAY = dt.date(2026, 1, 1)
Measures = dict[str, float]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def measure(order: Sequence[int], grades: dict[int, int]) -> Measures:
    """Of one demand: ``order`` are texts best first, ``grades`` those that were judged."""
    place = {number: at for at, number in enumerate(order)}
    gained = sum((2 ** grades[n] - 1) / log2(at + 2) for at, n in enumerate(order[:10]) if n in grades)
    ideal = sum((2**grade - 1) / log2(at + 2) for at, grade in enumerate(sorted(grades.values(), reverse=True)[:10]))
    solves = min((place.get(n, len(order) + DEEP) for n, grade in grades.items() if grade == 3), default=DEEP)
    traps = min((place.get(n, len(order) + DEEP) for n, grade in grades.items() if grade == 0), default=DEEP)
    return {"ndcg10": gained / ideal, "solved5": float(solves < 5), "trap": float(traps < solves)}


def report(rows: Sequence[Measures]) -> dict[str, Any]:
    """Means, each with its interval."""
    rng = random.Random(SEED)
    found: dict[str, Any] = {}
    for name in rows[0]:
        values = [row[name] for row in rows]
        means = sorted(sum(rng.choices(values, k=len(values))) / len(values) for _ in range(RESAMPLES))
        found[name] = round(sum(values) / len(values), 3)
        found[f"{name}_95"] = [round(means[RESAMPLES // 40], 3), round(means[-RESAMPLES // 40], 3)]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=HERE.parent / "shared" / "data")
    data: Path = parser.parse_args().data
    if not (data / "match_dev.jsonl").is_file():
        raise SystemExit(f"There is no match_dev.jsonl in {data}: name the folder with --data.")

    import django

    django.setup()
    from yinxian.kernel.text import tokenise
    from yinxian.kernel.textindex import Text, TextIndex
    from yinxian.market.intake import make_brief
    from yinxian.matching.engine.terms import plan, wishes
    from yinxian.matching.engine.wanted import from_brief

    judged = lines(data / "match_dev.jsonl")
    with (data / "patent_titles.csv").open(encoding="utf-8") as file:
        patents = [{"title": row["title"]} for row in csv.DictReader(file)]
    corpus = [*judged, *lines(data / "papers.jsonl"), *patents]
    demands = {row["id"]: row for row in json.loads((data / "demands.json").read_text(encoding="utf-8"))}
    grades: dict[str, dict[int, int]] = defaultdict(dict)
    for number, row in enumerate(judged):
        grades[row["demand_id"]][number] = row["grade"]
    index = TextIndex(Path(FOLDER.name) / "ranking", ("result",))
    index.rebuild(
        Text("result", n, f"{row['title']}\n{' '.join(row.get('keywords', []))}", row.get("abstract", ""))
        for n, row in enumerate(corpus)
    )
    print(f"{len(corpus):,} texts, {len(grades)} demands, {len(judged)} judged results")

    def asked(weights: dict[str, float]) -> list[int]:
        return [hit.pk for hit in index.search(weights, network=True, limit=DEEP).hits]

    def product(demand: dict[str, Any]) -> list[int]:
        brief = make_brief(demand["title"], demand["text"], TODAY)
        terms = wishes(from_brief(brief))
        census = index.census(terms.weights, kind="result", network=True)
        return asked(dict(plan(terms, census.holding, census.texts).weights))

    def bm25(demand: dict[str, Any]) -> list[int]:
        return asked({t: float(n) for t, n in Counter(tokenise(f"{demand['title']}\n{demand['text']}")).items()})

    peers: dict[str, Callable[[dict[str, Any]], list[int]]] = {"yinxian": product, "bm25_every_token": bm25}
    found: dict[str, Any] = {}
    for name, ranked in peers.items():
        found[name] = report([measure(ranked(demands[key]), grades[key]) for key in grades])
        shown = "   ".join(
            f"{part} {found[name][part]:.3f} {found[name][f'{part}_95']}" for part in ("ndcg10", "solved5", "trap")
        )
        print(f"{name:<18} {shown}")
    ours, theirs = found["yinxian"], found["bm25_every_token"]
    print(json.dumps({**ours, "ndcg_vs_bm25": round(ours["ndcg10"] / theirs["ndcg10"], 2), "bm25": theirs}))


if __name__ == "__main__":
    main()
