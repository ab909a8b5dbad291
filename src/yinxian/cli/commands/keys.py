"""`yinxian keys list|new|revoke`: the keys that sign certificates; private halves never leave the database."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ..start import data_folder, migrate, prepare_data, start
from ..words import say, stop

NAME = ("keys", "签证书的密钥：查看、新建（轮换）、作废", "keys that sign certificates: list, new (rotate), revoke")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "act", choices=["list", "new", "revoke"], help=say("查看、新建并轮换、作废", "list, make and rotate, revoke")
    )
    parser.add_argument("key", nargs="?", help=say("作废哪一把，例如 key-1", "which to revoke, for example key-1"))
    parser.add_argument("--reason", default="", help=say("作废的理由", "why it is revoked"))
    parser.add_argument("--association", help=say("哪个协会（默认第一个）", "association (the first one)"))
    parser.add_argument(
        "--as", dest="person", help=say("以谁的身份（手机号；默认协会的管理员）", "as whom (mobile; its administrator)")
    )
    parser.add_argument("--data", type=Path, help=say("数据目录", "data folder"))
    parser.add_argument("--json", action="store_true", help=say("输出 JSON", "print JSON"))


def run(options: argparse.Namespace) -> int:
    start(options.data)
    prepare_data(data_folder())
    migrate()
    from yinxian.credentials.models import IssuerKey
    from yinxian.credentials.operations.issuing import new_key, revoke_key
    from yinxian.kernel.errors import Refusal
    from yinxian.network.members import Role, members_of
    from yinxian.network.models import User

    from .imports import find_owner

    association = find_owner(options.association)
    keepers = members_of(association.pk, (Role.ADMIN,)).order_by("pk")
    actor = User.objects.filter(phone=options.person).first() if options.person else keepers.first()
    if actor is None:
        raise stop("没有找到协会的管理员。", "Found no administrator of the association.")
    try:
        if options.act == "new":
            new_key(association_id=association.pk, actor=actor)
        elif options.act == "revoke":
            if not options.key:
                raise stop("请写明作废哪一把，例如 key-1。", "Say which key, for example key-1.")
            revoke_key(association_id=association.pk, fragment=options.key, actor=actor, reason=options.reason)
    except Refusal as refusal:
        raise stop(refusal.sentence, refusal.sentence) from refusal
    except IssuerKey.DoesNotExist as error:
        raise stop(f"没有这把密钥：{options.key}", f"There is no such key: {options.key}") from error
    rows = [
        {
            "key": key.address,
            "public": key.public,
            "made": key.created_at.isoformat(),
            "retired": key.retired_at.isoformat() if key.retired_at else None,
            "revoked": key.revoked_at.isoformat() if key.revoked_at else None,
        }
        for key in IssuerKey.objects.filter(issuer__association=association).select_related("issuer")
    ]
    if options.json:
        print(json.dumps(rows, indent=2))
    for row in () if options.json else rows:
        word = (
            say("作废", "revoked")
            if row["revoked"]
            else say("已轮换", "retired")
            if row["retired"]
            else say("在用", "signing")
        )
        print(f"{row['key']}  {row['public']}  {word}")
    return 0
