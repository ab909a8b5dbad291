"""Put the particulars of a case into the clauses of a template: one neutral document for Word, PDF and preview."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from yinxian.kernel.money import show_percent, show_yuan

from ..capitals import capitals
from ..clauses import Article, Ask, Clause, Pair, Template
from .labels import LABELS, english_date

BLANK = "＿＿＿＿＿＿"
NUMERALS = "零一二三四五六七八九十"
ContractLanguage = Literal["zh", "en", "both"]


@dataclass(frozen=True)
class Party:
    role: str
    name: str
    credit_code: str = ""
    address: str = ""
    contact: str = ""
    bank_account: str = ""


@dataclass(frozen=True)
class Facts:
    """Everything that a document says beside the template's own sentences. ``sub_kind`` is in both languages."""

    number: str
    title: str
    sub_kind: str
    amount_fen: int | None
    names: Mapping[str, str]
    parties: Sequence[Party]
    values: Mapping[str, str]
    indicators: Sequence[Mapping[str, Any]] = ()
    payments: Sequence[Mapping[str, Any]] = ()
    shares: Sequence[Mapping[str, Any]] = ()
    agreed_on: str = ""
    draft: bool = True
    sub_kind_en: str = ""
    sub_kind_key: str = ""
    language: ContractLanguage = "zh"


def fill(sentence: str, words: Mapping[str, str]) -> str:
    """Put words into ``{places}`` in one pass, so that braces in what people typed stay as typed."""
    return re.sub(r"\{(\w+)\}", lambda found: words.get(found[1]) or BLANK, sentence)


def chinese_date(iso: str) -> str:
    """``2026-03-04`` -> ``2026年3月4日``; anything else as it is."""
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", iso)
    return f"{found[1]}年{int(found[2])}月{int(found[3])}日" if found else iso


def dated(iso: str, language: str) -> str:
    return english_date(iso) if language == "en" else chinese_date(iso)


def ordinal(number: int) -> str:
    """1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    if not tens:
        return NUMERALS[ones]
    return (NUMERALS[tens] if tens > 1 else "") + "十" + (NUMERALS[ones] if ones else "")


def shown(ask: Ask, value: str, language: str = "zh") -> str:
    """A value as the contract writes it."""
    if not value:
        return ""
    if ask.kind == "date":
        return dated(value, language)
    if ask.kind == "percent":
        return show_percent(int(value))
    if ask.kind == "choice":
        return dict(ask.options).get(value, Pair(value, value)).of(language)
    return value


def words_of(template: Template, facts: Facts, language: str = "zh") -> dict[str, str]:
    words = {ask.key: shown(ask, facts.values.get(ask.key, ""), language) for ask in template.asks}
    words |= facts.names
    sub_kind = facts.sub_kind_en if language == "en" and facts.sub_kind_en else facts.sub_kind
    words |= {"title": facts.title, "sub_kind": sub_kind, "number": facts.number, "total": template.total.of(language)}
    if facts.amount_fen is not None:
        words |= {"amount": show_yuan(facts.amount_fen), "amount_capitals": capitals(facts.amount_fen)}
    return words


def rows(facts: Facts, kind: str, language: str = "zh") -> list[list[str]]:
    if kind == "indicators":
        return [[str(row.get(key) or "") for key in ("name", "requirement", "method")] for row in facts.indicators]
    if kind == "shares":
        return [[str(row["name"]), str(row["work"]), show_percent(int(row["bp"]))] for row in facts.shares]
    return [
        [
            str(row.get("title") or ""),
            str(row.get("condition") or ""),
            dated(str(row.get("due_on") or ""), language),
            show_yuan(int(row["amount_fen"])) if row.get("amount_fen") is not None else "",
        ]
        for row in facts.payments
    ]


def document(template: Template, facts: Facts) -> dict[str, Any]:
    """The whole contract as plain data, in the contract's language; with ``both`` each clause stands in Chinese
    with the English under it, and the Chinese binds."""
    languages = ("zh", "en") if facts.language == "both" else (facts.language,)
    words = {language: words_of(template, facts, language) for language in languages}

    def say(pair: Pair, between: str = "　") -> str:
        return between.join(fill(pair.of(language), words[language]) for language in languages)

    articles = [
        {
            "heading": say(
                Pair(f"第{ordinal(place)}条　{article.heading.zh}", f"Article {place}　{article.heading.en}")
            ),
            "blocks": list(_blocks(template, article, facts, words, place)),
        }
        for place, article in enumerate(template.articles, 1)
    ]
    binding = [{"label": "", "text": LABELS["binding"].zh, "also": LABELS["binding"].en}] if len(languages) > 1 else []
    return {
        "name": say(template.name),
        "title": facts.title,
        "number": facts.number,
        "sub_kind": say(Pair(facts.sub_kind, facts.sub_kind_en or facts.sub_kind)),
        "version": say(
            Pair(f"{template.name.zh} 模板 {template.version} 版", f"{template.name.en}, template {template.version}")
        ),
        "draft": facts.draft,
        "agreed_on": dated(facts.agreed_on, languages[0]),
        "preamble": say(template.preamble, "\n"),
        "parties": [vars(party) for party in facts.parties],
        "articles": articles,
        "binding": binding,
        "language": facts.language,
        "labels": {key: say(pair, " ") for key, pair in LABELS.items()},
    }


def _blocks(
    template: Template, article: Article, facts: Facts, words: Mapping[str, Mapping[str, str]], place: int
) -> Iterator[dict[str, Any]]:
    texts = {ask.key for ask in template.asks if ask.kind == "text"}
    first, *second = words
    number = 0
    for clause in article.clauses:
        if not stands(clause, facts):
            continue
        if clause.table:
            if found := rows(facts, clause.table, first):
                yield {"kind": clause.table, "rows": found}
            continue
        typed = re.fullmatch(r"\{(\w+)\}", clause.words.zh)
        if typed and typed[1] in texts:
            for line in (words[first].get(typed[1]) or BLANK).splitlines():
                if line.strip():
                    yield {"kind": "typed", "text": line.strip()}
            continue
        number += 1
        also = fill(clause.words.of(second[0]), words[second[0]]) if second else ""
        text = fill(clause.words.of(first), words[first])
        yield {"kind": "sentence", "label": f"{place}.{number}", "text": text, "also": also}


def stands(clause: Clause, facts: Facts) -> bool:
    """Whether the clause's condition holds."""
    if not clause.when:
        return True
    if clause.when == "payments":
        value = "yes" if facts.payments else ""
    else:
        value = facts.sub_kind_key if clause.when == "sub_kind" else facts.values.get(clause.when, "")
    return value in clause.values or ("*" in clause.values and bool(value))
