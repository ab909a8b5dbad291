"""Put the particulars of a case into the sentences of a template: one neutral document for Word, PDF and preview."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from yinxian.kernel.money import show_percent, show_yuan

from ..capitals import capitals
from ..clauses import Article, Ask, Block, Table, Template, When

BLANK = "＿＿＿＿＿＿"
NUMERALS = "零一二三四五六七八九十"


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
    """Everything that a document says beside the template's own sentences."""

    number: str
    title: str
    sub_kind: str
    amount_fen: int | None
    names: Mapping[str, str]
    parties: Sequence[Party]
    values: Mapping[str, str]
    indicators: Sequence[Mapping[str, Any]] = ()
    payments: Sequence[Mapping[str, Any]] = ()
    agreed_on: str = ""
    draft: bool = True


def fill(sentence: str, words: Mapping[str, str]) -> str:
    """Put words into ``{places}`` in one pass, so that braces in what people typed stay as typed."""
    return re.sub(r"\{(\w+)\}", lambda found: words.get(found[1]) or BLANK, sentence)


def chinese_date(iso: str) -> str:
    """``2026-03-04`` -> ``2026年3月4日``; anything else as it is."""
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", iso)
    return f"{found[1]}年{int(found[2])}月{int(found[3])}日" if found else iso


def ordinal(number: int) -> str:
    """1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    if not tens:
        return NUMERALS[ones]
    return (NUMERALS[tens] if tens > 1 else "") + "十" + (NUMERALS[ones] if ones else "")


def shown(ask: Ask, value: str) -> str:
    """A value as the contract writes it."""
    if not value:
        return ""
    if ask.kind == "date":
        return chinese_date(value)
    if ask.kind == "percent":
        return show_percent(int(value))
    if ask.kind == "choice":
        return str(dict(ask.choices).get(value, value))
    return value


def words_of(template: Template, facts: Facts) -> dict[str, str]:
    words = {ask.key: shown(ask, facts.values.get(ask.key, "")) for ask in template.asks}
    words |= facts.names
    words |= {"title": facts.title, "sub_kind": facts.sub_kind, "number": facts.number}
    if facts.amount_fen is not None:
        words |= {"amount": show_yuan(facts.amount_fen), "amount_capitals": capitals(facts.amount_fen)}
    return words


def rows(facts: Facts, kind: str) -> list[list[str]]:
    if kind == "indicators":
        return [[str(row.get(key) or "") for key in ("name", "requirement", "method")] for row in facts.indicators]
    return [
        [
            str(row.get("title") or ""),
            str(row.get("condition") or ""),
            chinese_date(str(row.get("due_on") or "")),
            show_yuan(int(row["amount_fen"])) if row.get("amount_fen") is not None else "",
        ]
        for row in facts.payments
    ]


def document(template: Template, facts: Facts) -> dict[str, Any]:
    """The whole contract as plain data, in Chinese."""
    with translation.override("zh-hans"):
        words = words_of(template, facts)
        articles = [
            {
                "heading": f"第{ordinal(place)}条　{article.heading}",
                "blocks": list(_blocks(template, article, facts, words, place)),
            }
            for place, article in enumerate(template.articles, 1)
        ]
        return {
            "name": template.name,
            "title": facts.title,
            "number": facts.number,
            "sub_kind": facts.sub_kind,
            "version": f"{template.name} 模板 {template.version} 版",
            "draft": facts.draft,
            "agreed_on": chinese_date(facts.agreed_on),
            "preamble": fill(template.preamble, words),
            "parties": [vars(party) for party in facts.parties],
            "articles": articles,
        }


def _blocks(
    template: Template, article: Article, facts: Facts, words: Mapping[str, str], place: int
) -> Iterator[dict[str, Any]]:
    texts = {ask.key for ask in template.asks if ask.kind == "text"}
    number = 0
    for item in _chosen(article.blocks, facts):
        if isinstance(item, Table):
            if found := rows(facts, item.kind):
                yield {"kind": item.kind, "rows": found}
            continue
        typed = re.fullmatch(r"\{(\w+)\}", item)
        if typed and typed[1] in texts:
            for line in (words.get(typed[1]) or BLANK).splitlines():
                if line.strip():
                    yield {"kind": "typed", "text": line.strip()}
            continue
        number += 1
        yield {"kind": "sentence", "label": f"{place}.{number}", "text": fill(item, words)}


def _chosen(blocks: Sequence[Block], facts: Facts) -> Iterator[str | Table]:
    """Blocks whose condition holds, conditions resolved."""
    for block in blocks:
        if not isinstance(block, When):
            yield block
            continue
        value = ("yes" if facts.payments else "") if block.key == "payments" else facts.values.get(block.key, "")
        if value in block.values or ("*" in block.values and value):
            yield from block.sentences
