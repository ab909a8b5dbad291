"""Take over a list of members that an association kept before: all of it, or nothing with the lines that are wrong."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Forbidden, Invalid
from yinxian.kernel.text import clean
from yinxian.market.importing.readers import read_rows
from yinxian.network.models import User
from yinxian.network.phones import plain_phone

from .. import permissions
from ..days import sensible
from ..models import Branch, Member
from .associations import locked_association
from .members import next_number

COLUMNS = {
    "number": "会员号 编号 number no",
    "name": "名称 姓名 单位名称 name",
    "kind": "类别 类型 kind",
    "phone": "手机号 电话 联系电话 phone",
    "branch": "分会 branch",
    "valid_from": "会籍起 入会日期 from",
    "valid_until": "会籍止 有效期至 until",
}
KNOWN = {alias: name for name, aliases in COLUMNS.items() for alias in aliases.split()}
KINDS = {"": "person", "个人": "person", "person": "person", "单位": "organisation", "organisation": "organisation"}
MOST_PROBLEMS = 50


@dataclass(frozen=True)
class Taken:
    """``known`` rows were on the list already, by number or by name and phone; ``problems`` are (line, sentence)."""

    added: int
    known: int
    problems: list[tuple[int, str]]


@transaction.atomic
def import_members(*, association_id: int, actor: User, data: bytes, file_name: str) -> Taken:
    """Rows of CSV, XLSX or JSON under the heads of our own export. With one wrong line nothing is taken over; the same
    list again adds nobody. Invalid for a file that cannot be read or has no column of names."""
    association = locked_association(association_id)
    if not permissions.can_keep_members(actor, association):
        raise Forbidden("alliances.not_yours_to_decide")
    rows = read_rows(data, file_name)
    mapping = {head: KNOWN[head.strip().lower()] for head in rows[0] if head.strip().lower() in KNOWN}
    if "name" not in mapping.values():
        raise Invalid("alliances.no_name_column", field="file")
    branches = {one.name: one for one in Branch.objects.filter(association=association, closed_at=None)}
    there = Member.objects.filter(association=association).values_list("number", "name", "phone")
    numbers = {number for number, _name, _phone in there if number}
    persons = {(name, phone) for _number, name, phone in there}
    made: list[Member] = []
    problems: list[tuple[int, str]] = []
    known = 0
    for line, row in enumerate(rows, start=2):
        try:
            read = _read({mapping[head]: row.get(head) for head in mapping}, branches)
        except ValueError as error:
            problems.append((line, str(error)))
            continue
        number, person = str(read["number"]), (read["name"], read["phone"])
        if (number and number in numbers) or (not number and person in persons):
            known += 1
            continue
        numbers.add(number)
        persons.add(person)
        made.append(Member(association=association, applied_by=actor, decided_by=actor, decided_at=clock.now(), **read))
    if problems:
        return Taken(0, known, problems[:MOST_PROBLEMS])
    for one in made:
        one.number = one.number or next_number(association.pk)
        one.state = Member.State.LAPSED if one.valid_until and one.valid_until < clock.today() else Member.State.ACTIVE
        one.save()
    if made:
        journal.record(
            "alliances.members.imported",
            actor=actor,
            subject=association,
            data={"count": len(made)},
            organisations=[association.pk],
        )
    return Taken(len(made), known, [])


def _read(cells: Mapping[str, Any], branches: Mapping[str, Branch]) -> dict[str, Any]:
    """One row. ValueError says in the reader's language what is wrong with it."""
    text = {name: _text(cells.get(name)) for name in COLUMNS}
    if not text["name"] or len(text["name"]) > 120:
        raise ValueError(_("名称要有 1 到 120 个字"))
    if text["kind"].lower() not in KINDS:
        raise ValueError(_("类别只能是“个人”或“单位”"))
    if text["branch"] and text["branch"] not in branches:
        raise ValueError(_("没有叫“%(name)s”的分会") % {"name": text["branch"][:60]})
    if len(text["number"]) > 30:
        raise ValueError(_("会员号最多 30 个字"))
    since, until = _day(cells.get("valid_from")), _day(cells.get("valid_until"))
    since = since or (min(until, clock.today()) if until else clock.today())
    if until and until < since:
        raise ValueError(_("会籍止早于会籍起"))
    phone = plain_phone(text["phone"])
    return {
        "number": text["number"],
        "name": text["name"],
        "kind": KINDS[text["kind"].lower()],
        "phone": phone if len(phone) <= 20 else "",
        "branch": branches.get(text["branch"]),
        "valid_from": since,
        "valid_until": until,
    }


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a spreadsheet keeps a phone number as a figure
    return re.sub(r"\s+", " ", clean(str(value))).strip() if value is not None else ""


def _day(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        value = value.date()
    if not isinstance(value, dt.date):
        text = _text(value).replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-")
        if not text:
            return None
        found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})( 0?0:00(:00)?)?", text)
        if found is None:
            raise ValueError(_("日期看不懂：请写成 2026-03-04"))
        try:
            value = dt.date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError as error:
            raise ValueError(_("没有这一天：%(text)s") % {"text": text[:20]}) from error
    if not sensible(value):
        raise ValueError(_("日期看不懂：请写成 2026-03-04"))
    found_day: dt.date = value
    return found_day
