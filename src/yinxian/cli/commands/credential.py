"""`yinxian credential list|issue|revoke|export|status`: certificates from the command line."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..start import data_folder, migrate, prepare_data, start
from ..words import say, stop

if TYPE_CHECKING:
    from yinxian.credentials.models import Credential, Level
    from yinxian.network.models import Organisation, User

NAME = (
    "credential",
    "证书：列出、颁发、撤销、导出、状态名单",
    "certificates: list, issue, revoke, export, status list",
)
FORMATS = ("json", "jwt", "png", "svg", "pdf")


def arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")

    def act(name: str, zh: str, en: str) -> argparse.ArgumentParser:
        made = acts.add_parser(name, help=say(zh, en), description=say(zh, en))
        made.add_argument("--data", type=Path, help=say("数据目录", "data folder"))
        return made

    def acting(made: argparse.ArgumentParser) -> None:
        made.add_argument("--association", help=say("哪个协会（默认第一个）", "association (the first one)"))
        made.add_argument(
            "--as", dest="person", help=say("以谁的身份（手机号；默认协会的审核员）", "as whom (mobile; its reviewer)")
        )

    listing = act("list", "列出协会颁发的证书", "list what the association has issued")
    listing.add_argument("--state", default="", choices=["", "in_force", "expired", "suspended", "revoked"])
    listing.add_argument("--json", action="store_true", help=say("输出 JSON", "print JSON"))
    acting(listing)
    issuing = act("issue", "凭协会写明的依据颁发一张", "issue one on a ground that the association states")
    issuing.add_argument("--to", required=True, help=say("持证人的手机号或编号", "holder: mobile or number"))
    issuing.add_argument("--level", required=True, help=say("级别的名称或编号", "level: name or number"))
    issuing.add_argument("--ground", required=True, help=say("依据", "on which ground"))
    acting(issuing)
    for name, zh, en in (
        ("revoke", "撤销", "revoke"),
        ("suspend", "暂停", "suspend"),
        ("reinstate", "恢复", "reinstate"),
    ):
        changing = act(name, zh, en)
        changing.add_argument("id", help=say("证书编号", "number of the certificate"))
        changing.add_argument("--reason", required=True, help=say("理由", "why"))
        acting(changing)
    export = act("export", "导出证书文件", "write the certificate as a file")
    export.add_argument("id", help=say("证书编号", "number of the certificate"))
    export.add_argument("--format", required=True, choices=FORMATS)
    export.add_argument("--output", type=Path, help=say("写到哪里（默认标准输出）", "where to (standard output)"))
    status = act("status", "打印状态名单", "print a status list")
    status.add_argument("number", type=int, help=say("名单编号", "number of the list"))
    status.add_argument("--purpose", default="revocation", choices=["revocation", "suspension"])


def run(options: argparse.Namespace) -> int:
    start(options.data)
    prepare_data(data_folder())
    migrate()
    from yinxian.kernel.errors import Refusal

    acts = {"list": _list, "issue": _issue, "export": _export, "status": _status}
    try:
        return acts.get(options.act, _change)(options)
    except Refusal as refusal:
        raise stop(refusal.sentence, refusal.sentence) from refusal


def _whose(options: argparse.Namespace) -> tuple[Organisation, User]:
    from .imports import find_owner, find_person

    association = find_owner(options.association)
    return association, find_person(options.person, association)


def find_level(given: str, association: Organisation) -> Level:
    """A level of the association by its name or number."""
    from django.db.models import Q

    from yinxian.credentials.models import Level

    named = Q(name=given) | Q(slug=given) | Q(name_en=given)
    found = Level.objects.filter(named, association=association).order_by("rank").first()
    if found is None:
        raise stop(f"没有找到：{given}", f"Not found: {given}")
    return found


def _list(options: argparse.Namespace) -> int:
    from yinxian.credentials.queries.register import register

    association, person = _whose(options)
    rows = [
        {
            "id": one.slug,
            "level": one.level.name,
            "holder": one.user.name,
            "state": one.state,
            "from": one.valid_from.date().isoformat(),
            "until": one.valid_until.date().isoformat() if one.valid_until else None,
        }
        for one in register(person, association, state=options.state)
    ]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    for row in () if options.json else rows:
        print(f"{row['id']}  {row['state']:<9}  {row['from']} – {row['until'] or '∞'}  {row['level']}  {row['holder']}")
    return 0


def _issue(options: argparse.Namespace) -> int:
    from django.db.models import Q

    from yinxian.credentials.operations.credentials import issue_credential
    from yinxian.network.models import User

    association, person = _whose(options)
    holder = User.objects.filter(Q(phone=options.to) | Q(slug=options.to)).first()
    if holder is None:
        raise stop(f"没有找到：{options.to}", f"Not found: {options.to}")
    level = find_level(options.level, association)
    made = issue_credential(level_id=level.pk, user_id=holder.pk, actor=person, ground=options.ground)
    print(made.slug)
    return 0


def _found(slug: str) -> Credential:
    from yinxian.credentials.queries.register import credential_for

    found = credential_for(slug)
    if found is None:
        raise stop(f"没有这张证书：{slug}", f"There is no such certificate: {slug}")
    return found


def _change(options: argparse.Namespace) -> int:
    from yinxian.credentials.operations.credentials import change_state

    from .imports import find_person

    found = _found(options.id)
    person = find_person(options.person, found.issuer.association)
    state = {"revoke": "revoked", "suspend": "suspended", "reinstate": "active"}[options.act]
    made = change_state(credential_id=found.pk, actor=person, state=state, reason=options.reason)
    print(f"{made.slug}  {made.state}")
    return 0


def _export(options: argparse.Namespace) -> int:
    from yinxian.credentials.carriers import carried

    made = carried(_found(options.id), options.format)
    if options.output:
        options.output.write_bytes(made)
    else:
        sys.stdout.buffer.write(made)
    return 0


def _status(options: argparse.Namespace) -> int:
    from yinxian.credentials.queries.issuers import list_document

    found = list_document(options.number, options.purpose)
    if found is None:
        raise stop(f"没有第 {options.number} 号名单。", f"There is no list {options.number}.")
    print(json.dumps(found, ensure_ascii=False, indent=2))
    return 0
