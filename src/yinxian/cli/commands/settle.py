"""`yinxian settle`: release a file of payments by the rules fixed for them; can be stopped and goes on."""

from __future__ import annotations

import argparse
import gc
import json
import signal
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ..start import data_folder, migrate, prepare_data, start
from ..words import say, stop

if TYPE_CHECKING:
    from yinxian.settlement.models import Run

NAME = ("settle", "按固定的规则批量放款（可停可续）", "release a file of payments by their rules (stop it, go on)")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=say("每行：编号,金额（元）,说明", "a line each: reference,yuan,memo"))
    parser.add_argument(
        "--as", dest="person", required=True, help=say("以谁的身份（手机号）", "as whom (mobile number)")
    )
    parser.add_argument("--piece", type=int, default=1000, help=say("一次放多少笔", "releases at once"))
    parser.add_argument("--data", type=Path, help=say("数据目录", "data folder"))
    parser.add_argument("--json", action="store_true", help=say("输出 JSON", "print JSON"))


def run(options: argparse.Namespace) -> int:
    start(options.data)
    prepare_data(data_folder())
    migrate()
    from yinxian.kernel.errors import Refusal
    from yinxian.network.models import User
    from yinxian.settlement.operations.runs import begin_run, work_off

    actor = User.objects.filter(phone=options.person).first()
    if actor is None:
        raise stop(f"没有 {options.person} 这个人。", f"There is nobody with {options.person}.")
    gc.freeze()  # what is loaded by now stays: a million releases need not look through it again and again
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    begun, shown = time.monotonic(), sys.stderr.isatty() and not options.json

    def after(found: Run) -> bool:
        if shown:
            rate = found.done / max(0.001, time.monotonic() - begun)
            print(f"\r{found.done:,} / {found.total:,}  {rate:,.0f}/s", end="", file=sys.stderr, flush=True)
        return not stopping.is_set()

    try:
        made = begin_run(path=options.file, actor=actor)
        size = max(1, min(options.piece, 5000))
        made = work_off(run=made, path=options.file, actor=actor, after=after, piece=size)
    except OSError as error:
        raise stop(
            f"读不了 {options.file}：{error.strerror}", f"Cannot read {options.file}: {error.strerror}"
        ) from error
    except Refusal as refusal:
        raise stop(refusal.sentence, refusal.sentence) from refusal
    return tell(made, as_json=options.json)


def tell(made: Run, *, as_json: bool) -> int:
    faults = list(made.faults.order_by("row").values("row", "code", "said")[:1000])
    if as_json:
        answer = {"run": made.slug, "total": made.total, "done": made.done, "refused": made.refused}
        print(json.dumps(answer | {"released_fen": made.released_fen, "faults": faults}, ensure_ascii=False))
    else:
        for fault in faults[:20]:
            print(say(f"第 {fault['row']} 行：", f"row {fault['row']}: ") + fault["said"], file=sys.stderr)
        print(
            say(
                f"{made.total} 笔中办了 {made.done}，其中 {made.refused} 笔没有放款。",
                f"{made.done} of {made.total} done, {made.refused} of them refused.",
            )
            + ("" if made.done == made.total else say("再运行一次就接着办。", " Run it again to go on."))
        )
    return 0 if made.done == made.total and not made.refused else 1
