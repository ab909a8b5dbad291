"""Work on all processors: a few processes of one program, fed by pipes, that answer in order.

A process ends when its input does, so that nothing is left behind when the one that feeds it is killed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MOST = 4  # processes
AHEAD = 2  # messages that wait for each, so that none stands idle while its answer is worked on
START = "import sys; sys.path.insert(0, sys.argv[1]); from {} import work; work()"
Ask = Callable[[Iterable[Any]], Iterator[Any]]


@contextmanager
def on_all_processors(module: str, arguments: Sequence[str] = (), processes: int = 0) -> Iterator[Ask]:
    """Gives a function from messages (JSON, of some hundred bytes) to their answers, in order.

    ``work`` of that module answers, in processes that end with the block: as many as there are processors, unless it is
    said how many. ``arguments`` stand in its ``sys.argv`` from 2 on. ChildProcessError or BrokenPipeError when one of
    them dies.
    """
    command = [sys.executable, "-c", START.format(module), str(Path(__file__).resolve().parents[2]), *arguments]
    helpers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(processes or max(1, min(MOST, os.cpu_count() or 1)))
    ]
    try:
        yield lambda messages: _shared_out(messages, helpers)
    finally:
        for helper in helpers:
            helper.kill()
            helper.communicate()


def _shared_out(messages: Iterable[Any], helpers: Sequence[subprocess.Popen[bytes]]) -> Iterator[Any]:
    """The messages that wait are small: they fit into the pipe, however long the answers are."""
    source, busy, free = iter(messages), deque[subprocess.Popen[bytes]](), deque([*helpers] * AHEAD)
    while True:
        while free and (message := next(source, None)) is not None:
            helper = free.popleft()
            assert helper.stdin
            _send(helper.stdin, message)
            busy.append(helper)
        if not busy:
            return
        helper = busy.popleft()
        assert helper.stdout
        line = helper.stdout.readline()
        if not line:
            raise ChildProcessError("a process that shares the work has ended")
        free.append(helper)
        yield json.loads(line)


def _send(pipe: Any, message: Any) -> None:
    pipe.write(json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
    pipe.flush()


def answer(work: Callable[[Any], Any]) -> None:
    """The whole life of such a process: a line in, a line out, until there is no more."""
    for line in sys.stdin.buffer:
        _send(sys.stdout.buffer, work(json.loads(line)))
