"""`yinxian match`: results for a need, with reasons and the fit table, as the page shows them."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from ..start import data_folder, migrate, prepare_data, start
from ..words import say, stop
from .brief import words_of

NAME = ("match", "为需求找成果，并说明理由", "find results for a need, and say why")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "need", help=say("需求编号、文件或 -（标准输入）", "a need's number, a file, or - for standard input")
    )
    parser.add_argument(
        "--why",
        metavar="RESULT",
        help=say("这项成果为何排在那里（成果编号）", "why this result stands where it does (its number)"),
    )
    parser.add_argument("--limit", type=int, default=10, help=say("最多几项", "how many at most"))
    parser.add_argument("--data", type=Path, help=say("数据目录", "data folder"))
    parser.add_argument("--json", action="store_true", help=say("输出 JSON", "print JSON"))


def run(options: argparse.Namespace) -> int:
    if options.limit < 1:
        raise stop("--limit 至少是 1。", "--limit must be at least 1.")
    start(options.data)
    prepare_data(data_folder())
    migrate()
    from yinxian.market.models import Need
    from yinxian.matching.queries.ranking import as_parts, as_text, rank_need, rank_text, why_text

    need = Need.objects.filter(slug=options.need).first()
    if options.why:
        if need is None:
            raise stop("--why 要一条已有的需求编号。", "--why wants the number of a need that is there.")
        one = why_text(need, options.why)
        if one is None:
            raise stop(
                f"没有成果 {options.why}，或它不公开给网络。", f"There is no result {options.why} for the network."
            )
        tell_without_model()
        print(json.dumps(one.as_json(), ensure_ascii=False, indent=2) if options.json else as_parts(one))
        return 0
    found = rank_need(need, limit=options.limit) if need else rank_text("", words_of(options.need), limit=options.limit)
    tell_without_model()
    if options.json:
        print(json.dumps([match.as_json() for match in found], ensure_ascii=False, indent=2))
    else:
        print(as_text(found))
    return 0


def tell_without_model() -> None:
    """On standard error, where a dense model is given and could not be asked."""
    from yinxian.matching.queries.dense import why_without

    if fault := why_without():
        print(
            say(
                f"语义模型用不上（{fault}），这次只凭词和指标。",
                f"Without the dense model ({fault}): words and figures only.",
            ),
            file=sys.stderr,
        )
