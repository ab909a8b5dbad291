"""`yinxian recognition list|show|grant|revoke`: what an association recognises of others."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..start import data_folder, migrate, prepare_data, start
from ..words import say, stop

if TYPE_CHECKING:
    from yinxian.credentials.models import Recognition

NAME = (
    "recognition",
    "互认：列出、查看、签出、终止认可书",
    "recognition of others: list, show, grant, revoke endorsements",
)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(say(f"不是日期：{text}", f"not a date: {text}")) from error


def arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")

    def act(name: str, zh: str, en: str) -> argparse.ArgumentParser:
        made = acts.add_parser(name, help=say(zh, en), description=say(zh, en))
        made.add_argument("--data", type=Path, help=say("数据目录", "data folder"))
        made.add_argument("--json", action="store_true", help=say("输出 JSON", "print JSON"))
        return made

    def acting(made: argparse.ArgumentParser) -> None:
        made.add_argument(
            "--as", dest="person", help=say("以谁的身份（手机号；默认协会的审核员）", "as whom (mobile; its reviewer)")
        )

    def association(made: argparse.ArgumentParser) -> None:
        made.add_argument("--association", help=say("哪个协会（默认第一个）", "association (the first one)"))

    listing = act("list", "列出认可书，现行的在前", "list endorsements, those in force first")
    listing.add_argument("--in-force", action="store_true", help=say("只列现行的", "only those in force"))
    association(listing)
    showing = act("show", "打印签出的认可书", "print the signed endorsement")
    showing.add_argument("id", help=say("认可书编号", "number of the endorsement"))
    granting = act("grant", "认可另一家的一个级别", "recognise a level of another association")
    granting.add_argument("--issuer", required=True, help=say("对方的 DID", "their DID"))
    granting.add_argument("--issuer-name", required=True, help=say("对方的名称", "their name"))
    granting.add_argument("--their-level", required=True, help=say("对方级别的网址", "address of their level"))
    granting.add_argument("--their-level-name", required=True, help=say("对方级别的名称", "name of their level"))
    granting.add_argument(
        "--equals", required=True, help=say("相当于本会哪个级别（名称或编号）", "which level of ours (name or number)")
    )
    granting.add_argument("--conditions", default="", help=say("条件", "conditions"))
    granting.add_argument("--from", dest="since", type=_day, help=say("从哪天起（默认今天）", "from (today)"))
    granting.add_argument("--until", required=True, type=_day, help=say("到哪天为止", "until"))
    association(granting)
    acting(granting)
    revoking = act("revoke", "终止一份认可书；以前的决定不变", "end an endorsement; decisions before it stand")
    revoking.add_argument("id", help=say("认可书编号", "number of the endorsement"))
    revoking.add_argument("--reason", required=True, help=say("理由", "why"))
    acting(revoking)


def run(options: argparse.Namespace) -> int:
    start(options.data)
    prepare_data(data_folder())
    migrate()
    from yinxian.kernel.errors import Refusal

    acts = {"list": _list, "show": _show, "grant": _grant, "revoke": _revoke}
    try:
        return acts[options.act](options)
    except Refusal as refusal:
        raise stop(refusal.sentence, refusal.sentence) from refusal


def _row(one: Recognition) -> dict[str, Any]:
    from yinxian.kernel import clock

    return {
        "id": one.slug,
        "issuer": one.issuer_did,
        "issuer_name": one.issuer_name,
        "their_level": one.their_level,
        "their_level_name": one.their_level_name,
        "equals": one.equals.name,
        "version": one.version,
        "from": one.valid_from.isoformat(),
        "until": one.valid_until.isoformat(),
        "in_force": one.holds_on(clock.today()),
        "reason": one.reason if one.ended_at else "",
    }


def _print(rows: list[dict[str, Any]], *, as_json: bool) -> int:
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    for row in () if as_json else rows:
        word = say("现行", "in force") if row["in_force"] else say("不在有效期", "not in force")
        level = f"{row['issuer_name']} {row['their_level_name']} = {row['equals']}"
        print(f"{row['id']}  v{row['version']}  {row['from']} – {row['until']}  {word}  {level}")
    return 0


def _list(options: argparse.Namespace) -> int:
    from yinxian.credentials.queries.recognition import recognitions_of

    from .imports import find_owner

    rows = [_row(one) for one in recognitions_of(find_owner(options.association))]
    rows.sort(key=lambda row: not row["in_force"])
    return _print([row for row in rows if row["in_force"] or not options.in_force], as_json=options.json)


def _found(slug: str) -> Recognition:
    from yinxian.credentials.models import Recognition

    found = Recognition.objects.select_related("association", "equals").filter(slug=slug).first()
    if found is None:
        raise stop(f"没有这份认可书：{slug}", f"There is no such endorsement: {slug}")
    return found


def _show(options: argparse.Namespace) -> int:
    print(json.dumps(_found(options.id).document, ensure_ascii=False, indent=2))
    return 0


def _grant(options: argparse.Namespace) -> int:
    from yinxian.credentials.operations.recognitions import recognise
    from yinxian.kernel import clock

    from .credential import find_level
    from .imports import find_owner, find_person

    association = find_owner(options.association)
    level = find_level(options.equals, association)
    values = {
        "issuer_did": options.issuer,
        "issuer_name": options.issuer_name,
        "their_level": options.their_level,
        "their_level_name": options.their_level_name,
        "conditions": options.conditions,
        "valid_from": options.since or clock.today(),
        "valid_until": options.until,
    }
    actor = find_person(options.person, association)
    made = recognise(association_id=association.pk, actor=actor, equals_id=level.pk, values=values)
    return _print([_row(made)], as_json=True) if options.json else _said(made)


def _revoke(options: argparse.Namespace) -> int:
    from yinxian.credentials.operations.recognitions import end_recognition

    from .imports import find_person

    found = _found(options.id)
    actor = find_person(options.person, found.association)
    made = end_recognition(recognition_id=found.pk, actor=actor, reason=options.reason)
    return _print([_row(made)], as_json=True) if options.json else _said(made)


def _said(made: Recognition) -> int:
    print(made.slug)
    return 0
