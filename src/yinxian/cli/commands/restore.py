"""`yinxian restore`: put a backup in place of the present data, which are kept beside."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from ..locks import is_held
from ..start import data_folder, migrate, prepare_data, start
from ..words import say, stop

NAME = (
    "restore",
    "从备份恢复（先核对，损坏的不动现有数据）",
    "restore a backup (checked first; damaged ones touch nothing)",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, help=say("备份文件", "the backup"))
    parser.add_argument("--data", type=Path, help=say("数据目录", "data folder"))
    parser.add_argument("--json", action="store_true", help=say("输出 JSON", "print JSON"))


def run(options: argparse.Namespace) -> int:
    start(options.data)
    from django.conf import settings

    from .. import archive

    folder = data_folder()
    if is_held(folder / "worker.lock"):
        raise stop(
            "网站或后台正在运行；什么也没有动。请先停下再恢复。",
            "The site or the worker is running; nothing was touched. Stop it first.",
        )
    if not options.source.is_file():
        raise stop(f"没有文件 {options.source}。", f"There is no file {options.source}.")
    prepare_data(folder)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".restore-") as scratch_name:
        scratch = Path(scratch_name) / "unpacked"
        scratch.mkdir()
        manifest = archive.unpack(options.source, scratch)
        database: dict[str, Any] = dict(settings.DATABASES["default"])
        sqlite = "sqlite" in database["ENGINE"]
        dump = scratch / archive.DATABASE_NAMES["sqlite" if sqlite else "postgresql"]
        if not dump.exists():
            raise stop(
                "备份来自另一种数据库（SQLite 与 PostgreSQL 不能互换）；什么也没有动。",
                "The backup is of the other kind of database (SQLite or PostgreSQL); nothing was touched.",
            )
        former = None
        if sqlite:
            archive.check_sqlite(dump)
        else:
            former = archive.dump_database(database, Path(scratch_name))
            archive.restore_postgresql(database, dump)
            dump.unlink()
        kept = set_aside(folder)
        if former:
            shutil.move(former, kept / former.name)
        put_in_place(scratch, folder, dump if sqlite else None, Path(database["NAME"]) if sqlite else None)
    migrate()
    answer = {"restored": manifest["made_at"], "kept": str(kept)}
    print(
        json.dumps(answer)
        if options.json
        else say(
            f"已恢复 {manifest['made_at']} 的备份；原有数据保存在 {kept}。",
            f"Restored the backup of {manifest['made_at']}; the former data are kept in {kept}.",
        )
    )
    return 0


def set_aside(folder: Path) -> Path:
    """Move what is there now into a folder of its own; nothing is thrown away."""
    number = 1
    while (kept := folder / f"before-restore-{number}").exists():
        number += 1
    kept.mkdir()
    for path in folder.iterdir():
        if path.name not in {"version.json", "worker.lock"} and not path.name.startswith("before-restore-"):
            path.rename(kept / path.name)
    return kept


def put_in_place(scratch: Path, folder: Path, dump: Path | None, database: Path | None) -> None:
    if dump and database:
        shutil.move(dump, database)
    for part in ("files", "keys"):
        if (scratch / part).exists():
            shutil.move(scratch / part, folder / part)
