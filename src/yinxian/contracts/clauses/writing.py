"""A template as data that can be kept and edited, and an article as lines of text that people edit.

A line is a clause. ``[field=value|value]`` before it is its condition, ``[table:payments]`` alone the place of a table.
Clauses keep their identifiers as long as their Chinese words stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from yinxian.kernel.errors import Invalid

from .structure import Article, Ask, Clause, Template

CONDITION = re.compile(r"^\[([a-z_][a-z0-9_]*)=([^\]]*)\]\s*(.*)$")
TABLE = re.compile(r"^\[table:([a-z]+)\]$")


def to_content(template: Template, sub_kind: str = "") -> dict[str, Any]:
    """Everything written out: common fields and articles too, so that a copy does not change when ours do. With
    ``sub_kind`` only what stands for that one."""
    return {
        "kind": template.kind,
        "version": template.version,
        "sub_kinds": [sub_kind] if sub_kind else list(template.sub_kinds),
        "name": list(template.name),
        "preamble": list(template.preamble),
        "total": list(template.total),
        "roles": {side: list(pair) for side, pair in template.roles.items()},
        "tables": list(template.tables),
        "changes": [[one.version, one.on, *one.words] for one in template.changes],
        "fields": [_field(ask) for ask in template.asks],
        "articles": [
            {"id": one.ident, "heading": list(one.heading), "clauses": _clauses(one, sub_kind)}
            for one in template.articles
        ],
    }


def _clauses(article: Article, sub_kind: str) -> list[dict[str, Any]]:
    found = [clause for clause in article.clauses if clause.when != "sub_kind" or sub_kind in ("", *clause.values)]
    if sub_kind:
        found = [replace(clause, when="", values=()) if clause.when == "sub_kind" else clause for clause in found]
    return [_clause(clause) for clause in found]


def _field(ask: Ask) -> list[Any]:
    more: dict[str, Any] = {"help": list(ask.hint), "default": ask.default, "optional": not ask.required}
    if ask.options:
        more["choices"] = [[value, *pair] for value, pair in ask.options]
    return [ask.key, ask.kind, *ask.name, more]


def _clause(clause: Clause) -> dict[str, Any]:
    if clause.table:
        return {"id": clause.ident, "is": f"table:{clause.table}"}
    condition = [f"{clause.when}={'|'.join(clause.values)}"] if clause.when else []
    return {"id": clause.ident, "is": [*clause.words, *condition]}


def lines_of(article: Article, language: str) -> str:
    """An article as people edit it; tables and conditions stand in the Chinese text only."""
    lines = []
    for clause in article.clauses:
        if clause.table:
            lines += [f"[table:{clause.table}]"] if language == "zh" else []
            continue
        condition = f"[{clause.when}={'|'.join(clause.values)}] " if clause.when and language == "zh" else ""
        lines.append(condition + clause.words.of(language))
    return "\n".join(lines)


def clauses_from(ident: str, zh: str, en: str, before: Sequence[Mapping[str, Any]], where: str) -> list[dict[str, Any]]:
    """The clauses that an edited article holds; Invalid when the English is neither empty nor line for line."""
    kept = {_key(clause["is"]): str(clause["id"]) for clause in before}
    number = max((int(str(clause["id"]).rpartition(".")[2]) for clause in before), default=0)
    chinese = [line.strip() for line in zh.split("\n") if line.strip()]
    english = [line.strip() for line in en.split("\n") if line.strip()]
    if english and len(english) != sum(not TABLE.match(line) for line in chinese):
        raise Invalid("contracts.template_lines", field="articles", where=where)
    made: list[dict[str, Any]] = []
    for line in chinese:
        if table := TABLE.match(line):
            body: Any = f"table:{table[1]}"
        else:
            condition = CONDITION.match(line)
            words = [condition[3] if condition else line, english.pop(0) if english else ""]
            body = [*words, *([f"{condition[1]}={condition[2]}"] if condition else [])]
        found = kept.pop(_key(body), None)
        if found is None:
            number += 1
            found = f"{ident}.{number}"
        made.append({"id": found, "is": body})
    return made


def _key(body: Any) -> str:
    return body if isinstance(body, str) else str(body[0]) + "".join(body[2:])
