"""From raw words to a brief: ``make_brief``. Pure rules, linear in the length of the text."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from .asks import what_is_missing, what_to_ask
from .clarity import judge_clarity
from .fields import score_fields
from .indicators import read_indicators
from .keywords import read_keywords
from .modes import read_modes
from .money import read_budget
from .segments import Segment, segment
from .times import read_deadline, read_duration
from .words import clean

PART = 2_000  # characters of each part of the brief; the raw words hold the rest
_CONSTRAINT = re.compile(
    r"不影响|不改变?|不增加|不得|不能(?:出现|影响|改|超)|前提下?|必须|只能|仅限|无需|避免|符合[^，。]{2,20}(?:标准|规范|要求)|满足[^，。]{2,20}(?:标准|规范)|without"
)


def make_brief(title: str, text: str, today: date) -> dict[str, Any]:
    """The brief of a need. Keys: title, problem, background, target, indicators, constraints, budget, deadline,
    duration_months, modes, field, keywords, clarity, missing, questions. Never raises on any text."""
    title = " ".join(clean(title).split())[:200]
    words = clean(text)
    segments = segment(words)
    parts = {role: _join(segments, role) for role in ("problem", "target", "background")}
    if not parts["problem"] and not parts["target"]:
        parts["problem"] = words[:PART].strip()
    deadline = read_deadline(segments, today)
    content: dict[str, Any] = {
        "title": title or _title_of(words),
        **parts,
        "indicators": read_indicators(words, segments),
        "constraints": _constraints(segments),
        "budget": read_budget(segments),
        "deadline": deadline.isoformat() if deadline else None,
        "duration_months": read_duration(segments),
        "modes": read_modes(segments),
    }
    content["field"] = score_fields(
        content["title"], [(parts["problem"], 1.0), (parts["target"], 1.0), (parts["background"], 0.3)]
    )
    content["keywords"] = read_keywords(content["title"], f"{parts['problem']}\n{parts['target']}")
    content["clarity"] = judge_clarity(content, segments)
    content["missing"] = what_is_missing(content, words)
    content["questions"] = what_to_ask(content, content["missing"])
    return content


def _join(segments: list[Segment], role: str) -> str:
    """The sentences of a role as they stand, up to PART characters, ended at a sentence."""
    kept, size = [], 0
    for one in segments:
        if one.role == role:
            kept.append(one.sentence.text)
            size += len(one.sentence.text)
            if size >= PART:
                break
    return "".join(kept).strip()[: 2 * PART]


def _constraints(segments: list[Segment]) -> list[str]:
    found: list[str] = []
    for one in segments:
        if one.role in ("problem", "target") and _CONSTRAINT.search(one.sentence.text):
            sentence = one.sentence.body.strip("。；; ")
            if sentence not in found:
                found.append(sentence[:200])
        if len(found) >= 8:
            break
    return found


def _title_of(words: str) -> str:
    """A title where none was given: the first line, or its first clause when it is long."""
    first = words.strip().partition("\n")[0].strip()
    return first if len(first) <= 40 else re.split(r"[，,。；;：:！？!?]", first)[0][:40]
