"""Reasons in words. A reason is a code with parameters, so that each reader gets it in their own language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .evidence import NONE, Evidence
from .explain import Carried, folded
from .fit import FAIL, MET, UNKNOWN, Table
from .functions import book
from .score import Offer, Signals
from .wanted import Wanted

STRONG_TEXT, WEAK_TEXT = 35.0, 19.0  # points from words: from here on the same thing; below here hardly a common word
MOST_NAMES = 3
SURE, ALL_BUT = 0.5, 46.0  # trust in rarity; points from words that are enough where there is none
TELLING = 1.0  # standard deviations from the other candidates
PRODUCTS = "products"  # functions that are named by what is made: no sentence says that this is to be done

SENTENCES = {
    "same_thing": _("做的像是同一件事：都在说%(terms)s。"),
    "shared_words": _("有共同的说法：%(terms)s。是不是同一件事，要问。"),
    "same_act": _("要做的事和对象都对得上：%(acts)s。"),
    "by_means": _("需求要做的是%(function)s，它用的是%(means)s。"),
    "by_names": _("换了说法：需求说%(ours)s，它说%(theirs)s。"),
    "dense_near": _("语义模型看，它比别的候选更接近需求。"),
    "dense_far": _("语义模型看，它比别的候选离需求更远。"),
    "hardly_shared": _("几乎没有共同的词。"),
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
    "region_same": _("同在一个省。"),
    "record_good": _("这家的成果常被选中：%(decided)s 次里 %(good)s 次入围。"),
    "record_mixed": _("这家的成果 %(decided)s 次里 %(good)s 次入围。"),
    "expires_soon": _("这条信息 %(day)s 到期，先问对方是否还有效。"),
}
KIND = {
    "fit_all": "met", "fit_fail": "fail", "fit_ask": "unknown", "mode_differs": "unknown", "price_within": "met",
    "fit_none": "unknown",
    "price_above": "fail", "price_open": "unknown", "stage_suits": "met", "stage_early": "fail",
    "region_same": "met", "record_good": "met",
    "same_act": "met",
    "by_means": "met", "field_agrees": "met", "mode_agrees": "met", "expires_soon": "unknown", "same_thing": "met",
}  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """``params`` hold codes (fields, modes), figures, ISO dates and words that both texts share, nothing else."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "params": dict(self.params)}


def reasons_for(
    wanted: Wanted,
    offer: Offer,
    table: Table,
    signals: Signals,
    terms: Sequence[Carried],
    evidence: Evidence = NONE,
    trust: float = 1.0,
) -> list[Reason]:
    """Why a result stands where it does, most telling first. ``trust`` is how far rare words tell things apart in this
    market (see terms.plan): in a small one a shared word may be chance."""
    said = signals.said
    found = [_words_reason(wanted, signals, terms, evidence, trust, table), *_evidence_reasons(evidence)]
    if abs(evidence.by_dense) >= TELLING:
        found.append(Reason("dense_near" if evidence.by_dense > 0 else "dense_far"))
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
    if "region" in said:
        found.append(Reason("region_same"))
    if (verdict := said.get("record")) is not None:
        found.append(Reason(f"record_{verdict}", {"good": offer.record[0], "decided": offer.record[1]}))
    if "freshness" in said and offer.fresh_until:
        found.append(Reason("expires_soon", {"day": offer.fresh_until.isoformat()}))
    return found


def _words_reason(
    wanted: Wanted, signals: Signals, terms: Sequence[Carried], evidence: Evidence, trust: float, table: Table
) -> Reason:
    """Words that name the matter are said first, though rarer ones may have weighed more. The same thing is said only
    of what shares many words and, in a market too small for rarity to tell, also what is to be done or nearly all."""
    points = signals.points.get("text", 0.0)
    subject = folded(wanted.subject)
    ordered = sorted(terms, key=lambda term: term.phrase.casefold() not in subject)
    phrases = [term.phrase for term in ordered[:MOST_NAMES]]
    sure = trust >= SURE or bool(evidence.acts) or points >= ALL_BUT
    if phrases and points >= STRONG_TEXT and sure:
        return Reason("same_thing", {"terms": phrases})
    if phrases and points >= WEAK_TEXT:
        return Reason("shared_words", {"terms": phrases})
    near = bool(signals.points.get("text")) or signals.said.get("field") in ("agrees", "near") or table.met > 0
    return Reason("other_road" if near else "hardly_shared")


def _evidence_reasons(evidence: Evidence) -> list[Reason]:
    """The function that most of the means serve, with them; the names that differ most tellingly."""
    found = []
    done = [(function, thing) for function, thing in evidence.acts if _is_done(function)]
    if done:
        said = [f"{function}·{thing}" for function, thing in done[:MOST_NAMES]]
        found.append(Reason("same_act", {"acts": said}))
    acts = [function for function, _ in evidence.means if _is_done(function)]
    if acts:
        function = acts[0]
        means = [mean for served, mean in evidence.means if served == function]
        found.append(Reason("by_means", {"function": function, "means": means[:MOST_NAMES]}))
    if evidence.names:
        ours, theirs = evidence.names[0]
        found.append(Reason("by_names", {"ours": ours, "theirs": theirs}))
    return found


def _is_done(function: str) -> bool:
    return book().functions[function].trade != PRODUCTS


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
