"""Which listings an import brought in or brought up to date."""

from __future__ import annotations

from ..models import ImportRun, Need, Result


def imported_by(run: ImportRun) -> set[tuple[str, int]]:
    """(kind, pk) of every listing of the run's owner that came from the run's source."""
    model = Need if run.kind == "needs" else Result
    found = model._default_manager.filter(owner_id=run.owner_id, source=run.source)
    kind = "need" if model is Need else "result"
    return {(kind, pk) for pk in found.values_list("pk", flat=True)}
