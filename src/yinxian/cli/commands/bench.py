"""`yinxian bench`: the project's own measurements, each beside a peer, from the source tree."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import yinxian

from ..words import say, stop

NAME = ("bench", "跑这个项目自己的测量（fit、search……）", "run the project's own measurements (fit, search, ...)")
SCRIPTS = Path(yinxian.__file__).resolve().parent.parent.parent / "benchmarks"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help=say("哪一项：fit 量排序", "which one: fit measures the ranking"))
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=say("交给它的参数", "what is handed on to it"))


def there() -> list[str]:
    """Those that can be run by themselves."""
    return sorted(path.stem for path in SCRIPTS.glob("*.py") if "def main(" in path.read_text(encoding="utf-8"))


def run(options: argparse.Namespace) -> int:
    names = there()
    if not names:
        raise stop(
            "测量随源代码一起，安装包里没有；请在源代码目录里运行。",
            "The measurements come with the source, not with the package: run it in a source tree.",
        )
    if options.name not in names:
        raise stop(
            f"没有 {options.name}；有：{'、'.join(names)}。", f"No {options.name}; there are: {', '.join(names)}."
        )
    return subprocess.run([sys.executable, SCRIPTS / f"{options.name}.py", *options.rest], check=False).returncode
