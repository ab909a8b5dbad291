"""What matching does after a commit, and once a day."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING

from yinxian import journal
from yinxian.kernel.errors import Conflict
from yinxian.market.models import ImportRun
from yinxian.market.queries.imported import imported_by

from .engine.learning import FEWEST
from .operations.best import keep_best_fits
from .operations.searches import look_again
from .operations.vectors import keep_vectors
from .operations.weights import refit
from .queries.best import stale_fits, touched_by
from .queries.concepts import write_house_book
from .queries.weights import decisions, versions

if TYPE_CHECKING:
    from yinxian.journal.models import Entry

SUBJECTS = ("market.import.", "market.need.", "market.result.")
logger = logging.getLogger(__name__)


@journal.follower("matching.concepts", ("matching.concept.",), batch=True, outside=True)
def tell_every_process(entries: list[Entry]) -> None:
    """The associations' own concepts as a file that every process reads."""
    write_house_book()


@journal.follower(
    "matching.best_fits", ("market.import.finished", "market.need.", "market.result."), batch=True, outside=True
)
def find_best_fits(entries: list[Entry]) -> None:
    """What fits each need of a list best, so that the list can be sorted by it; looked for again when the need or
    its brief changes, and when a result comes, changes or goes that is or may be the best."""
    about = {kind: {one.subject_id for one in entries if one.name.startswith(kind)} for kind in SUBJECTS}
    listed = {
        pk
        for run in ImportRun.objects.filter(pk__in=about["market.import."], kind="needs")
        for _kind, pk in imported_by(run)
    }
    keep_best_fits(listed | touched_by(needs=about["market.need."], results=about["market.result."]))


@journal.each_round("matching.vectors", outside=True)
def keep_vectors_in_step() -> int:
    """Where there is a dense model: vectors of what came, changed or went, a few hundred a round."""
    return keep_vectors()


@journal.daily("matching.best_fits", outside=True)
def find_best_fits_again(today: dt.date) -> None:
    """Needs that are not on the market stand in no index that a new result could ask: they are looked at by day."""
    keep_best_fits(stale_fits())


@journal.daily("matching.searches")
def look_for_what_was_saved(today: dt.date) -> None:
    """Saved searches are looked for again; what is new is told."""
    look_again(today)


@journal.daily("matching.weights")
def learn(today: dt.date) -> None:
    """Once in a while, when a fifth more has been decided than the last fit knew; too few decisions are no fault."""
    last = versions().first()
    known, now = last.decisions if last else 0, len(decisions())
    if now >= FEWEST and now >= known * 1.2:
        try:
            refit(actor=None)
        except Conflict as not_yet:
            logger.info("the weights stay as they are: %s", not_yet.code)
