"""A program that starts the worker (`yinxian worker`) again and again, to be killed; run by test_index_kill.

It loads the product once and forks a worker, in a process group of its own, for each line on its input. The index is
committed every 100 texts, and its tokens are made by processes of their own, as at a million.
"""

from __future__ import annotations

import os
import sys

import django

VOICE = os.dup(1)


def say(line: str) -> None:
    os.write(VOICE, f"{line}\n".encode())


def run() -> None:
    os.dup2(2, 1)
    django.setup()
    from yinxian.cli.commands.worker import work_until_stopped
    from yinxian.kernel import indexbuild

    indexbuild.COMMIT_EVERY, indexbuild.TELL_EVERY, indexbuild.MANY = 100, 50, 50
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            say(f"up {os.getpid()}")
            work_until_stopped()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        say(f"gone {os.WTERMSIG(status)}")


if __name__ == "__main__":
    run()
