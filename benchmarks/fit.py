"""Does the ranking bring up what solves the need? On graded results written for real needs.

``python benchmarks/fit.py [--data ../shared/data]`` ranks the results of match_dev.jsonl among papers and patent titles
exactly as ``yinxian rank`` does, and beside it, in the same run and over the whole text of the need: BM25 (bm25s) with
the same tokens, plain tantivy, tf-idf with cosine and, where ``--dense`` names a sentence-transformers folder or
an embeddings endpoint, that model. ``--run FILE`` scores run files of anybody's. Measures are explained in measures.py;
intervals are 95% over the needs by bootstrap. The last line is JSON.

Then each part of the ranking with and without it, and two checks against fooling ourselves: the parts' weights chosen
anew on half of the needs and measured on the other half, many times; and the parts again with all graded abstracts
cut to one length (the solving ones are longer, and length must earn nothing).
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(HERE), str(HERE / "src")]
FOLDER = tempfile.TemporaryDirectory(prefix="yinxian-benchmark-")
os.environ |= {"YINXIAN_MODE": "test", "YINXIAN_DATA": FOLDER.name, "DJANGO_SETTINGS_MODULE": "yinxian.config.settings"}
from benchmarks.measures import measure, said, summary  # noqa: E402  # found by the lines above

DEEP, CUT, SPLITS = 100, 155, 50  # texts of a ranking; characters of the cut abstracts; halvings
EVIDENCE = ("means", "acts", "names", "kin")
TODAY = dt.date(2026, 1, 1)
Order = Sequence[str]
Engine = Callable[[Mapping[str, Any]], Order]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


class Set:
    """The graded set: ``rows`` are the corpus under ids, ``needs`` the demands that have grades."""

    def __init__(self, data: Path, cut: int = 0) -> None:
        judged = lines(data / "match_dev.jsonl")
        if cut:
            judged = [{**row, "abstract": row["abstract"][:cut]} for row in judged]
        with (data / "patent_titles.csv").open(encoding="utf-8") as file:
            patents = [{"title": row["title"]} for row in csv.DictReader(file)]
        self.rows = {f"d{n}": row for n, row in enumerate([*judged, *lines(data / "papers.jsonl"), *patents])}
        self.grades: dict[str, dict[str, int]] = defaultdict(dict)
        for number, row in enumerate(judged):
            self.grades[row["demand_id"]][f"d{number}"] = row["grade"]
        demands = {row["id"]: row for row in json.loads((data / "demands.json").read_text(encoding="utf-8"))}
        self.needs = {key: demands[key] for key in self.grades}

    def texts(self) -> list[str]:
        return [
            f"{row['title']}\n{' '.join(row.get('keywords', []))}\n{row.get('abstract', '')}"
            for row in self.rows.values()
        ]


def whole(need: Mapping[str, Any]) -> str:
    return f"{need['title']}\n{need['text']}"


def shelf_of(graded: Set, name: str) -> Any:
    from yinxian.matching.engine.shelf import Shelf, read_paper

    shelf = Shelf(Path(FOLDER.name) / name, [read_paper(row, key) for key, row in graded.rows.items()])
    shelf.build()
    return shelf


def yinxian(graded: Set) -> Engine:
    shelf = shelf_of(graded, "yinxian")
    return lambda need: [one.key for one in shelf.rank(need["title"], need["text"], TODAY, DEEP)]


class Parts:
    """What each part gave each candidate, once, so that weights can be tried quickly."""

    def __init__(self, graded: Set, name: str) -> None:
        shelf = shelf_of(graded, name)
        self.graded = graded
        self.points = {key: shelf.parts(need["title"], need["text"], TODAY) for key, need in graded.needs.items()}

    def rows(self, times: Mapping[str, float], keys: Sequence[str] = ()) -> list[dict[str, float]]:
        found = []
        for key in keys or self.points:
            total = [
                (-sum(value * times.get(part, 1.0) for part, value in points.items()), place, text)
                for place, (text, points) in enumerate(self.points[key])
            ]
            found.append(measure([text for _, _, text in sorted(total)], self.graded.grades[key]))
        return found


def ablation(parts: Parts) -> dict[str, Any]:
    found = {}
    for name, times in {
        "words alone": dict.fromkeys(EVIDENCE, 0.0),
        **{f"words and {part}": {other: 0.0 for other in EVIDENCE if other != part} for part in EVIDENCE},
        "all": {},
        **{f"all without {part}": {part: 0.0} for part in EVIDENCE},
    }.items():
        found[name] = summary(parts.rows(times))
        print(said(f"  {name}", found[name]))
    return found


def spread(values: Sequence[float]) -> str:
    return f"{statistics.mean(values):.3f} ± {statistics.stdev(values):.3f}"


def held_out(parts: Parts) -> dict[str, Any]:
    """Weights chosen on one half, measured on the other, beside the weights that the product has."""
    grid = [
        {"means": means, "names": names, "kin": kin}
        for means in (0.0, 0.5, 1.0, 2.0)
        for names in (0.0, 1.0, 2.0)
        for kin in (0.0, 0.5, 1.0, 1.5)
    ]
    keys = sorted(parts.points)
    table = [dict(zip(parts.points, parts.rows(times), strict=True)) for times in grid]
    rng, chosen, fixed = random.Random(SPLITS), [], []
    ours = dict(zip(parts.points, parts.rows({}), strict=True))
    for _ in range(SPLITS):
        rng.shuffle(keys)
        half, rest = keys[: len(keys) // 2], keys[len(keys) // 2 :]
        best = max(table, key=lambda rows: sum(rows[key]["ndcg10"] for key in half))
        chosen.append(statistics.mean(best[key]["ndcg10"] for key in rest))
        fixed.append(statistics.mean(ours[key]["ndcg10"] for key in rest))
    print(f"  held-out nDCG@10 over {SPLITS} halvings: {spread(chosen)} with weights chosen on the other half")
    print(f"  the same halves with the product's weights: {spread(fixed)}")
    return {"chosen": round(statistics.mean(chosen), 3), "spread": round(statistics.stdev(chosen), 3),
            "product": round(statistics.mean(fixed), 3)}  # fmt: skip


def bm25(graded: Set) -> Engine:
    """The issue's peer: k1 1.2, b 0.75, a token of the need as often as it stands there."""
    import bm25s

    from yinxian.kernel.text import tokenise

    keys = list(graded.rows)
    model = bm25s.BM25(k1=1.2, b=0.75)
    model.index([tokenise(text) for text in graded.texts()], show_progress=False)

    def ranked(need: Mapping[str, Any]) -> Order:
        found, _ = model.retrieve([tokenise(whole(need))], k=DEEP, show_progress=False)
        return [keys[int(number)] for number in found[0]]

    return ranked


def tantivy(graded: Set) -> Engine:
    """As its tutorial has it: one text field, every distinct token of the need as alternatives."""
    from yinxian.kernel.indexbuild import rebuild
    from yinxian.kernel.text import tokenise
    from yinxian.kernel.textindex import Text, TextIndex

    keys = list(graded.rows)
    index = TextIndex(Path(FOLDER.name) / "tantivy", ("result",))
    rebuild(index, (Text("result", n, "", text) for n, text in enumerate(graded.texts())))
    return lambda need: [
        keys[hit.pk] for hit in index.search(list(Counter(tokenise(whole(need)))), network=True, limit=DEEP).hits
    ]


def tf_idf(graded: Set) -> Engine:
    from sklearn.feature_extraction.text import TfidfVectorizer

    from yinxian.kernel.text import tokenise

    keys = list(graded.rows)
    made = TfidfVectorizer(analyzer=tokenise, sublinear_tf=True)
    matrix = made.fit_transform(graded.texts())

    def ranked(need: Mapping[str, Any]) -> Order:
        likeness = (matrix @ made.transform([whole(need)]).T).toarray().ravel()
        return [keys[number] for number in (-likeness).argsort(kind="stable")[:DEEP]]

    return ranked


def dense(place: str, graded: Set) -> Engine:
    """That model alone, by cosine over the whole need."""
    from yinxian.matching.engine.dense import Nearest, encoder_at

    keys, encoder = list(graded.rows), encoder_at(place, key=os.environ.get("YINXIAN_EMBEDDINGS_KEY", ""))
    nearest = Nearest(encoder.encode(graded.texts()))
    return lambda need: [keys[at] for at, _ in nearest.search(encoder.encode([whole(need)])[0], DEEP)]


def scored(engine: Engine, graded: Set) -> tuple[list[dict[str, float]], float]:
    """Measures need by need, and the median milliseconds of one."""
    rows, spent = [], []
    for key, need in graded.needs.items():
        began = time.perf_counter()
        order = engine(need)
        spent.append(time.perf_counter() - began)
        rows.append(measure(order, graded.grades[key]))
    return rows, statistics.median(spent) * 1000


def of_run(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        need, _, key, _, score, _ = line.split()
        found[need].append((float(score), key))
    return {need: [key for _, key in sorted(rows, reverse=True)] for need, rows in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=HERE.parent / "shared" / "data")
    parser.add_argument("--run", type=Path, action="append", default=[], help="a TREC run file to score beside")
    parser.add_argument("--dense", default="", metavar="PLACE", help="a model's folder or an embeddings address")
    options = parser.parse_args()
    if not (options.data / "match_dev.jsonl").is_file():
        raise SystemExit(f"There is no match_dev.jsonl in {options.data}: name the folder with --data.")
    import django

    django.setup()
    graded = Set(options.data)
    print(f"{len(graded.rows):,} texts, {len(graded.needs)} needs, {sum(map(len, graded.grades.values()))} grades")
    makers = {"yinxian": yinxian, "BM25 (bm25s), whole need": bm25, "tantivy, whole need": tantivy, "tf-idf": tf_idf}
    if options.dense:
        makers["dense model alone"] = partial(dense, options.dense)
    found: dict[str, Any] = {}
    for name, maker in makers.items():
        rows, spent = scored(maker(graded), graded)
        found[name] = {**summary(rows), "p50_ms": round(spent, 2)}
        print(f"{said(name, found[name])}   {spent:6.1f} ms")
    for path in options.run:
        orders = of_run(path)
        found[path.name] = summary([measure(orders.get(key, []), graded.grades[key]) for key in graded.needs])
        print(said(path.name, found[path.name]))
    print("each part, with and without")
    parts = Parts(graded, "parts")
    with_without, halves = ablation(parts), held_out(parts)
    print(f"all graded texts cut to {CUT} characters")
    cut = Set(options.data, CUT)
    same_length = ablation(Parts(cut, "cut"))
    rows, _ = scored(bm25(cut), cut)
    same_length["BM25 (bm25s), whole need"] = summary(rows)
    print(said("  BM25 (bm25s), whole need", summary(rows)))
    ours, theirs = found["yinxian"], found["BM25 (bm25s), whole need"]
    last = {"held_out": halves, "parts": with_without, "same_length": same_length, "peers": found}
    print(json.dumps({**ours, "ndcg_vs_bm25": round(ours["ndcg10"] / theirs["ndcg10"], 2), **last}))


if __name__ == "__main__":
    main()
