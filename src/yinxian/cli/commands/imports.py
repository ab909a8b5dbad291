"""`yinxian import`: a list of needs or results into the market, all rows or none."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..locks import only_one
from ..start import data_folder, migrate, prepare_data, start
from ..words import say, stop
from .worker import drain_now

if TYPE_CHECKING:
    from yinxian.network.models import Organisation, User

NAME = (
    "import",
    "导入需求或成果（CSV、XLSX、JSON、JSON lines）",
    "import needs or results (CSV, XLSX, JSON, JSON lines)",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=["needs", "results"], help=say("需求或成果", "needs or results"))
    parser.add_argument("file", type=Path, help=say("文件", "the file"))
    parser.add_argument(
        "--owner",
        help=say("归哪个单位（名称或编号；默认第一个协会）", "organisation (name or number; the first association)"),
    )
    parser.add_argument(
        "--as",
        dest="person",
        help=say("以谁的身份（手机号；默认协会的审核员）", "as whom (mobile number; the association's reviewer)"),
    )
    parser.add_argument("--draft", action="store_true", help=say("只作草稿，不发布", "as drafts, not published"))
    parser.add_argument("--data", type=Path, help=say("数据目录", "data folder"))
    parser.add_argument("--json", action="store_true", help=say("输出 JSON", "print JSON"))


def run(options: argparse.Namespace) -> int:
    start(options.data)
    prepare_data(data_folder())
    migrate()
    from yinxian.kernel.errors import Refusal
    from yinxian.market.operations.imports import preview_import, queue_import, run_import

    try:
        data = options.file.read_bytes()
    except OSError as error:
        raise stop(
            f"读不了 {options.file}：{error.strerror}", f"Cannot read {options.file}: {error.strerror}"
        ) from error
    owner = find_owner(options.owner)
    person = find_person(options.person, owner)
    try:
        made = preview_import(
            kind=options.kind,
            data=data,
            file_name=options.file.name,
            owner_id=owner.pk,
            actor=person,
            publish=not options.draft,
            source=options.file.stem,
        )
        if made.error_count:
            for wrong in made.errors[:20]:
                print(
                    say(f"第 {wrong['row']} 行，{wrong['column']}：", f"row {wrong['row']}, {wrong['column']}: ")
                    + wrong["message"],
                    file=sys.stderr,
                )
            raise stop(
                f"有 {made.error_count} 处错误，一行也没有导入。", f"{made.error_count} errors; no row was imported."
            )
        queue_import(run_id=made.pk, actor=person)
        done = run_import(run_id=made.pk, progress=None if options.json else show_progress)
    except Refusal as refusal:
        raise stop(refusal.sentence, refusal.sentence) from refusal
    with only_one(data_folder() / "worker.lock") as mine:
        if mine:
            drain_now()
    if options.json:
        print(json.dumps({"rows": done.rows, "added": done.added, "unchanged": done.unchanged, "run": done.slug}))
    else:
        print(
            say(
                f"读了 {done.rows} 行：新增 {done.added}，早已在库 {done.unchanged}。",
                f"{done.rows} rows: {done.added} added, {done.unchanged} already there.",
            )
        )
    return 0


def show_progress(done: int, rows: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done:,} / {rows:,}", end="", file=sys.stderr, flush=True)


def find_owner(given: str | None) -> Organisation:
    from django.db.models import Q

    from yinxian.network.models import Organisation

    if given:
        found = Organisation.objects.filter(Q(name=given) | Q(slug=given) | Q(name_en=given)).first()
    else:
        found = Organisation.objects.filter(kind=Organisation.Kind.ASSOCIATION).order_by("pk").first()
    if found is None:
        raise stop(
            f"没有这个单位：{given or '协会'}。请先在网站上建立，或用 --owner 指定。",
            f"There is no such organisation: {given or 'association'}. Create it, or name one with --owner.",
        )
    return found


def find_person(phone: str | None, owner: Organisation) -> User:
    from yinxian.network.members import Role, association_for, members_of
    from yinxian.network.models import User

    if phone:
        found = User.objects.filter(phone=phone).first()
    else:
        association = association_for(owner) or owner
        found = members_of(association.pk, (Role.REVIEWER, Role.ADMIN)).order_by("pk").first()
    if found is None:
        raise stop(
            "没有找到可以代为导入的人；请用 --as 手机号 指定。", "Found nobody to import as; name one with --as MOBILE."
        )
    return found
