"""The drafts that the clause check is measured on, and how: what a draft is said to lack against what is said of it."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yinxian.contracts.clause_check import check, explain

FOLDER = Path(__file__).resolve().parent / "drafts"
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Case:
    name: str
    text: str
    expect: frozenset[str]


def cases() -> list[Case]:
    """Every base as it stands (nothing is wrong with it), and every change of one."""
    bases = tomllib.loads(_read("bases.toml"))
    found = [Case(f"fair {name}", _whole(base, {}, []), frozenset()) for name, base in bases.items()]
    files = ("cases", "excerpts", "fresh", "later", "spoken")
    rows = [row for name in files for row in tomllib.loads(_read(f"{name}.toml"))["draft"]]
    for row in rows:
        text = row.get("text") or _whole(bases[row["base"]], row.get("swap", {}), row.get("drop", []))
        found.append(Case(row["name"], text, frozenset(row["expect"])))
    return found


def _read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _whole(base: dict[str, Any], swap: dict[str, str], drop: list[str]) -> str:
    unknown = {*swap, *drop} - set(base["articles"])
    assert not unknown, unknown
    texts = [swap.get(name, text) for name, text in base["articles"].items() if name not in drop]
    chinese = "\u4e00" <= base["head"].strip()[0] <= "\u9fff"
    lines = [f"第{_ordinal(n)}条　{text}" if chinese else f"Article {n} {text}" for n, text in enumerate(texts, 1)]
    return "\n".join([base["head"].strip(), *lines, base["tail"].strip()])


def _ordinal(number: int) -> str:
    return NUMERALS[number - 1] if number <= 10 else "十" + NUMERALS[number - 11]


def said_of(text: str) -> set[str]:
    """Categories, with the item where a draft may lack several."""
    found = set()
    for finding in check(text).findings:
        told = explain(finding, english_draft=False)
        found.add(f"{told['category']}:{finding['item']}" if finding["item"] else told["category"])
    return found


def measure() -> tuple[dict[str, Counter[str]], list[str]]:
    """Hits, misses and false alarms by category, and each difference in words."""
    counts: dict[str, Counter[str]] = {}
    differences = []
    for case in cases():
        said = said_of(case.text)
        for what, names in (("hit", said & case.expect), ("miss", case.expect - said), ("false", said - case.expect)):
            for name in names:
                counts.setdefault(name.partition(":")[0], Counter())[what] += 1
        differences += list(_differences(case, said))
    return counts, differences


def _differences(case: Case, said: set[str]) -> Iterator[str]:
    if missed := case.expect - said:
        yield f"{case.name}: missed {', '.join(sorted(missed))}"
    if alarms := said - case.expect:
        yield f"{case.name}: false alarm {', '.join(sorted(alarms))}"
