"""`yinxian demo`: the whole product with the story of one association's year, on this machine."""

from __future__ import annotations

import argparse
import os
import unicodedata
from pathlib import Path

from ..locks import only_one
from ..start import migrate, prepare_data, start
from ..words import say, wants_chinese
from .serve import port_is_free, serve
from .worker import drain_now

NAME = ("demo", "带演示数据运行整个产品", "the whole product with demo data")
HOST = "127.0.0.1"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help=say("端口（默认 8000）", "port (8000 by default)"))
    parser.add_argument("--data", type=Path, default=Path("yinxian-demo"), help=say("数据目录", "data folder"))
    parser.add_argument(
        "--prepare-only", action="store_true", help=say("只准备数据，不启动", "prepare the data, do not serve")
    )


def run(options: argparse.Namespace) -> int:
    if not options.prepare_only:
        port_is_free(HOST, options.port)
    os.environ["YINXIAN_MODE"] = "demo"
    os.environ.pop("DATABASE_URL", None)
    prepare_data(options.data.absolute())
    address = f"http://{HOST}:{options.port}"
    start(options.data, YINXIAN_URL=address)
    prepare()
    print(say(f"\n引线已就绪：{address}\n", f"\nYinxian is ready: {address}\n"))
    print(table_of_people())
    print(say("按 Ctrl+C 停止。\n", "Press Ctrl+C to stop.\n"), flush=True)
    if not options.prepare_only:
        serve(HOST, options.port)
    return 0


def prepare() -> None:
    """Database, demo data, search index: each only when it is not there yet."""
    from django.conf import settings

    from yinxian.kernel import clock
    from yinxian.portal.demo.load import is_loaded, load

    migrate()
    if not is_loaded():
        print(say("装入演示数据……", "Loading the demo data ..."), flush=True)
        load(clock.today(), print)
    with only_one(Path(settings.YINXIAN_DATA) / "worker.lock") as mine:
        if mine:
            drain_now()


def table_of_people() -> str:
    """Who to sign in as: name, part, mobile number; one password for all."""
    from yinxian.portal.demo.load import DEMO_PASSWORD, DEMO_PEOPLE

    chinese = wants_chinese([], {"LANG": os.environ.get("LANGUAGE", "")})
    rows = [(person.phone, person.name if chinese else person.name_en, person.part(chinese)) for person in DEMO_PEOPLE]
    width = max(_cells(row[1]) for row in rows)
    lines = [f"  {phone}  {name}{' ' * (width - _cells(name))}  {part}" for phone, name, part in rows]
    return "\n".join([*lines, "", say(f"  密码：{DEMO_PASSWORD}", f"  password: {DEMO_PASSWORD}")])


def _cells(text: str) -> int:
    """How wide a terminal draws it: a Chinese character takes two cells."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
