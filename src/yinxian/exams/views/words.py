"""Answers, keys and reasons of scores in words. Keys only for those who may see them: the callers ask."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from yinxian.credentials.models import Module
from yinxian.kernel.fields import Field
from yinxian.kernel.money import show_yuan
from yinxian.kernel.quantity import plain

from ..models import Kind, PaperItem, QuestionVersion
from ..models.bank import english
from ..pictures import option_bars
from ..queries.sittings import Marked
from ..queries.statistics import ItemRow
from ..rules.scoring import HUNDRED, YUAN, indicator_text

UNITS = {"人": "people", "天": "days", "年": "years", "个月": "months", "件": "pieces"}
CHOICES = (Kind.SINGLE, Kind.SEVERAL, Kind.TRUTH)


def points(hundredths: int) -> str:
    """Hundredths of a point as people write them: 1250 is 12.5."""
    return f"{hundredths / HUNDRED:.2f}".rstrip("0").rstrip(".")


def answer_in_words(item: PaperItem, answer: Mapping[str, Any]) -> str:
    """What was answered, letters as on this paper; nothing when it was left blank."""
    if not answer:
        return ""
    kind = item.version.question.kind
    if kind in CHOICES:
        return _options(item.version, item.order, answer["chosen"])
    if kind == Kind.NUMBER:
        return f"{answer['value']} {answer['unit']}".strip()
    return str(answer["text"]) if kind == Kind.SHORT else _case(answer)


def key_in_words(item: PaperItem) -> str:
    """The right answer, letters as on this paper."""
    return key_of(item.version, item.order)


def key_of(version: QuestionVersion, order: list[str] | None = None) -> str:
    """The right answer; without an order, letters in the author's."""
    kind, key = version.question.kind, version.key
    if kind in CHOICES:
        return _options(version, order or [one["id"] for one in version.options], key["right"])
    if kind == Kind.NUMBER:
        value, unit = _of(key["value"], key["unit"])
        spread = f" ± {_of(key['tolerance'], key['unit'])[0]}" if key["tolerance"] != "0" else ""
        return f"{value}{spread} {unit}".strip()
    if kind == Kind.SHORT:
        own, other = (key["guide_en"], key["guide"]) if english() else (key["guide"], key["guide_en"])
        return str(own or other)
    return _case(key)


def _of(value: str, unit: str) -> tuple[str, str]:
    """A figure as the reader writes it: 100 万元 is 1,000,000 yuan in English."""
    if not english():
        return value, unit
    times = YUAN.get(unit)
    return (f"{Decimal(plain(Decimal(value) * times)):,f}", "yuan") if times else (value, UNITS.get(unit, unit))


def _options(version: QuestionVersion, order: list[str], chosen: list[str]) -> str:
    texts = version.option_texts()
    if version.question.kind == Kind.TRUTH:
        return "、".join(texts[one] for one in chosen)
    return "\n".join(
        f"{'ABCDEFGHIJ'[place]}. {texts.get(name, '')}" for place, name in enumerate(order) if name in chosen
    )


def field_name(code: str) -> str:
    return str(dict(Field.choices).get(code, code))


def _budget(given: Mapping[str, int] | None) -> str:
    if not given:
        return _("没有写")
    low, high = show_yuan(given["low_fen"]), show_yuan(given["high_fen"])
    return low if low == high else f"{low}–{high}"


def _case(lines: Mapping[str, Any]) -> str:
    months = lines["duration_months"]
    return "\n".join(
        [
            *[indicator_text(one) for one in lines["indicators"]],
            _("领域：%(field)s") % {"field": field_name(lines["field"]) or _("没有写")},
            _("预算（元）：%(budget)s") % {"budget": _budget(lines["budget"])},
            _("工期（月）：%(months)s") % {"months": months or _("没有写")},
        ]
    )


def lines_in_words(mark: Marked) -> list[dict[str, Any]]:
    """Why a rule gave what it gave, line by line; of choices and numbers there is one line and the key says it."""
    if mark.item.version.question.kind != Kind.CASE:
        return []
    names = {
        "indicator": _("指标"),
        "extra": _("多写的指标"),
        "field": _("技术领域"),
        "budget": _("预算"),
        "duration": _("工期"),
        "blank": _("没有作答"),
    }
    found = []
    for score in mark.scores:
        for line in score.lines:
            shown = {part: _shown(line["what"], line[part]) for part in ("key", "said")}
            got = {
                "got": points(line["hundredths"]),
                "of": points(line["of"]),
                "full": line["hundredths"] == line["of"],
            }
            found.append({"name": names.get(line["what"], line["what"]), **shown, **got})
    return found


def _shown(what: str, text: str) -> str:
    if not text:
        return "—"
    if what == "field":
        return field_name(text)
    if what == "budget":
        low, _sep, high = text.partition("-")
        return _budget({"low_fen": int(low), "high_fen": int(high)})
    return text


def modules_in_words(by_module: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
    """Each module with its share, in the order of the syllabus."""
    found = []
    for code, label in Module.choices:
        if code in by_module:
            part = by_module[code]
            share = part["hundredths"] * 100 // (part["points"] * HUNDRED)
            row = {"name": label, "got": points(part["hundredths"]), "of": part["points"], "percent": share}
            found.append(row)
    return found


def statistics_in_words(row: ItemRow) -> dict[str, Any]:
    """The statistics of one version with its picture of option use."""
    found, version = row.found, row.version
    options = []
    if version.question.kind in CHOICES:
        right, texts = version.key["right"], version.option_texts()
        options = [(text, found.used.get(name, 0), name in right) for name, text in texts.items()]
        options.append((str(_("没有作答")), found.blank, False))
    return {
        "version": version,
        "found": found,
        "p": f"{found.difficulty:.2f}",
        "r": _figure(found.discrimination),
        "d": _figure(found.upper_lower),
        "verdict": verdict(row),
        "picture": option_bars(_("各选项选了多少次"), options, found.n) if options else "",
        "options": options,
    }


def _figure(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"


def verdict(row: ItemRow) -> str:
    """What the figures ask the author to look at; nothing where they ask nothing."""
    found = row.found
    if found.discrimination is None:
        return str(_("看不出区分度：人太少，或都答得一样"))
    if found.discrimination < 0:
        return str(_("分高的人反而答错：先查答案对不对"))
    if found.discrimination < 0.2:
        return str(_("分不开高低：看看题干和选项"))
    if found.difficulty > 0.95:
        return str(_("几乎人人答对"))
    if found.difficulty < 0.2:
        return str(_("很少有人答对"))
    return ""
