"""`yinxian backup`: everything that cannot be made again, in one file, while the site goes on."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from ..start import data_folder, prepare_data, start
from ..words import say, stop

NAME = ("backup", "备份数据库、文件和密钥到一个文件", "back up database, files and keys into one file")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", type=Path, help=say("写到哪里（.tar.gz）", "where to write it (.tar.gz)"))
    parser.add_argument("--data", type=Path, help=say("数据目录", "data folder"))
    parser.add_argument("--json", action="store_true", help=say("输出 JSON", "print JSON"))


def run(options: argparse.Namespace) -> int:
    start(options.data)
    prepare_data(data_folder())
    from django.conf import settings

    from yinxian.kernel import clock

    from .. import archive

    if options.target.exists():
        raise stop(f"{options.target} 已存在，没有覆盖。", f"{options.target} exists and was not overwritten.")
    if not options.target.parent.is_dir():
        raise stop(f"没有目录 {options.target.parent}。", f"There is no folder {options.target.parent}.")
    with tempfile.TemporaryDirectory(dir=data_folder()) as scratch:
        made = archive.write(
            options.target, data_folder(), dict(settings.DATABASES["default"]), Path(scratch), clock.now().isoformat()
        )
    size = options.target.stat().st_size
    if options.json:
        print(json.dumps({"file": str(options.target), "bytes": size, "members": len(made["members"])}))
    else:
        print(say(f"已备份到 {options.target}（{size:,} 字节）。", f"Backed up to {options.target} ({size:,} bytes)."))
    return 0
