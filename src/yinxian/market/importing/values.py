"""One row to the values of a listing, or to the errors of its cells."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from yinxian.kernel.errors import Refusal
from yinxian.kernel.money import parse_yuan
from yinxian.kernel.regions import REGIONS

from ..codes import Field, Mode
from ..intake.siblings import siblings
from .readers import FORMULA, Row

WORDS_LIMIT = 200_000
LIMITS = {"title": 200, "title_en": 300, "contact_name": 60, "contact_phone": 40, "industry": 4, "ipc": 60}
LIMITS |= {"wished_ip": 200, "payment_wish": 200, "source_key": 120}
SPLIT = re.compile(r"[、,，;；/|\n]+")
INVISIBLE = dict.fromkeys([0, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
FIELD_NAMES = {label: code for code, label in Field.choices}
MODE_WORDS = {
    "开发": Mode.DEVELOPMENT,
    "转让": Mode.ASSIGNMENT,
    "许可": Mode.LICENCE,
    "咨询": Mode.CONSULTING,
    "服务": Mode.SERVICE,
    "共建": Mode.JOINT,
    "股": Mode.INVESTMENT,
    "融资": Mode.INVESTMENT,
    "人才": Mode.TALENT,
}


@dataclass
class Read:
    """What a row says. ``errors`` is [{"row", "column", "message"}]; with one, the row is not imported."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[dict[str, Any]] = field(default_factory=list)


def read_row(kind: str, number: int, row: Row, mapping: dict[str, str], today: dt.date) -> Read:
    """Read one row by the mapping of its columns; ``number`` counts rows of data from 1."""
    read = Read(number)
    for column, name in mapping.items():
        try:
            _read_cell(read.values, name, row.get(column), today)
        except (ValueError, Refusal) as error:
            read.errors.append({"row": number, "column": column, "message": str(error)})
    _complete(kind, read, {name: column for column, name in mapping.items()})
    return read


def read_needs(kind: str, number: int, row: Row, mapping: dict[str, str], today: dt.date) -> list[Read]:
    """As ``read_row``; a row that numbers several needs (需求一：… 需求二：…) gives each. They share what the row says
    of them all but the budget, which nobody has divided."""
    read = read_row(kind, number, row, mapping, today)
    values = read.values
    several = siblings(values["raw_words"]) if kind == "needs" and not read.errors else []
    if not several:
        return [read]
    titled = values["title"] != _title_of(values["raw_words"])
    shared = {name: value for name, value in values.items() if not name.startswith("budget")}
    return [
        Read(
            number,
            shared
            | {
                "raw_words": one.text,
                "title": f"{values['title'][:190]}（{place}）" if titled else _title_of(one.own),
                "source_key": f"{values['source_key'][:110]}-{place}",
            },
        )
        for place, one in enumerate(several, 1)
    ]


def _title_of(words: str) -> str:
    return re.split(r"[。\n；!！?？]", words, maxsplit=1)[0][:60]


def text_of(value: Any) -> str:
    """A cell as text without invisible and control characters; lists are joined."""
    if value is None:
        return ""
    if value == FORMULA:
        raise ValueError(_("这一格是公式，文件里没有存下它的结果；请在 Excel 里打开、保存后再传"))
    if isinstance(value, (list, tuple)):
        return "、".join(text_of(part) for part in value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).translate(INVISIBLE).encode("utf-8", "ignore").decode().strip()


def _read_cell(values: dict[str, Any], name: str, value: Any, today: dt.date) -> None:
    text = text_of(value)
    if not text:
        return
    if len(text) > LIMITS.get(name, WORDS_LIMIT):
        limit = LIMITS.get(name, WORDS_LIMIT)
        raise ValueError(_("太长：最多 %(limit)s 个字") % {"limit": f"{limit:,}"})
    if name == "field":
        values[name] = _field(text)
    elif name == "region":
        values[name] = _region(text)
    elif name == "modes":
        values[name] = _modes(text)
    elif name == "keywords":
        values[name] = [word.strip()[:40] for word in SPLIT.split(text) if word.strip()][:3]
    elif name in ("budget", "price"):
        low, high = _amounts(text)
        prefix = "budget" if name == "budget" else "price"
        values[f"{prefix}_low_fen"], values[f"{prefix}_high_fen"] = low, high
    elif name == "deadline":
        values[name] = _date(value, text, today)
    elif name == "trl":
        values[name] = _trl(text)
    else:
        values[name] = text


def _field(text: str) -> str:
    code = (
        text.zfill(2)
        if text.isdigit()
        else next((c for label, c in FIELD_NAMES.items() if text in (label, str(label))), "")
    )
    if code not in Field.values:
        raise ValueError(_("没有这个技术领域；请写 01 到 11 的代码或名称"))
    return code


def _region(text: str) -> str:
    digits = text[:6]
    if digits.isdigit() and len(digits) == 6:
        if digits[:2] + "0000" not in REGIONS:
            raise ValueError(_("没有这个行政区划代码"))
        return digits
    found = next((code for code, name in REGIONS.items() if text.startswith(name[:2])), None)
    if found is None:
        raise ValueError(_("没有这个地区；请写省份名称或六位代码"))
    return found


def _modes(text: str) -> list[str]:
    found: list[str] = []
    for part in SPLIT.split(text):
        mode = part.strip().lower()
        code = mode if mode in Mode.values else next((m for word, m in MODE_WORDS.items() if word in part), None)
        if code is None:
            raise ValueError(_("不认识的合作方式：%(mode)s") % {"mode": part[:20]})
        if str(code) not in found:
            found.append(str(code))
    return found


def _amounts(text: str) -> tuple[int | None, int | None]:
    """``40-60万`` is a range, ``48万`` both ends, 面议 none; fen."""
    if text in ("面议", "待定", "negotiable", "open"):
        return None, None
    parts = re.split(r"\s*(?:-|~|—|－|至|到)\s*", text)
    if len(parts) == 2 and parts[0] and parts[1]:
        unit = next((word for word in ("亿", "万") if word in parts[1] and word not in parts[0]), "")
        low, high = parse_yuan(parts[0].replace("元", "") + unit), parse_yuan(parts[1])
        if low > high:
            raise ValueError(_("下限大于上限"))
        return low, high
    amount = parse_yuan(text)
    return amount, amount


def _date(value: Any, text: str, today: dt.date) -> dt.date:
    if isinstance(value, dt.datetime):
        found = value.date()
    elif isinstance(value, dt.date):
        found = value
    else:
        numbers = re.findall(r"\d+", text)[:3]
        try:
            found = dt.date(int(numbers[0]), int(numbers[1]), int(numbers[2]))
        except (ValueError, IndexError, OverflowError) as error:
            raise ValueError(_("日期看不懂；请写成 2027-06-30")) from error
    if found < today:
        raise ValueError(_("日期已经过去"))
    return found


def _trl(text: str) -> int:
    digits = re.search(r"\d+", text)
    if digits is None or not 1 <= int(digits.group()) <= 9:
        raise ValueError(_("技术成熟度是 1 到 9"))
    return int(digits.group())


def _complete(kind: str, read: Read, column_of: dict[str, str]) -> None:
    """What a row must have; a title is made of the first words, a key of the content, where there is none."""
    values = read.values
    body = "raw_words" if kind == "needs" else "description"
    if kind == "needs" and not values.get(body) and values.get("title"):
        values[body] = values["title"]  # a need of one line: the line is all that the company said
    needed = (body,) if kind == "needs" else ("title", body)
    failed = {error["column"] for error in read.errors}
    for name in needed:
        if not values.get(name) and column_of.get(name) not in failed:
            read.errors.append({"row": read.number, "column": column_of.get(name, name), "message": _("不能为空")})
    if read.errors:
        return
    if not values.get("title"):
        values["title"] = _title_of(values[body])
    if not values.get("source_key"):
        content = f"{values['title']}\n{values[body]}".encode()
        values["source_key"] = hashlib.sha256(content).hexdigest()[:32]
