"""Item statistics of the papers that were handed in, of a window or of an exam."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from ..models import PaperItem, QuestionVersion, Score, Sitting
from ..rules.scoring import HUNDRED, final
from ..rules.statistics import ItemStatistics, Taken, item_statistics

DONE = (Sitting.State.SUBMITTED, Sitting.State.RELEASED)


@dataclass(frozen=True)
class ItemRow:
    version: QuestionVersion
    found: ItemStatistics


def of_papers(sittings: QuerySet[Sitting]) -> list[ItemRow]:
    """One row a question version that was answered on these papers, the least discriminating first.

    Items that people have still to grade are left out, with what they would add to the rest of their paper.
    """
    items = (
        PaperItem.objects.filter(sitting__in=sittings.filter(state__in=DONE))
        .select_related("version__question", "answer")
        .prefetch_related("scores")
        .order_by("sitting_id", "number")
    )
    papers: dict[int, list[tuple[PaperItem, int]]] = {}
    for item in items:
        scores = {score.by: score.hundredths for score in item.scores.all()}
        scores.pop(Score.By.VOID, None)  # what the question did, not what was given for it afterwards
        have = final(scores)
        if have is not None:
            papers.setdefault(item.sitting_id, []).append((item, have))
    taken: dict[int, list[Taken]] = {}
    versions: dict[int, QuestionVersion] = {}
    for paper in papers.values():
        _take(paper, taken, versions)
    rows = [ItemRow(versions[pk], item_statistics(found)) for pk, found in taken.items()]
    return sorted(rows, key=_weakest)


def _take(
    paper: Iterable[tuple[PaperItem, int]], taken: dict[int, list[Taken]], versions: dict[int, QuestionVersion]
) -> None:
    rows = list(paper)
    have, full = sum(had for _, had in rows), sum(item.points for item, _ in rows) * HUNDRED
    for item, had in rows:
        of = item.points * HUNDRED
        rest = (have - had) / (full - of) if full > of else 0.0
        content = item.answer.content if hasattr(item, "answer") else {}
        chosen = tuple(content.get("chosen", ())) or (("answered",) if content else ())
        versions[item.version_id] = item.version
        taken.setdefault(item.version_id, []).append(Taken(had / of, rest, chosen))


def _weakest(row: ItemRow) -> tuple[float, int]:
    value = row.found.discrimination
    return (2.0 if value is None else value, row.version.pk)
