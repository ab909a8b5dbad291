"""`yinxian refit`: learn the ranking's weights anew from managers' decisions; what is not better is not used."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ..start import data_folder, migrate, prepare_data, start
from ..words import say, stop

NAME = ("refit", "从经理人的决定里重学排序权重", "learn the ranking's weights from managers' decisions")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help=say("数据目录", "data folder"))
    parser.add_argument("--json", action="store_true", help=say("输出 JSON", "print JSON"))


def run(options: argparse.Namespace) -> int:
    start(options.data)
    prepare_data(data_folder())
    migrate()
    from yinxian.kernel.errors import Refusal
    from yinxian.matching.operations import refit

    try:
        made = refit(actor=None)
    except Refusal as refusal:
        raise stop(refusal.sentence, refusal.sentence) from refusal
    shown = {
        "version": made.number,
        "state": made.state,
        "decisions": made.decisions,
        "held_out": made.held_out,
        "before": made.before_bp / 10_000,
        "after": made.after_bp / 10_000,
        "multiples": made.multiples,
    }
    if options.json:
        print(json.dumps(shown, ensure_ascii=False))
    else:
        print(
            say(
                f"第 {made.number} 版（{made.get_state_display()}）：{made.decisions} 个决定；检验 {made.held_out} 对，"
                f"原来排对 {made.before_bp / 100:.1f}%，新的 {made.after_bp / 100:.1f}%。",
                f"Version {made.number} ({made.state}): {made.decisions} decisions; of {made.held_out} held-out pairs "
                f"{made.before_bp / 100:.1f}% in the right order before, {made.after_bp / 100:.1f}% after.",
            )
        )
    return 0
