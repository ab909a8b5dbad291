"""`yinxian rank`: somebody's needs against somebody's texts, ranked as the product ranks, as a TREC run file."""

from __future__ import annotations

import argparse
import contextlib
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..start import start
from ..words import say, stop

if TYPE_CHECKING:
    from yinxian.matching.engine.dense import Encoder

NAME = ("rank", "给一批文本按需求排序，写成 TREC 文件", "rank texts for needs and write a TREC run file")
TAG, SHOWN_FAULTS = "yinxian", 5


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--corpus",
        required=True,
        type=Path,
        help=say('逐行 {"id","title","abstract","keywords"}', 'lines {"id","title","abstract","keywords"}'),
    )
    parser.add_argument(
        "--queries", required=True, type=Path, help=say('逐行 {"id","title","text"}', 'lines {"id","title","text"}')
    )
    parser.add_argument(
        "--run",
        required=True,
        dest="out",
        help=say("写到哪里，- 表示标准输出", "where to write, - for standard output"),
    )
    parser.add_argument("-k", type=int, default=100, help=say("每个需求最多几条（100）", "texts for each need (100)"))
    parser.add_argument(
        "--dense",
        default="",
        metavar="PLACE",
        help=say(
            "另加一个向量模型：sentence-transformers 目录，或 OpenAI 兼容的 embeddings 地址",
            "add a dense model: a folder of sentence-transformers, or an OpenAI-compatible embeddings address",
        ),
    )
    parser.add_argument("--dense-model", default="", help=say("embeddings 地址上的模型名", "model name at the address"))
    parser.add_argument("--dense-key-file", type=Path, help=say("放密钥的文件", "file that holds the key"))
    parser.add_argument("--json", action="store_true", help=say("用 JSON 报告用时", "report the timing as JSON"))


def run(options: argparse.Namespace) -> int:
    if not 1 <= options.k <= 100_000:
        raise stop("-k 应在 1 到 100000 之间。", "-k must be from 1 to 100000.")
    start(YINXIAN_MODE="demo")
    from yinxian.kernel import clock
    from yinxian.matching.engine.shelf import Shelf, read_paper

    queries = {key: (_text(row, "title"), _text(row, "text")) for key, row in rows_of(options.queries)}
    papers = [read_paper(row, key) for key, row in rows_of(options.corpus)]
    if not papers or not queries:
        name = options.queries if papers else options.corpus
        raise stop(f"{name} 里没有一行能用；什么也没有写。", f"No line of {name} can be used; nothing was written.")
    with tempfile.TemporaryDirectory(prefix="yinxian-rank-") as scratch, told_without_model():
        began = time.perf_counter()
        shelf = Shelf(Path(scratch), papers, encoder=encoder_of(options))
        shelf.build(ticks(len(papers), say("建立索引", "indexing")))
        indexed = time.perf_counter() - began
        lines, spent, told = [], [], ticks(len(queries), say("排序", "ranking"))
        for key, (title, text) in queries.items():
            next(told, None)
            began = time.perf_counter()
            placed = shelf.rank(title, text, clock.today(), options.k)
            spent.append(time.perf_counter() - began)
            lines += [f"{key} Q0 {one.key} {rank} {one.score:.6f} {TAG}" for rank, one in enumerate(placed, 1)]
        silent = len(queries) - len({line.split(" ", 1)[0] for line in lines})
    write(options.out, lines)
    report(options, len(papers), indexed, spent, len(lines), silent)
    return 0


def encoder_of(options: argparse.Namespace) -> Encoder | None:
    """The dense model that was asked for; its key comes from a file, never from the command line."""
    if not options.dense:
        return None
    from yinxian.matching.engine.dense import encoder_at

    key = ""
    if options.dense_key_file:
        try:
            key = options.dense_key_file.read_text(encoding="utf-8").strip()
        except OSError as error:
            name = options.dense_key_file
            raise stop(f"读不了 {name}：{error.strerror}", f"Cannot read {name}: {error.strerror}") from error
    return encoder_at(options.dense, model=options.dense_model, key=key)


@contextlib.contextmanager
def told_without_model() -> Iterator[None]:
    """A model that cannot be used stops the command with one sentence; nothing is written."""
    from yinxian.matching.engine.dense import NoModel

    try:
        yield
    except NoModel as error:
        raise stop(
            f"向量模型不能用：{error}；什么也没有写。", f"The dense model cannot be used: {error}; nothing was written."
        ) from error


def rows_of(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a file of JSON lines under their ids. A line that cannot be used, or whose id came before,
    is left out and told of; white space in an id becomes _ because the run file separates by it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise stop(f"读不了 {path}：{error.strerror}", f"Cannot read {path}: {error.strerror}") from error
    seen: set[str] = set()
    faults: list[str] = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip(b" \t\r\xef\xbb\xbf"):
            continue
        try:
            row = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            faults.append(say(f"第 {number} 行不是 JSON", f"line {number} is not JSON"))
            continue
        given = row.get("id") if isinstance(row, dict) else None
        usable = isinstance(given, str | int) and not isinstance(given, bool)
        key = "_".join(str(given).split()) if usable else ""
        if not key:
            faults.append(say(f"第 {number} 行没有 id", f"line {number} has no id"))
        elif key in seen:
            faults.append(say(f"第 {number} 行的 id {key} 重复", f"line {number} repeats the id {key}"))
        else:
            seen.add(key)
            yield key, row
    if faults:
        shown = "；".join(faults[:SHOWN_FAULTS])
        print(
            say(f"{path}：{len(faults)} 行没有用（{shown}）", f"{path}: {len(faults)} lines left out ({shown})"),
            file=sys.stderr,
        )


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None or isinstance(value, dict | list | bool) else str(value)


def ticks(total: int, what: str) -> Iterator[None]:
    """Advanced once for each piece of work; draws how far it is where somebody is watching."""
    step = max(1, total // 100)
    for done in range(1, total + 1):
        if sys.stderr.isatty() and (done % step == 0 or done == total):
            print(f"\r{what} {done:,} / {total:,}", end="" if done < total else "\n", file=sys.stderr, flush=True)
        yield


def write(out: str, lines: list[str]) -> None:
    """The whole file or none of it."""
    text = "".join(f"{line}\n" for line in lines)
    if out == "-":
        sys.stdout.write(text)
        return
    target = Path(out)
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise stop(
            f"写不了 {target}：{error.strerror}；没有写。",
            f"Cannot write {target}: {error.strerror}; nothing was written.",
        ) from error


def report(
    options: argparse.Namespace, papers: int, indexed: float, spent: list[float], lines: int, silent: int
) -> None:
    middle, slow = statistics.median(spent) * 1000, max(spent) * 1000
    out = sys.stderr if options.out == "-" else sys.stdout
    if options.json:
        shown = {"texts": papers, "index_s": round(indexed, 3), "needs": len(spent), "lines": lines, "silent": silent}
        print(json.dumps({**shown, "p50_ms": round(middle, 2), "max_ms": round(slow, 2)}), file=out)
        return
    print(
        say(
            f"{papers:,} 条文本，建索引 {indexed:.1f} 秒；{len(spent):,} 个需求，中位 {middle:.1f} 毫秒，最慢 "
            f"{slow:.1f} 毫秒；写了 {lines:,} 行" + (f"，{silent} 个需求一条也没找到。" if silent else "。"),
            f"{papers:,} texts indexed in {indexed:.1f} s; {len(spent):,} needs, median {middle:.1f} ms, slowest "
            f"{slow:.1f} ms; {lines:,} lines written" + (f", nothing found for {silent} needs." if silent else "."),
        ),
        file=out,
    )
