"""`yinxian serve`: the web server, with the worker beside it."""

from __future__ import annotations

import argparse
import contextlib
import socket
import subprocess
import sys
from collections.abc import Iterator

from ..start import data_folder, migrate, prepare_data, start
from ..words import say, stop

NAME = ("serve", "启动网站（默认带后台）", "serve the site (with the worker, unless told otherwise)")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help=say("监听地址", "address to listen on"))
    parser.add_argument("--port", type=int, default=8000, help=say("端口", "port"))
    parser.add_argument("--processes", type=int, default=1, help=say("服务进程数", "number of server processes"))
    parser.add_argument("--no-worker", action="store_true", help=say("不带后台", "without the worker"))


def run(options: argparse.Namespace) -> int:
    start()
    port_is_free(options.host, options.port)
    prepare_data(data_folder())
    migrate()
    serve(options.host, options.port, processes=options.processes, worker=not options.no_worker)
    return 0


def port_is_free(host: str, port: int) -> None:
    """Stop with one sentence when nothing can listen there."""
    if not 0 < port < 65536:
        raise stop(f"端口 {port} 不对：应在 1 到 65535 之间。", f"There is no port {port}: give one from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise stop(
                f"端口 {port} 已被占用（{error.strerror}）。请换一个，例如：--port {port + 1}",
                f"Port {port} is taken ({error.strerror}). Choose another, for example: --port {port + 1}",
            ) from error


@contextlib.contextmanager
def worker_beside() -> Iterator[None]:
    """The worker as a process of its own, stopped with the server."""
    process = subprocess.Popen([sys.executable, "-m", "yinxian", "worker"])
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def serve(host: str, port: int, *, processes: int = 1, worker: bool = True) -> None:
    """Serve until stopped; a request that has begun is finished.

    Asks for the port once more: preparing can take minutes, and Granian would share a port with whoever came meanwhile.
    """
    from granian import Granian
    from granian.constants import Interfaces

    port_is_free(host, port)
    server = Granian(
        "yinxian.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=processes,
        blocking_threads=4,
        log_access=False,
        workers_kill_timeout=20,
        backpressure=256,
    )
    with worker_beside() if worker else contextlib.nullcontext():
        server.serve()
