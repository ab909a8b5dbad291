"""The questions of `yinxian check`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from yinxian.journal.models import Cursor
from yinxian.journal.queries.entries import parked
from yinxian.journal.queries.seals import broken_seals
from yinxian.settlement.queries.books import books_balance

from .locks import is_held
from .start import data_folder
from .words import say


@dataclass(frozen=True)
class Answer:
    question: str
    sound: bool
    text: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def database() -> tuple[bool, str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        return False, say(f"数据库：还有 {len(plan)} 步升级没有做", f"database: {len(plan)} migrations to apply")
    vendor = connection.vendor
    return True, say(f"数据库：{vendor}，版本一致", f"database: {vendor}, of this version")


def books() -> tuple[bool, str]:
    wrong = books_balance()
    if wrong:
        return False, say(f"账本不平：{'；'.join(wrong[:5])}", f"books do not balance: {'; '.join(wrong[:5])}")
    return True, say("账本：平", "books: balance")


def seals() -> tuple[bool, str]:
    broken = broken_seals()
    if broken:
        listed = ", ".join(map(str, broken[:5]))
        return False, say(f"日志封存：第 {listed} 号对不上", f"journal: seals {listed} do not hold")
    return True, say("日志封存：逐条重算，全部对得上", "journal: every seal holds")


def followers() -> tuple[bool, str]:
    stuck = [f"{cursor.follower} ({cursor.error})" for cursor in Cursor.objects.exclude(error="")]
    aside = parked().count()
    if stuck or aside:
        what = "; ".join(stuck) or "-"
        return False, say(f"后台：搁置 {aside} 条；卡住：{what}", f"worker: {aside} entries set aside; stuck: {what}")
    return True, say("后台：没有卡住的事", "worker: nothing is stuck")


def worker() -> tuple[bool, str]:
    if is_held(data_folder() / "worker.lock"):
        return True, say("后台：在运行", "worker: running")
    return True, say("后台：没有运行（网站停着时如此）", "worker: not running (as when the site is stopped)")


def assets() -> tuple[bool, str]:
    missing = [name for name in ("static/app.css", "static/app.js", "fonts") if not (settings.ASSETS / name).exists()]
    if missing:
        return False, say(f"页面资源缺少：{'、'.join(missing)}", f"assets missing: {', '.join(missing)}")
    return True, say("页面资源：齐全", "assets: complete")


def mode() -> tuple[bool, str]:
    return True, say(f"运行方式：{settings.MODE}", f"mode: {settings.MODE}")


QUESTIONS: dict[str, Callable[[], tuple[bool, str]]] = {
    "mode": mode,
    "database": database,
    "books": books,
    "seals": seals,
    "followers": followers,
    "worker": worker,
    "assets": assets,
}


def answers() -> Iterator[Answer]:
    """Every question, also when the database answers none of them."""
    for question, ask in QUESTIONS.items():
        try:
            sound, text = ask()
        except DatabaseError as error:
            sound, text = False, f"{question}: {error}"
        yield Answer(question, sound, text.strip())
