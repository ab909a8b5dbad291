"""Start Django for a subcommand, and the data folder that it works on."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any, TextIO

from yinxian import __version__

from .words import say, stop, wants_chinese

FORMAT = 1
ROOM = 200 * 1024 * 1024


def start(data: Path | None = None, **environment: str) -> None:
    """Load Django with these settings (they stand for child processes, too).

    Stops with one sentence when the settings are refused or the data folder is of another version.
    """
    if data is not None:
        os.environ["YINXIAN_DATA"] = str(data.absolute())
    os.environ.update(environment)
    if not os.environ.get("YINXIAN_MODE") and _stamp(Path(os.environ.get("YINXIAN_DATA") or "yinxian-data")).get(
        "demo"
    ):
        os.environ["YINXIAN_MODE"] = "demo"  # a data folder that the demo made stays a demo
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yinxian.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.utils import translation

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise stop(f"设置不能用：{error}", f"These settings cannot be used: {error}") from error
    translation.activate("zh-hans" if wants_chinese([], {"LANG": os.environ.get("LANGUAGE", "")}) else "en")


def data_folder() -> Path:
    from django.conf import settings

    return Path(settings.YINXIAN_DATA)


def prepare_data(folder: Path) -> None:
    """Make the data folder, or check that the one that is there is ours, of this format, with room to write."""
    try:
        stands = next(place for place in (folder, *folder.parents) if place.exists())
        disk = shutil.disk_usage(stands)
        if disk.total and disk.free < ROOM:
            raise stop(
                f"{folder} 所在磁盘剩余不足 200 MB；什么也没有动。请先腾出空间。",
                f"Less than 200 MB are free on the disk of {folder}; nothing was touched. Make room first.",
            )
        folder.mkdir(parents=True, exist_ok=True)
        stamp = folder / "version.json"
        if stamp.exists():
            _same_format(folder, _stamp(folder))
        elif any(folder.iterdir()) and not (folder / "yinxian.sqlite3").exists():
            raise stop(
                f"{folder} 里有别的文件，不像引线的数据目录；什么也没有动。请换一个目录：--data DIR",
                f"{folder} holds other files and is not a data folder of Yinxian; nothing was touched. "
                "Choose another: --data DIR",
            )
        if not stamp.exists():
            demo = os.environ.get("YINXIAN_MODE") == "demo"
            stamp.write_text(json.dumps({"format": FORMAT, "version": __version__, "demo": demo}))
    except OSError as error:  # no right to write, a disk that is read only, a file where a folder should be
        raise stop(
            f"{folder} 不能写入（{error.strerror}）。请换一个目录：--data DIR",
            f"{folder} cannot be written to ({error.strerror}). Choose another: --data DIR",
        ) from error


def _stamp(folder: Path) -> dict[str, Any]:
    """What the folder says of itself; empty when it says nothing that can be read."""
    try:
        stamp = json.loads((folder / "version.json").read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _same_format(folder: Path, stamp: dict[str, Any]) -> None:
    if stamp.get("format") != FORMAT:
        version = stamp.get("version", "?")
        raise stop(
            f"{folder} 是另一版本（{version}）的数据；什么也没有动。请用那个版本，或换一个目录：--data DIR",
            f"{folder} was made by another version ({version}); nothing was touched. Use that version, or choose "
            "another folder: --data DIR",
        )


def migrate() -> None:
    """Bring the database to this version; nothing when it already is."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if steps := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, no_color=True, stdout=Told(len(steps), sys.stderr))


class Told:
    """Says on ``out`` how far Django's migrate is: a new database is otherwise a minute of silence.

    Of what Django writes, only the end of a step counts; a line comes at the start and after each tenth of the steps.
    """

    def __init__(self, steps: int, out: TextIO) -> None:
        self.steps, self.done, self.out = steps, 0, out
        self._say(say(f"正在建好数据库（{steps} 步）……", f"Bringing the database to this version ({steps} steps) ..."))

    def write(self, text: str) -> None:
        if text.strip() != "OK":
            return
        self.done += 1
        if self.done * 10 // self.steps > (self.done - 1) * 10 // self.steps:
            self._say(f"  {self.done}/{self.steps}")

    def flush(self) -> None:
        self.out.flush()

    def _say(self, line: str) -> None:
        print(line, file=self.out, flush=True)
