"""Requirements and answers as the templates draw them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..models import Proof
from ..queries.applications import Check
from ..queries.standing import Standing
from ..wording import figure, label


def asked_in_words(lines: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What a level asks, decided or not."""
    return [
        {
            "label": label(line["kind"], str(line.get("name") or "")),
            "figure": figure(line["kind"], line["at_least"]),
            "decided": line["at_least"] is not None,
        }
        for line in lines
    ]


def check_in_words(check: Check) -> list[dict[str, Any]]:
    """Each line with what there is, by which facts, and what is missing."""
    return [
        {
            "label": label(answer.kind, answer.name),
            "asked": figure(answer.kind, answer.at_least),
            "have": figure(answer.kind, answer.have),
            "missing": figure(answer.kind, answer.missing),
            "met": answer.met,
            "decided": answer.decided,
            "facts": [_fact(fact) for fact in answer.by][:50],
        }
        for answer in check.answers
    ]


def _fact(fact: Proof | Standing) -> dict[str, Any]:
    if isinstance(fact, Standing):
        path = "" if fact.recognised else f"/credentials/{fact.through}/"
        return {"title": fact.level.shown_name, "path": path, "at": None, "number": fact.through}
    return {"title": fact.title, "path": fact.path, "at": fact.at, "number": str(fact.entry.uid)}


def snapshot_in_words(answers: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What an application found on its day."""
    return [
        {
            "label": label(line["kind"], line["name"]),
            "asked": figure(line["kind"], line["at_least"]),
            "have": figure(line["kind"], line["have"]),
            "met": line["at_least"] is None or line["have"] >= line["at_least"],
            "decided": line["at_least"] is not None,
            "facts": len(line["facts"]),
        }
        for line in answers
    ]
