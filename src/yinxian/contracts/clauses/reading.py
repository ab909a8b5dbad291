"""Read a template from data (a file of ours or an association's copy) and refuse what cannot be filled.

The form of the data: ``fields`` are names of common fields or [key, kind, zh, en, {help, default, optional, choices}];
``articles`` hold clauses [zh, en] or [zh, en, "field=value|value"], or "table:payments"; an article may be one of the
common ones by ``use``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from yinxian.kernel.errors import Invalid

from .structure import FIELD_KINDS, TABLES, Article, Ask, Change, Clause, Pair, Template

GIVEN = frozenset(
    (
        "title",
        "sub_kind",
        "number",
        "amount",
        "amount_capitals",
        "total",
        "buyer",
        "supplier",
        "client",
        "third",
        "broker",
    )
)
PLACE = re.compile(r"\{(\w*)\}")
PROGRAM = re.compile(r"\{%|%\}|\{\{|\}\}|\{#|<%|%>|\$\{|(?<![\w{])\{\s*(?:for|if|each|while|include)\b", re.I)
MOST_ARTICLES, MOST_CLAUSES, MOST_FIELDS, LONGEST = 60, 60, 80, 4_000


def read(data: Mapping[str, Any], common: Mapping[str, Any]) -> Template:
    """The template; Invalid("contracts.template…") with the article and line where something is wrong."""
    asks = [_ask(row, common) for row in data["fields"]]
    articles = [_article(row, common) for row in data["articles"]]
    made = Template(
        kind=data["kind"],
        version=data["version"],
        sub_kinds=tuple(data["sub_kinds"]),
        name=_pair(data["name"]),
        asks=asks,
        articles=articles,
        preamble=_pair(data["preamble"]),
        total=_pair(data.get("total", ["合同总价", "the contract price"])),
        roles={side: _pair(words) for side, words in data["roles"].items()},
        tables=tuple(data["tables"]),
        changes=[Change(version, on, Pair(zh, en)) for version, on, zh, en in data.get("changes", [])],
        raw={**data, "fields": list(data["fields"])},
    )
    check(made)
    return made


def _pair(words: Any) -> Pair:
    return Pair(*words)


def _ask(row: Any, common: Mapping[str, Any]) -> Ask:
    if isinstance(row, str):
        row = next(found for found in common["fields"] if found[0] == row)
    key, kind, zh, en, *more = row
    said = more[0] if more else {}
    return Ask(
        key=key,
        kind=kind,
        name=Pair(zh, en),
        required=not said.get("optional", False),
        hint=_pair(said.get("help", ["", ""])),
        options=[(value, Pair(in_zh, in_en)) for value, in_zh, in_en in said.get("choices", [])],
        default=said.get("default", ""),
    )


def _article(row: Mapping[str, Any], common: Mapping[str, Any]) -> Article:
    ident = row.get("use") or row["id"]
    found = {**common["articles"][row["use"]], **row} if "use" in row else row
    clauses = [_clause(clause, f"{ident}.{number}") for number, clause in enumerate(found["clauses"], 1)]
    return Article(ident, _pair(found["heading"]), clauses)


def _clause(row: Any, ident: str) -> Clause:
    if isinstance(row, Mapping):
        ident, row = row["id"], row["is"]
    if isinstance(row, str):
        kind = row.removeprefix("table:")
        if kind not in TABLES:
            raise Invalid("contracts.template_table", field="articles", what=kind[:40])
        return Clause(ident, table=kind)
    zh, en, *more = row
    key, _, values = (more[0] if more else "").partition("=")
    return Clause(ident, Pair(zh, en), when=key, values=tuple(values.split("|")) if key else ())


def check(template: Template) -> None:
    """Unknown fields, loops and other program text, doubled keys, choices that do not exist: refused with the place."""
    keys = [ask.key for ask in template.asks]
    if len(set(keys)) != len(keys) or any(not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", key) for key in keys):
        raise Invalid("contracts.template_keys", field="fields")
    if len(keys) > MOST_FIELDS or len(template.articles) > MOST_ARTICLES or not template.articles:
        raise Invalid("contracts.template_size", field="articles")
    for ask in template.asks:
        if ask.kind not in FIELD_KINDS or not ask.name.zh:
            raise Invalid("contracts.template_keys", field="fields")
    known = GIVEN | set(keys)
    for where, text in _texts(template):
        _check_text(where, text, known)
    for number, article in enumerate(template.articles, 1):
        if len(article.clauses) > MOST_CLAUSES:
            raise Invalid("contracts.template_size", field="articles")
        for line, clause in enumerate(article.clauses, 1):
            _check_condition(template, clause, f"{number}.{line}")


def _texts(template: Template) -> Iterator[tuple[str, str]]:
    yield from (("0", text) for pair in (template.name, template.preamble) for text in pair)
    for number, article in enumerate(template.articles, 1):
        yield from ((str(number), text) for text in article.heading)
        for line, clause in enumerate(article.clauses, 1):
            yield from ((f"{number}.{line}", text) for text in clause.words)


def _check_text(where: str, text: str, known: frozenset[str] | set[str]) -> None:
    if len(text) > LONGEST:
        raise Invalid("contracts.template_size", field="articles")
    if PROGRAM.search(text):
        raise Invalid("contracts.template_program", field="articles", where=where)
    for found in PLACE.finditer(text):
        if found[1] not in known:
            raise Invalid("contracts.template_field", field="articles", where=where, what=found[1][:40] or "{}")
    if "{" in PLACE.sub("", text) or "}" in PLACE.sub("", text):
        raise Invalid("contracts.template_braces", field="articles", where=where)


def _check_condition(template: Template, clause: Clause, where: str) -> None:
    if not clause.when:
        return
    if clause.when == "payments":
        return
    options = {"sub_kind": set(template.sub_kinds)}
    for ask in template.asks:
        options[ask.key] = {value for value, _words in ask.options}
    if clause.when not in options:
        raise Invalid("contracts.template_field", field="articles", where=where, what=clause.when[:40])
    if options[clause.when] and not set(clause.values) <= options[clause.when] | {"*", ""}:
        raise Invalid("contracts.template_field", field="articles", where=where, what="|".join(clause.values)[:40])
