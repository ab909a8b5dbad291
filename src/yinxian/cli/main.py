"""Parse, run one subcommand, turn what went wrong into one sentence."""

from __future__ import annotations

import argparse
import errno
import os
import sys

from .commands import (
    backup,
    bench,
    books,
    brief,
    check,
    clauses,
    credential,
    demo,
    did,
    imports,
    index,
    keys,
    manage,
    match,
    rank,
    recognition,
    refit,
    restore,
    serve,
    settle,
    verify,
    worker,
)
from .words import Stop, say, wants_chinese

COMMANDS = (
    *(demo, serve, worker, imports, index, brief, clauses, match, rank, refit, settle, books, verify),
    *(credential, did, keys, recognition, backup, restore, check, bench, manage),
)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="yinxian",
        description=say(
            "引线：从一句需求到一笔到账，每个人的一份都有记录。",
            "Yinxian: from one sentence of need to money that has arrived, with everyone's part on record.",
        ),
        epilog=say("语言：--lang zh 或 --lang en。", "Language: --lang zh or --lang en."),
    )
    made.add_argument("--lang", choices=["zh", "en"], help=say("帮助和输出的语言", "language of help and output"))
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in COMMANDS:
        name, zh, en = module.NAME
        under = commands.add_parser(name, help=say(zh, en), description=say(zh, en))
        under.add_argument("--lang", choices=["zh", "en"], help=argparse.SUPPRESS)
        module.arguments(under)
        under.set_defaults(run=module.run)
    return made


def main() -> None:
    """Entry point: exit status 0 done, 1 refused or failed with one sentence, 2 wrong use."""
    if not os.environ.get("LANGUAGE"):
        os.environ["LANGUAGE"] = "zh" if wants_chinese(sys.argv[1:], os.environ) else "en"
    if sys.argv[1:2] == ["manage"]:  # everything after it belongs to Django
        raise SystemExit(manage.hand_over(sys.argv[2:]))
    arguments = parser().parse_args()
    try:
        raise SystemExit(arguments.run(arguments))
    except Stop as sentence:
        print(sentence, file=sys.stderr)
    except KeyboardInterrupt:
        print(say("已停止。", "Stopped."), file=sys.stderr)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        print(
            say("磁盘已满：没有写完，请腾出空间再来。", "The disk is full: make room and try again."), file=sys.stderr
        )
    raise SystemExit(1)
