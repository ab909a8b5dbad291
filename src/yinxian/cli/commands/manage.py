"""`yinxian manage`: Django's own commands, for administrators (createsuperuser, shell, dbshell)."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from ..start import start

NAME = ("manage", "Django 自带的管理命令，例如 createsuperuser", "Django's own commands, for example createsuperuser")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rest", nargs=argparse.REMAINDER)


def run(options: argparse.Namespace) -> int:
    return hand_over(options.rest)


def hand_over(words: Sequence[str]) -> int:
    from django.core.management import execute_from_command_line

    start()
    execute_from_command_line(["yinxian manage", *words])
    return 0
