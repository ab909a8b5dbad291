"""`yinxian brief`: make the brief of a need from plain words."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from ..start import start
from ..words import say, stop

NAME = ("brief", "把一段需求写成需求书", "make a brief from the plain words of a need")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", help=say("文件（txt docx pdf xlsx），- 表示标准输入", "file (txt docx pdf xlsx), - for standard input")
    )
    parser.add_argument("--title", default="", help=say("标题", "title"))
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=say("输出 JSON", "print JSON"))
    form.add_argument(
        "--jsonl", action="store_true", help=say('逐行读 {"id","title","text"}', 'read lines {"id","title","text"}')
    )


def words_of(name: str) -> str:
    """The text of a file of any kind that the product reads; Stop with a sentence when it cannot be read."""
    from yinxian.kernel.errors import Refusal
    from yinxian.market.intake.files import read_words

    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return read_words(data, name if name != "-" else "words.txt")
    except OSError as error:
        raise stop(f"读不了 {name}：{error.strerror}", f"Cannot read {name}: {error.strerror}") from error
    except Refusal as refusal:
        raise stop(refusal.sentence, refusal.sentence) from refusal


def run(options: argparse.Namespace) -> int:
    start(YINXIAN_MODE="demo")
    from yinxian.kernel import clock
    from yinxian.market.intake import make_brief
    from yinxian.market.intake.public import to_public

    from ..brief_text import as_text

    text = words_of(options.file)
    today = clock.today()
    if options.jsonl:
        for number, line in enumerate(filter(str.strip, text.splitlines()), 1):
            try:
                row = json.loads(line)
                title, words = str(row.get("title") or ""), str(row.get("text") or "")
            except (ValueError, AttributeError) as error:
                raise stop(f"第 {number} 行不是 JSON 对象。", f"Line {number} is not a JSON object.") from error
            made = to_public(make_brief(title, words, today))
            print(json.dumps({"id": row.get("id"), "brief": made}, ensure_ascii=False))
        return 0
    made = make_brief(options.title, text, today)
    print(json.dumps(to_public(made), ensure_ascii=False, indent=2) if options.json else as_text(to_public(made)))
    return 0
