"""The questions of `yinxian check`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from yinxian.credentials.models import IssuerKey
from yinxian.credentials.queries.soundness import key_faults
from yinxian.journal.models import Cursor
from yinxian.journal.queries.entries import parked
from yinxian.journal.queries.seals import broken_seals
from yinxian.market.indexing import standing
from yinxian.matching.queries.dense import standing as dense_standing
from yinxian.reputation.queries.recount import differences
from yinxian.settlement.queries.books import books_balance

from .commands.index import standing_text
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


def points() -> tuple[bool, str]:
    wrong = len(differences())
    if wrong:
        return False, say(f"积分：{wrong} 处与日志重算的不同", f"points: {wrong} differ from the journal")
    return True, say("积分：从日志重算，全部相同", "points: the journal gives the same again")


def followers() -> tuple[bool, str]:
    stuck = [f"{cursor.follower} ({cursor.error})" for cursor in Cursor.objects.exclude(error="")]
    aside = parked().count()
    if stuck or aside:
        what = "; ".join(stuck) or "-"
        return False, say(f"后台：搁置 {aside} 条；卡住：{what}", f"worker: {aside} entries set aside; stuck: {what}")
    return True, say("后台：没有卡住的事", "worker: nothing is stuck")


def index() -> tuple[bool, str]:
    found = standing()
    return found.sound, standing_text(found)


def vectors() -> tuple[bool, str]:
    """Of the dense model, where one is given: can it be asked, and has every text on the market its vector?"""
    found = dense_standing()
    if not found.given:
        return True, say("语义向量：没有设模型，撮合只凭词", "vectors: no model given, matches go by words")
    have = say(f"{found.have:,} 条，市场上 {found.listed:,} 条", f"{found.have:,} of {found.listed:,} on the market")
    if found.fault:
        return False, say(
            f"语义向量：模型用不了（{found.fault}），撮合只凭词；{have}",
            f"vectors: the model cannot be used ({found.fault}), matches go by words; {have}",
        )
    if found.up_to_date:
        return True, say(f"语义向量：{have}，都是最新的", f"vectors: {have}, up to date")
    waiting = f"{found.waiting:,}"
    return False, say(
        f"语义向量：{have}，还有 {waiting} 条等着算，由后台补齐",
        f"vectors: {have}, {waiting} waiting: the worker makes them",
    )


KEY_FAULTS = {
    "missing": ("没有在用的密钥", "no key signs"),
    "locked": ("私钥打不开（换过 YINXIAN_CREDENTIALS_SECRET？）", "the private half cannot be read"),
    "other": ("私钥与公钥不是一对", "the private half is another key's"),
    "unknown": ("与 DID 文档对不上", "not as the DID document says"),
    "revoked": ("作废之后仍被用来签名", "used for signing after it was revoked"),
}


def keys() -> tuple[bool, str]:
    """The keys that sign certificates: readable, as the DID document says, none revoked and still used."""
    faults = [f"{address} {say(*KEY_FAULTS[code])}" for code, address in key_faults()]
    if faults:
        return False, say(f"证书密钥：{'；'.join(faults[:5])}", f"certificate keys: {'; '.join(faults[:5])}")
    number = IssuerKey.objects.filter(retired_at=None, revoked_at=None).count()
    return True, say(f"证书密钥：{number} 把在用，完好", f"certificate keys: {number} in use, sound")


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
    "keys": keys,
    "points": points,
    "followers": followers,
    "index": index,
    "vectors": vectors,
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
