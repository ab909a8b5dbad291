"""What people set right of the rules' reading, counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from ..models import Correction, Need

Kind = Correction.Kind
LATEST = 20
LINES = {
    "indicators": _("指标"),
    "budget": _("预算"),
    "deadline": _("期限"),
    "duration_months": _("周期（月）"),
    "modes": _("合作方式"),
    "ownership": _("知识产权归属"),
    "field": _("技术领域"),
    "industry": _("行业"),
    "constraints": _("不能动的条件"),
    "keywords": _("关键词"),
}


@dataclass(frozen=True)
class Counted:
    """Corrections of one line: by kind, and in how many needs."""

    line: str
    label: Any
    removed: int
    changed: int
    added: int
    needs: int


@dataclass(frozen=True)
class Report:
    """``needs`` have a brief; ``touched`` of them were corrected."""

    needs: int
    touched: int
    lines: tuple[Counted, ...]
    latest: tuple[Correction, ...]


def report_of(associations: list[int]) -> Report:
    """The report over the needs of the associations' members."""
    mine = Q(owner__admitted_by__in=associations)
    needs = Need.objects.filter(mine, briefs__isnull=False).distinct().count()
    corrections = Correction.objects.filter(need__owner__admitted_by__in=associations)
    counts = (
        corrections.order_by()
        .values("line")
        .annotate(
            removed=Count("pk", filter=Q(kind=Kind.REMOVED)),
            changed=Count("pk", filter=Q(kind=Kind.CHANGED)),
            added=Count("pk", filter=Q(kind=Kind.ADDED)),
            needs=Count("need", distinct=True),
        )
    )
    by_line: dict[str, dict[str, Any]] = {row["line"]: dict(row) for row in counts}
    lines = tuple(
        Counted(line, label, row.get("removed", 0), row.get("changed", 0), row.get("added", 0), row.get("needs", 0))
        for line, label in LINES.items()
        for row in [by_line.get(line, {})]
    )
    touched = corrections.order_by().values("need").distinct().count()
    latest = tuple(corrections.select_related("need", "by")[:LATEST])
    return Report(needs, touched, lines, latest)
