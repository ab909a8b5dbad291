"""From raw words to a brief: ``make_brief``. Pure rules, linear in the length of the text."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from .asks import what_is_missing, what_to_ask
from .clarity import judge_clarity
from .contradictions import mark_contradictions
from .fields import score_fields
from .indicators import read_indicators
from .industries import score_industries
from .keywords import read_keywords
from .modes import read_modes
from .money import read_budget
from .ownership import read_ownership
from .segments import WISH, Segment, heading_role, segment
from .signs import judge, read_signs
from .times import read_deadline, read_duration
from .words import clean

PART = 2_000  # characters of each part of the brief; the raw words hold the rest
TITLE, HEAD_LINES = 40, 8  # characters of a title made from the words; lines in which it is looked for
_NUMBER = re.compile(r"^[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．]\s*(?!\d)|^[①-⑳●•·\-—*]\s*")
_WHO = re.compile(
    r"^(?:我们?|本|该|贵)?(?:厂|公司|企业|单位|集团)?(?:现|目前)?(?:需要|希望|寻求|寻找|征集|期望|亟需|急需|拟)"
)
_CONSTRAINT = re.compile(
    r"不影响|不改变?|不增加|不得|不能(?:出现|影响|改|超)|前提下?|必须|只能|仅限|无需|避免|符合[^，。]{2,20}(?:标准|规范|要求)|满足[^，。]{2,20}(?:标准|规范)|without"
)


def make_brief(title: str, text: str, today: date) -> dict[str, Any]:
    """The brief of a need. Keys: title, problem, scene, tried, target, background, indicators, constraints, budget,
    deadline, duration_months, modes, ownership, field, industry, keywords, quotes (line to the words that it was read
    from), clarity, signs, judgement, missing, questions. Never raises on any text."""
    title = " ".join(clean(title).split())[:200]
    words = clean(text)
    segments = segment(words)
    parts = {role: _join(segments, role) for role in ("problem", "scene", "tried", "target", "background")}
    if not parts["problem"] and not parts["target"]:
        parts["problem"] = words[:PART].strip()
    budget, of_budget = read_budget(segments)
    deadline, of_deadline = read_deadline(segments, today)
    months, of_months = read_duration(segments)
    modes, (ownership, of_ownership) = read_modes(segments), read_ownership(segments)
    content: dict[str, Any] = {
        "title": title or _title_of(words),
        **parts,
        "indicators": mark_contradictions(read_indicators(words, segments)),  # type: ignore[arg-type]  # rows of JSON
        "constraints": _constraints(segments),
        "budget": budget,
        "deadline": deadline.isoformat() if deadline else None,
        "duration_months": months,
        "modes": list(modes),
        "ownership": ownership,
        "quotes": {
            name: [words for words in said if words]
            for name, said in (
                ("budget", of_budget),
                ("deadline", [of_deadline]),
                ("duration_months", [of_months]),
                ("modes", list(modes.values())),
                ("ownership", [of_ownership]),
            )
            if any(said)
        },
    }
    said = [(parts["problem"], 1.0), (parts["target"], 1.0), (parts["background"], 0.3)]
    content["field"] = score_fields(content["title"], said)
    content["industry"] = score_industries(content["title"], said)
    content["keywords"] = read_keywords(content["title"], parts["problem"], parts["target"])
    judge_brief(content, segments)
    content["missing"] = what_is_missing(content, words)
    content["questions"] = what_to_ask(content, content["missing"])
    return content


def judge_brief(content: dict[str, Any], segments: list[Segment]) -> None:
    """Set clarity, the signs of a plan to buy, and what follows from them."""
    content["clarity"] = judge_clarity(content, segments)
    content["signs"] = read_signs(content, segments)
    content["judgement"] = judge(content["signs"], not content["clarity"]["vague"])


def _join(segments: list[Segment], role: str) -> str:
    """The sentences of a role as they stand, up to PART characters, ended at a sentence."""
    kept: list[str] = []
    size = 0
    for one in segments:
        if role == (one.aspect if role in ("scene", "tried") else one.role):
            if not kept and _unheaded(one.sentence.body) == "":
                continue  # a heading says what the part's own name says
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
    """A title where none was given: the first line that says something beyond a heading or a number; of a long one the
    clause that says what is wanted, else its first."""
    lines = words.strip().split("\n", HEAD_LINES)[:HEAD_LINES]
    first = next((said for line in lines if len(said := _unheaded(line)) > 1), "") or lines[0].strip()
    clauses = [clause for part in re.split(r"[，,。；;：:！？!?]", first) if len(clause := part.strip()) > 4]
    if len(first) <= TITLE or not clauses:
        return (first.strip(" ：:；;。") or first)[:TITLE]
    wanted = next((clause for clause in clauses[:4] if WISH.search(clause)), clauses[0])
    return (_WHO.sub("", wanted) or wanted)[:TITLE]


def _unheaded(line: str) -> str:
    """The line without its number and its heading: "一、需求内容：研制泵" is "研制泵", "需求内容：" nothing."""
    body = _NUMBER.sub("", line.strip())
    length = heading_role(body)[1]
    return _NUMBER.sub("", body[length:].strip(" :：。；;）)")) if length else body
