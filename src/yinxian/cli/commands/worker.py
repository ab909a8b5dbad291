"""`yinxian worker`: what happens after a commit: index, notices, points, imports, seals, daily duties."""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import signal
import threading

from ..locks import only_one
from ..start import data_folder, migrate, prepare_data, start
from ..words import say

NAME = ("worker", "后台：索引、通知、积分、导入、封存", "background work: index, notices, points, imports, seals")
REST = 0.5
FAULT_REST = 5.0
logger = logging.getLogger("yinxian.worker")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help=say("做完现有的就停", "stop when nothing is left"))


def run(options: argparse.Namespace) -> int:
    start()
    prepare_data(data_folder())
    migrate()
    with only_one(data_folder() / "worker.lock") as mine:
        if not mine:
            print(say("已有一个后台在这个数据目录上工作。", "A worker is already at work on this data folder."))
            return 0
        if options.once:
            drain_now()
        else:
            work_until_stopped()
    return 0


def drain_now() -> None:
    from yinxian.journal.operations.work import drain

    drain(rounds=10_000)


def work_until_stopped() -> None:
    """Rounds of work, with a rest when there was none; a fault of the database is waited out."""
    from django.conf import settings
    from django.db import DatabaseError, close_old_connections

    from yinxian.journal.operations.work import work
    from yinxian.market.indexing import mend

    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    seal_after = dt.timedelta(seconds=settings.YINXIAN_SEAL_SECONDS)
    begun = False
    while not stopping.is_set():
        try:
            close_old_connections()
            if not begun:
                mend()  # a build of the index that was killed goes on before anything else
                begun = True
            done = work(seal_after=seal_after)
            rest = 0.0 if done else REST
        except DatabaseError:
            logger.exception("the database could not be used; trying again")
            rest = FAULT_REST
        stopping.wait(rest)
