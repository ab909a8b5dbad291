"""`yinxian check`: is this installation sound? One line a question; exit status 1 when an answer is no."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ..start import data_folder, prepare_data, start
from ..words import say

NAME = ("check", "检查这套安装是否完好", "is this installation sound?")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help=say("数据目录", "data folder"))
    parser.add_argument("--json", action="store_true", help=say("输出 JSON", "print JSON"))


def run(options: argparse.Namespace) -> int:
    start(options.data)
    prepare_data(data_folder())
    from ..soundness import answers

    found = list(answers())
    if options.json:
        print(json.dumps([answer.as_json() for answer in found], ensure_ascii=False, indent=2))
    else:
        for answer in found:
            print(("✓ " if answer.sound else "✗ ") + answer.text)
    return 0 if all(answer.sound for answer in found) else 1
