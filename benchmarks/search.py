"""Search at size: this product beside plain tantivy, SQLite FTS5 and PostgreSQL's tsvector, in one run.

``python benchmarks/search.py [N]`` makes N results (100,000 by default) and 20 long needs from a seed, in a folder
that goes away. All engines get the same tokens. For this product a query is the whole match: words chosen, index
asked, results loaded from the database, fit tables, scores, and the reasons of the first page. PostgreSQL is asked
where DATABASE_URL names a server, in a schema that is dropped afterwards. The last line is JSON.

match_vs_tantivy: p50 of our whole match / p50 of plain tantivy's bare query with every token of the need.
index_vs_tantivy: our texts a second from database to searchable index / plain tantivy's from memory, tokens included.
rss_mb: memory of a process of its own that opens the index and answers every need (the match page's query), after
it has done so. The making of the texts is in nobody's time.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

PAGE, BEST, WARM = 10, 50, 3
EACH = 200  # results of one supplier
SLOW = 6  # needs that are asked of an engine that takes seconds for one
FOLDER = tempfile.TemporaryDirectory(prefix="yinxian-benchmark-", dir=os.environ.get("YINXIAN_BENCHMARK_DIR"))
SERVER = os.environ.pop("DATABASE_URL", "")
SERVES = "--serve" in sys.argv  # the process that answers works in the folder of the one that made it
os.environ |= {
    "YINXIAN_MODE": "test",
    "YINXIAN_DATA": os.environ["YINXIAN_DATA"] if SERVES else FOLDER.name,
    "DJANGO_SETTINGS_MODULE": "yinxian.config.settings",
}
sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent.parent / "src")]

from benchmarks.texts import needs, texts  # noqa: E402  # found by the line above


class Watch:
    """Seconds, without those that are spent on making texts."""

    def __init__(self) -> None:
        self.start, self.making = time.perf_counter(), 0.0

    def given(self, count: int) -> Iterator[dict[str, Any]]:
        source: Iterable[dict[str, Any]] = texts(count)
        rows = iter(source)
        while True:
            start = time.perf_counter()
            batch = list(islice(rows, 1000))
            self.making += time.perf_counter() - start
            if not batch:
                return
            yield from batch

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.start - self.making


def words_of(need: dict[str, Any]) -> str:
    return f"{need['title']}\n{need['problem']}\n{need['target']}"


def p50(question: Callable[[Any], object], asked: Sequence[Any]) -> float:
    """Median seconds over all questions, warmed up."""
    for one in asked[: WARM if len(asked) > SLOW else 1]:
        question(one)
    spent = []
    for one in asked:
        start = time.perf_counter()
        question(one)
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def say(name: str, count: int, seconds: float, asked: float) -> None:
    print(f"{name:<34} import and index {count / seconds:>9,.0f} texts/s   query p50 {asked * 1000:>9.2f} ms")


def ours(count: int) -> dict[str, float]:
    """Rows by the ORM, the index by the market's own rebuild, the match by the page's own query."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from yinxian.market import search
    from yinxian.market.models import Brief, Need, Result
    from yinxian.network.models import ManagerProfile, Membership, Organisation, User

    house = Organisation.objects.create(name="协会", kind="association")
    firms = [
        Organisation.objects.create(name=f"单位{n}", kind="supplier", admitted_by=house)
        for n in range(max(20, count // EACH))
    ]
    user = User.objects.create_user("13800000001", name="经理人")
    Membership.objects.create(user=user, organisation=house)
    ManagerProfile.objects.create(user=user, kind="market", association=house)
    watch = Watch()
    common = {"created_by": user, "state": "published", "confidence": "network", "modes": ["licence"]}
    batch: list[Any] = []
    for number, text in enumerate(watch.given(count)):
        batch.append(Result(slug=f"R{number:09d}", owner=firms[number % len(firms)], **common, **text))
        if len(batch) == 2000:
            Result.objects.bulk_create(batch)
            batch = []
    Result.objects.bulk_create(batch)
    imported = watch.seconds
    start = time.perf_counter()
    search.reindex()
    indexed = time.perf_counter() - start
    for content in needs():
        need = Need.objects.create(
            title=content["title"], raw_words=words_of(content), owner=firms[0], manager=user, created_by=user,
            state="published", confidence="network",
        )  # fmt: skip
        Brief.objects.create(need=need, number=1, content=content, created_by=user)
    size = sum(file.stat().st_size for file in search.index().folder.iterdir()) / 1024**2
    return {"import": imported, "index": indexed, "index_mb": size, **served()}


def served() -> dict[str, float]:
    """A process that knows nothing yet answers every need, as the site does."""
    told = subprocess.run(
        [sys.executable, __file__, "--serve"],
        env=os.environ | {"YINXIAN_DATA": str(Path(FOLDER.name))},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return dict(json.loads(told.stdout.splitlines()[-1]))


def serve() -> None:
    """The process of ``served``: a warm page first, then each need once."""
    import resource

    import django

    django.setup()
    from yinxian.market.models import Need
    from yinxian.matching import queries
    from yinxian.network.models import User

    user = User.objects.get()
    fields = {name: value for name, value in vars(user).items() if not name.startswith("_")}
    asked = list(Need.objects.select_related("owner").order_by("pk"))

    def match(need: Need) -> object:
        reader = User(**fields)  # as the session has it: nothing remembered from the question before
        found = queries.match_need(need, reader)
        assert found.matches, "every need of the benchmark finds something"
        return [(one.sentences, one.excerpt, one.table) for one in found.matches[:PAGE]]

    spent = p50(match, asked)
    status = Path("/proc/self/status")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    now = next(
        (int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if line.startswith("VmRSS")), peak
    ) if status.exists() else peak  # fmt: skip
    print(json.dumps({"match": spent, "rss_mb": now, "rss_peak_mb": peak}))


def plain_tantivy(count: int, asked: Sequence[str]) -> dict[str, float]:
    """As its tutorial has it: one text field, every token of the need as alternatives."""
    import tantivy

    from yinxian.kernel.text import tokenise

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=False, tokenizer_name="whitespace", index_option="freq")
    schema = builder.build()
    index = tantivy.Index(schema, str(fresh("tantivy")))
    watch = Watch()
    writer = index.writer(64 * 1024 * 1024, 1)
    for text in watch.given(count):
        words = " ".join(tokenise(f"{text['title']}\n{text['problem']}\n{text['description']}"))
        writer.add_document(tantivy.Document.from_dict({"text": words}, schema))
    writer.commit()
    writer.wait_merging_threads()
    indexed = watch.seconds
    index.reload()
    searcher = index.searcher()

    def bare(terms: Sequence[str]) -> object:
        parts = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", term, "freq")) for term in terms]
        return searcher.search(tantivy.Query.boolean_query(parts), BEST, count=False).hits

    return {"index": indexed, "query": p50(bare, [list(dict.fromkeys(tokenise(words))) for words in asked])}


def sqlite_fts(count: int, asked: Sequence[str]) -> dict[str, float]:
    from yinxian.kernel.text import tokenise

    with closing(sqlite3.connect(fresh("fts") / "fts.sqlite3")) as base:
        base.execute("CREATE VIRTUAL TABLE texts USING fts5(body, content='', tokenize='unicode61')")
        watch = Watch()
        rows = (
            (n, " ".join(tokenise(f"{t['title']}\n{t['problem']}\n{t['description']}")))
            for n, t in enumerate(watch.given(count))
        )
        base.executemany("INSERT INTO texts(rowid, body) VALUES (?, ?)", rows)
        base.commit()
        indexed = watch.seconds

        def query(terms: Sequence[str]) -> object:
            wanted = " OR ".join(f'"{term}"' for term in terms)
            return base.execute(
                "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY bm25(texts) LIMIT ?", (wanted, BEST)
            ).fetchall()

        return {"index": indexed, "query": p50(query, [list(dict.fromkeys(tokenise(words))) for words in asked])}


def postgresql(count: int, asked: Sequence[str]) -> dict[str, float]:
    import psycopg

    from yinxian.kernel.text import tokenise

    with psycopg.connect(SERVER, autocommit=True) as base:
        base.execute("DROP SCHEMA IF EXISTS yinxian_benchmark CASCADE")
        base.execute("CREATE SCHEMA yinxian_benchmark")
        base.execute("SET search_path TO yinxian_benchmark")
        try:
            watch = Watch()
            base.execute("CREATE TABLE texts (id int PRIMARY KEY, body tsvector)")
            with base.cursor().copy("COPY texts (id, body) FROM STDIN") as copy:
                for number, text in enumerate(watch.given(count)):
                    tokens = tokenise(f"{text['title']}\n{text['problem']}\n{text['description']}")
                    copy.write_row((number, " ".join(f"'{token}':{at}" for at, token in enumerate(tokens, 1))))
            base.execute("CREATE INDEX ON texts USING gin (body)")
            base.execute("ANALYZE texts")
            indexed = watch.seconds

            def query(terms: Sequence[str]) -> object:
                wanted = " | ".join(f"'{term}'" for term in terms)
                return base.execute(
                    "SELECT id FROM texts, CAST(%s AS tsquery) AS q WHERE body @@ q "
                    "ORDER BY ts_rank(body, q) DESC LIMIT %s",
                    (wanted, BEST),
                ).fetchall()

            return {"index": indexed, "query": p50(query, [list(dict.fromkeys(tokenise(words))) for words in asked])}
        finally:
            base.execute("DROP SCHEMA yinxian_benchmark CASCADE")


def fresh(name: str) -> Path:
    folder = Path(FOLDER.name) / name
    folder.mkdir()
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=int, default=100_000, help="how many texts (100,000)")
    parser.add_argument("--without", nargs="*", default=[], metavar="PEER", help="sqlite_fts5, postgresql")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve()
        return
    count = max(100, options.texts)
    asked = [words_of(need) for need in needs()]
    print(f"{count:,} texts, {len(asked)} needs of about {statistics.mean(map(len, asked)):.0f} characters")
    mine = ours(count)
    say("yinxian, the whole match", count, mine["import"] + mine["index"], mine["match"])
    plain = plain_tantivy(count, asked)
    say("plain tantivy, the bare query", count, plain["index"], plain["query"])
    report: dict[str, Any] = {
        "texts": count,
        "match_ms": round(mine["match"] * 1000, 2),
        "tantivy_ms": round(plain["query"] * 1000, 2),
        "match_vs_tantivy": round(mine["match"] / plain["query"], 2),
        "index_vs_tantivy": round(plain["index"] / mine["index"], 2),
        "import_and_index_vs_tantivy": round(plain["index"] / (mine["import"] + mine["index"]), 2),
        "texts_a_second": round(count / mine["index"]),
        "tantivy_texts_a_second": round(count / plain["index"]),
        "index_mb": round(mine["index_mb"]),
        "rss_mb": round(mine["rss_mb"]),
        "rss_peak_mb": round(mine["rss_peak_mb"]),
    }
    others: dict[str, Callable[[int, Sequence[str]], dict[str, float]]] = {"sqlite_fts5": sqlite_fts}
    if SERVER:
        others["postgresql"] = postgresql
    else:
        print("PostgreSQL left out: DATABASE_URL names no server")
    for name, peer in others.items():
        if name in options.without:
            continue
        measured = peer(count, asked[:SLOW])
        say(
            {"sqlite_fts5": "SQLite FTS5", "postgresql": "PostgreSQL tsvector"}[name],
            count,
            measured["index"],
            measured["query"],
        )
        report[f"{name}_ms"] = round(measured["query"] * 1000, 2)
        report[f"match_vs_{name}"] = round(mine["match"] / measured["query"], 4)
        report[f"index_vs_{name}"] = round(measured["index"] / mine["index"], 2)
    print(json.dumps(report))


if __name__ == "__main__":
    main()
