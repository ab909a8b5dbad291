"""The report of a clause check as Word: the draft, with a comment at each place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

AUTHOR = "引线 Yinxian"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def report(name: str, words: str, findings: Sequence[dict[str, Any]], lines: Sequence[str]) -> bytes:
    """``findings`` as clause_check.explain gives them; ``lines`` stand above the draft. A finding of something that is
    missing hangs on the title."""
    made = Document()
    style = made.styles["Normal"]
    style.font.name, style.font.size = "宋体", Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    made.add_heading(_clean(name), 1)
    for line in lines:
        made.add_paragraph(_clean(line)).runs[0].italic = True
    at = 0
    runs: dict[int, list[Any]] = {number: [] for number in range(len(findings))}
    for text in words.split("\n"):
        paragraph = made.add_paragraph()
        for start, end, numbers in pieces(at, at + len(text), findings):
            run = paragraph.add_run(_clean(words[start:end]))
            for number in numbers:
                runs[number].append(run)
        at += len(text) + 1
    for number, finding in enumerate(findings):
        if runs[number]:
            made.add_comment(
                [runs[number][0], runs[number][-1]], text=_clean(_comment(finding)), author=AUTHOR, initials="YX"
            )
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _comment(finding: dict[str, Any]) -> str:
    parts = [
        f"{finding['title']}（{finding['article']}）",
        finding["why"],
        _("对谁不利：%(whom)s") % {"whom": finding["whom"]},
        _("可以改为：%(offer)s") % {"offer": finding["offer"]},
    ]
    return "\n".join(parts)


def pieces(start: int, end: int, findings: Sequence[dict[str, Any]]) -> list[tuple[int, int, list[int]]]:
    """A line cut wherever a finding begins or ends, with the findings of each piece."""
    here = [(number, found) for number, found in enumerate(findings) if found["start"] < end and found["end"] > start]
    marks = {start, end}
    for _number, found in here:
        marks |= {max(start, found["start"]), min(end, found["end"])}
    edges = sorted(marks)
    return [
        (a, b, [number for number, found in here if found["start"] < b and found["end"] > a])
        for a, b in itertools.pairwise(edges)
    ]


def _clean(text: str) -> str:
    return FORBIDDEN.sub("", text)
