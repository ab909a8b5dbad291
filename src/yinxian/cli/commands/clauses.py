"""`yinxian clauses`: check the clauses of a draft."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from ..start import start
from ..words import say, stop

NAME = ("clauses", "检查合同草稿的条款", "check the clauses of a draft contract")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", help=say("文件（docx pdf txt），- 表示标准输入", "file (docx pdf txt), - for standard input")
    )
    parser.add_argument("--json", action="store_true", help=say("输出 JSON", "print JSON"))
    parser.add_argument("--report", metavar="OUT.docx", help=say("写出带批注的 Word", "write Word with comments"))


def run(options: argparse.Namespace) -> int:
    start(YINXIAN_MODE="demo")
    from yinxian.contracts.clause_check import check, explain, names_of
    from yinxian.contracts.clause_check.files import read_draft
    from yinxian.contracts.documents.report import report
    from yinxian.contracts.queries.drafts import kind_name, notes_of
    from yinxian.kernel.errors import Refusal

    try:
        data = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
        words = read_draft(data, options.file)
    except OSError as error:
        raise stop(
            f"读不了 {options.file}：{error.strerror}", f"Cannot read {options.file}: {error.strerror}"
        ) from error
    except Refusal as refusal:
        raise stop(refusal.sentence, refusal.sentence) from refusal
    made = check(words.text, notes=words.notes)
    found = [explain(one, english_draft=made.english) for one in made.findings]
    if options.report:
        Path(options.report).write_bytes(report(Path(options.file).name, words.text, found, notes_of(made.notes)))
    if options.json:
        told: dict[str, Any] = {
            **made.as_data(),
            "kind_name": kind_name(made.kind),
            "findings": found,
            "reminders": names_of(made.reminders),
            "notes": [
                {"code": code, "text": text} for code, text in zip(made.notes, notes_of(made.notes), strict=True)
            ],
        }
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    print(say(f"{kind_name(made.kind)}：{len(found)} 处要看", f"{kind_name(made.kind)}: {len(found)} findings"))
    for note in notes_of(made.notes):
        print(f"  {note}")
    for number, one in enumerate(found, 1):
        print(f"{number}. {one['title']}  [{one['article']}]  {one['whom']}")
        print(f"   “{' '.join(one['quote'].split())[:120]}”")
        print(f"   {one['why']}")
        print(f"   → {one['offer']}")
    return 0
