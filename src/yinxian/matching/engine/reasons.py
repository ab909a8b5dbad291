"""Reasons in words. A reason is a code with parameters, so that each reader gets it in their own language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .explain import Carried, folded
from .fit import FAIL, MET, UNKNOWN, Table
from .score import Offer, Signals
from .wanted import Wanted

STRONG_TEXT, WEAK_TEXT = 55.0, 30.0  # points from words: from here on the same thing; below here hardly a common word
MOST_NAMES = 3

SENTENCES = {
    "same_thing": _("做的像是同一件事：都在说%(terms)s。"),
    "shared_words": _("有共同的说法：%(terms)s。是不是同一件事，要问。"),
    "other_road": _("共同的词很少，按领域和指标找到，可能是另一条路。"),
    "field_agrees": _("领域一致：%(field)s。"),
    "field_near": _("领域相近：%(field)s。"),
    "field_differs": _("领域不同：对方是%(field)s。"),
    "fit_all": _("%(total)s 项指标全部达到。"),
    "fit_met": _("%(total)s 项指标里 %(met)s 项达到。"),
    "fit_fail": _("未达：%(names)s。"),
    "fit_ask": _("待问：%(names)s。"),
    "fit_none": _("要求的指标对方一项都没有给出，先问。"),
    "mode_agrees": _("合作方式对得上：%(modes)s。"),
    "mode_differs": _("合作方式不同：对方提供%(modes)s。"),
    "price_within": _("价格在预算以内。"),
    "price_above": _("价格高于预算。"),
    "price_open": _("价格面议。"),
    "stage_suits": _("成熟度 TRL %(trl)s，期限之内用得上。"),
    "stage_early": _("成熟度只有 TRL %(trl)s，期限之内怕来不及。"),
    "expires_soon": _("这条信息 %(day)s 到期，先问对方是否还有效。"),
}
KIND = {
    "fit_all": "met", "fit_fail": "fail", "fit_ask": "unknown", "mode_differs": "unknown", "price_within": "met",
    "fit_none": "unknown",
    "price_above": "fail", "price_open": "unknown", "stage_suits": "met", "stage_early": "fail",
    "field_agrees": "met", "mode_agrees": "met", "expires_soon": "unknown", "same_thing": "met",
}  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """``params`` hold codes (fields, modes), figures, ISO dates and words that both texts share, nothing else."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "params": dict(self.params)}


def reasons_for(wanted: Wanted, offer: Offer, table: Table, signals: Signals, terms: Sequence[Carried]) -> list[Reason]:
    """Why a result stands where it does, most telling first."""
    said = signals.said
    found = [_words_reason(wanted, signals, terms)]
    found += _fit_reasons(table)
    if (verdict := said.get("field")) is not None:
        found.append(Reason(f"field_{verdict}", {"field": offer.field}))
    if (verdict := said.get("mode")) is not None:
        shared = [mode for mode in offer.modes if mode in wanted.modes]
        found.append(Reason(f"mode_{verdict}", {"modes": shared or list(offer.modes)}))
    if (verdict := said.get("price")) is not None:
        found.append(Reason(f"price_{verdict}"))
    if (verdict := said.get("stage")) is not None:
        found.append(Reason(f"stage_{verdict}", {"trl": offer.trl}))
    if "freshness" in said and offer.fresh_until:
        found.append(Reason("expires_soon", {"day": offer.fresh_until.isoformat()}))
    return found


def _words_reason(wanted: Wanted, signals: Signals, terms: Sequence[Carried]) -> Reason:
    """Words that name the matter are said first, though rarer ones may have weighed more."""
    points = signals.points.get("text", 0.0)
    subject = folded(wanted.subject)
    ordered = sorted(terms, key=lambda term: term.phrase not in subject)
    phrases = [term.phrase for term in ordered[:MOST_NAMES]]
    if phrases and points >= STRONG_TEXT:
        return Reason("same_thing", {"terms": phrases})
    if phrases and points >= WEAK_TEXT:
        return Reason("shared_words", {"terms": phrases})
    return Reason("other_road")


def _fit_reasons(table: Table) -> list[Reason]:
    if not table.rows:
        return []
    if table.met == len(table.rows):
        return [Reason("fit_all", {"total": len(table.rows)})]
    if all(row.offered is None for row in table.rows):
        return [Reason("fit_none")]
    found = [Reason("fit_met", {"total": len(table.rows), "met": table.met})] if table.count(MET) else []
    for code, verdict in (("fit_fail", FAIL), ("fit_ask", UNKNOWN)):
        if names := table.named(verdict):
            found.append(Reason(code, {"names": names[:MOST_NAMES]}))
    return found


def sentence(reason: Mapping[str, Any] | Reason, labels: Mapping[str, Callable[[Any], str]]) -> str:
    """The reason in the reader's language. ``labels`` say how codes read: ``field``, ``modes``, ``day``.

    An unknown code (kept by a newer version) gives an empty sentence rather than a broken page.
    """
    kept = reason.as_json() if isinstance(reason, Reason) else reason
    text = SENTENCES.get(str(kept.get("code")))
    if text is None:
        return ""
    shown = {name: _shown(name, value, labels) for name, value in (kept.get("params") or {}).items()}
    return str(text) % shown


def _shown(name: str, value: Any, labels: Mapping[str, Callable[[Any], str]]) -> str:
    if isinstance(value, list):
        return _listed([labels[name](item) if name in labels else str(item) for item in value])
    return labels[name](value) if name in labels else str(value)


def _listed(items: Sequence[str]) -> str:
    return (", " if (get_language() or "").startswith("en") else "、").join(items)


def day(value: str) -> date | None:
    """A date that was kept in JSON."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
