"""The worker's part of an import."""

from yinxian import journal
from yinxian.journal.models import Entry

from .operations.imports import run_import


@journal.follower("market.imports", ("market.import.queued",), outside=True)
def run_queued(entry: Entry) -> None:
    run_import(run_id=entry.subject_id)
