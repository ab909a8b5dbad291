"""`yinxian books`: the whole books as plain text for beancount or hledger."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from ..start import data_folder, prepare_data, start
from ..words import say, stop

NAME = ("books", "账册导出为 beancount 或 hledger 文本", "the books as text for beancount or hledger")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=["beancount", "hledger"], default="beancount")
    parser.add_argument("--until", type=dt.date.fromisoformat, help=say("记账到哪天（含）", "booked up to this day"))
    parser.add_argument("--out", type=Path, help=say("写到文件（默认打印）", "into a file (else printed)"))
    parser.add_argument("--data", type=Path, help=say("数据目录", "data folder"))


def run(options: argparse.Namespace) -> int:
    start(options.data)
    prepare_data(data_folder())
    from yinxian.settlement.models import Account
    from yinxian.settlement.queries.plaintext import write

    lines = write(Account.objects.all(), options.format, until=options.until)
    if options.out is None:
        for line in lines:
            print(line)
        return 0
    if options.out.exists():
        raise stop(f"{options.out} 已存在，没有覆盖。", f"{options.out} exists and was not overwritten.")
    unfinished = options.out.with_name(options.out.name + ".unfinished")
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
        unfinished.replace(options.out)
    except OSError as error:
        raise stop(
            f"写不了 {options.out}：{error.strerror}", f"Cannot write {options.out}: {error.strerror}"
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return 0
