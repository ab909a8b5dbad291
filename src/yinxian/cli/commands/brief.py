"""`yinxian brief`: make the brief of a need from plain words."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..start import start
from ..words import say, stop

if TYPE_CHECKING:
    from yinxian.market.importing.lists import Listed

NAME = ("brief", "把一段需求写成需求书", "make a brief from the plain words of a need")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        help=say(
            "文件（txt docx pdf xlsx），- 表示标准输入；表格一行一条需求，--json 时一行一个",
            "file (txt docx pdf xlsx), - for standard input; a sheet is read a row a need, with --json a line a need",
        ),
    )
    parser.add_argument("--title", default="", help=say("标题", "title"))
    parser.add_argument(
        "--model",
        action="store_true",
        help=say("让设置里的模型起草，数字与原话核对", "let the model of the settings draft; figures are checked"),
    )
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


def needs_of(name: str) -> list[Listed]:
    """The needs of a sheet that is a list, a row a need; none when the file is one need or no sheet."""
    from yinxian.market.importing.lists import is_list, read_list

    if name == "-" or not Path(name).is_file():
        return []
    data = Path(name).read_bytes()
    return read_list(data, name) if is_list(data, name) else []


def run(options: argparse.Namespace) -> int:
    start(YINXIAN_MODE="demo")
    from yinxian.kernel import clock
    from yinxian.market.drafting import draft, is_configured
    from yinxian.market.intake.public import public_brief, to_public

    from ..brief_lines import answer_lines
    from ..brief_text import as_text

    today = clock.today()
    if options.model and not is_configured():
        raise stop(
            "没有接上模型：请设置 YINXIAN_MODEL_URL 和 YINXIAN_MODEL_NAME。",
            "No model is connected: set YINXIAN_MODEL_URL and YINXIAN_MODEL_NAME.",
        )

    def make(title: str, text: str) -> dict[str, Any]:
        if not options.model:
            return public_brief(title, text, today)
        made = draft(title, text, today)
        if made.problem:
            print(
                say(
                    f"模型没有用上（{made.problem}），用规则写的。",
                    f"The model was of no use ({made.problem}): by the rules.",
                ),
                file=sys.stderr,
            )
        for one in made.dropped:
            print(
                say("原话里没有，没有收：", "Not in the words, left out: ") + f"{one.what} {one.words}", file=sys.stderr
            )
        return to_public(made.content)

    if options.jsonl or options.json:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream; programs read UTF-8
    if options.jsonl:
        try:
            with sys.stdin.buffer if options.file == "-" else Path(options.file).open("rb") as lines:
                unread = answer_lines(lines, sys.stdout, make, progress=sys.stderr)
        except OSError as error:
            raise stop(
                f"读不了 {options.file}：{error.strerror}", f"Cannot read {options.file}: {error.strerror}"
            ) from error
        if unread:
            print(
                say(
                    f"有 {unread} 行读不懂，答了错误行。", f"{unread} lines could not be read; each has an error line."
                ),
                file=sys.stderr,
            )
        return 0
    if needs := needs_of(options.file):
        for place, need in enumerate(needs):
            made = make(need.title, need.text)
            if options.json:
                print(json.dumps({"id": need.key, "brief": made}, ensure_ascii=False))
            else:
                print(("\n" if place else "") + f"[{need.key}] " + as_text(made))
        return 0
    made = make(options.title, words_of(options.file))
    print(json.dumps(made, ensure_ascii=False, indent=2) if options.json else as_text(made))
    return 0
