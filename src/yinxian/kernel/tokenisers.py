"""Many texts into tokens on all processors: a few processes, fed by pipes.

A process ends when its input does, so that nothing is left behind when the one that feeds it is killed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeVar

from .text import tokenise

AT_ONCE = 64  # texts in one message
MOST = 4  # processes
START = "import sys; sys.path.insert(0, sys.argv[1]); from yinxian.kernel.tokenisers import work; work()"
Streams = tuple[str, str]
T = TypeVar("T", bound="HasStreams")
Tokenise = Callable[[Iterable[T]], Iterator[tuple[T, Streams]]]


class HasStreams(Protocol):
    @property
    def public(self) -> str: ...
    @property
    def network(self) -> str: ...


def streams(public: str, network: str) -> Streams:
    """The tokens of both streams, parted by spaces; the second holds the first's too."""
    tokens = tokenise(public)
    return " ".join(tokens), " ".join([*tokens, *tokenise(network)])


def one_by_one(texts: Iterable[T]) -> Iterator[tuple[T, Streams]]:
    """Each text with its tokens, in this process."""
    for text in texts:
        yield text, streams(text.public, text.network)


@contextmanager
def on_all_processors() -> Iterator[Tokenise[Any]]:
    """Gives a function like ``one_by_one`` whose work is done by processes that end with the block."""
    command = [sys.executable, "-c", START, str(Path(__file__).resolve().parents[2])]
    helpers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(max(1, min(MOST, os.cpu_count() or 1)))
    ]
    try:
        yield lambda texts: _shared_out(texts, helpers)
    finally:
        for helper in helpers:
            helper.kill()
            helper.communicate()


def _shared_out(texts: Iterable[T], helpers: list[subprocess.Popen[bytes]]) -> Iterator[tuple[T, Streams]]:
    """In order. Each process has at most one message to work on, so no pipe can fill up on both ends."""
    source, busy, free = iter(texts), deque[tuple[list[T], subprocess.Popen[bytes]]](), deque(helpers)
    while True:
        while free and (batch := list(islice(source, AT_ONCE))):
            helper = free.popleft()
            assert helper.stdin
            _send(helper.stdin, [(text.public, text.network) for text in batch])
            busy.append((batch, helper))
        if not busy:
            return
        batch, helper = busy.popleft()
        assert helper.stdout
        answer = helper.stdout.readline()
        if not answer:
            raise ChildProcessError("a process that makes tokens has ended")
        free.append(helper)
        yield from zip(batch, map(tuple, json.loads(answer)), strict=True)


def _send(pipe: BinaryIO | Any, message: Any) -> None:
    pipe.write(json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
    pipe.flush()


def work() -> None:
    for line in sys.stdin.buffer:
        _send(sys.stdout.buffer, [streams(public, network) for public, network in json.loads(line)])
