"""`yinxian index`: is everything in the index that should be, and make it anew."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from ..start import data_folder, prepare_data, start
from ..words import say, stop

NAME = ("index", "检索索引：看看齐不齐，或重建", "the search index: is it complete; make it anew")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help=say("数据目录", "data folder"))
    parser.add_argument(
        "--rebuild", action="store_true", help=say("重建；没建完的接着建", "make it anew, or go on with it")
    )
    parser.add_argument("--json", action="store_true", help=say("输出 JSON", "print JSON"))


def run(options: argparse.Namespace) -> int:
    """Readers keep the old index until the new is complete; a build that was killed is gone on with."""
    start(options.data)
    prepare_data(data_folder())
    from yinxian.kernel.indexbuild import Busy
    from yinxian.market import indexing

    if options.rebuild:
        try:
            indexing.reindex(None if options.json else show)
        except Busy:
            raise stop(
                "另一个进程正在重建，等它建完就好。", "Another process is building it; wait until it is done."
            ) from None
    standing = indexing.standing()
    if options.json:
        print(json.dumps(vars(standing), ensure_ascii=False))
    else:
        print(standing_text(standing))
    return 0 if standing.sound else 1


def show(progress: Any) -> None:
    """One line that is written over; every thousand texts."""
    done, total = f"{progress.done:,}", f"{max(progress.total, progress.done):,}"
    end = "\n" if progress.done >= progress.total else "\r"
    print(say(f"正在建：{done} / {total}（{progress.percent}%）", f"building: {done} of {total} ({progress.percent}%)"),
          end=end, file=sys.stderr, flush=True)  # fmt: skip


def standing_text(standing: Any) -> str:
    texts, listed = f"{standing.texts:,}", f"{standing.in_database:,}"
    if standing.building:
        done, total = f"{standing.done:,}", f"{standing.total:,}"
        return say(
            f"索引：正在重建 {done} / {total}，用的是旧的 {texts} 条",
            f"index: building {done} of {total}; {texts} in use",
        )
    if not standing.sound:
        return say(f"索引：读不出来，数据库里有 {listed} 条；请运行 yinxian index --rebuild",
                   f"index: cannot be read, the database has {listed}; run yinxian index --rebuild")  # fmt: skip
    return say(f"索引：{texts} 条，数据库里在市场上的 {listed} 条", f"index: {texts} texts, {listed} on the market")
