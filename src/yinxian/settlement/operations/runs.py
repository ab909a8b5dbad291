"""A long batch of releases from a file: worked off in pieces, stopped at any moment, gone on with where it stood."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from django.db import transaction
from django.db.models import F

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid, Refusal
from yinxian.kernel.money import parse_yuan
from yinxian.network.models import User

from ..models import Run, RunFault
from ..permissions import can_close_period
from .engine import Outcome
from .releases import Release, release_many, reserved

PIECE = 1000
Row = tuple[str, str, str]
"""Reference, amount in yuan as it was typed, memo."""


def rows_of(path: Path) -> Iterator[Row]:
    """The rows of a file: UTF-8 text, one release a line, reference, amount and memo apart by tabs or commas."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for line in file:
            parts = line.rstrip("\r\n").replace("\t", ",").split(",", 2)
            yield parts[0].strip(), parts[1].strip() if len(parts) > 1 else "", parts[2] if len(parts) > 2 else ""


@transaction.atomic
def begin_run(*, path: Path, actor: User) -> Run:
    """The run of this very file: a new one, or the one that was begun before. Invalid for an empty file."""
    if not can_close_period(actor):
        raise Forbidden("settlement.may_not_settle")
    digest, total = hashlib.sha256(), 0
    with path.open("rb") as file:
        for line in file:
            digest.update(line)
            total += 1
    if not total:
        raise Invalid("settlement.run_empty")
    made, new = Run.objects.get_or_create(
        sha256=digest.hexdigest(), defaults={"name": path.name[:200], "total": total, "started_by": actor}
    )
    if new:
        journal.record("settlement.run.begun", actor=actor, subject=made, data={"rows": total, "sha256": made.sha256})
    return made


def work_off(
    *,
    run: Run,
    path: Path,
    actor: User,
    after: Callable[[Run], bool] = lambda run: True,
    piece: int = PIECE,
) -> Run:
    """Release row by row from where the run stands. ``after`` each piece is told the run and may say: stop (False).

    A piece, its entries in the journal and the cursor are one transaction: after a kill the run goes on with the first
    row that is not done, and no row is ever paid twice.
    """
    waiting: list[Row] = []
    position = 0
    for row in rows_of(path):
        position += 1
        if position <= run.done:
            continue
        waiting.append(row)
        if len(waiting) == piece:
            run = _settle(run, waiting, actor)
            waiting = []
            if not after(run):
                return run
    if waiting:
        run = _settle(run, waiting, actor)
        after(run)
    return run


@transaction.atomic
def _settle(run: Run, rows: Sequence[Row], actor: User) -> Run:
    """One piece. Conflict when another process has moved the cursor meanwhile."""
    held = Run.objects.select_for_update(of=("self",), no_key=True).get(pk=run.pk)
    if held.done != run.done:
        raise Conflict("settlement.run_elsewhere")
    refused = reserved([row[0] for row in rows])
    outcomes: dict[int, Outcome] = {}
    asked: dict[int, Release] = {}
    for number, (reference, amount, memo) in enumerate(rows, held.done + 1):
        try:
            if reference in refused:
                raise refused[reference]
            fen = parse_yuan(amount, field="amount")
            asked[number] = Release(reference, fen, f"{held.slug}:{number}", memo.replace("\x00", "")[:400])
        except Refusal as refusal:
            outcomes[number] = refusal
    outcomes |= dict(zip(asked, release_many(list(asked.values()), actor=actor), strict=True))
    faults = [
        RunFault(run=held, row=number, code=one.code, said=one.sentence[:400])
        for number, one in sorted(outcomes.items())
        if isinstance(one, Refusal)
    ]
    RunFault.objects.bulk_create(faults)
    paid = sum(one.amount_fen for number, one in asked.items() if not isinstance(outcomes[number], Refusal))
    done = held.done + len(rows)
    Run.objects.filter(pk=held.pk).update(
        done=done,
        refused=F("refused") + len(faults),
        released_fen=F("released_fen") + paid,
        finished_at=clock.now() if done == held.total else None,
    )
    held.refresh_from_db()
    if done == held.total:
        data = {"rows": held.total, "refused": held.refused, "released_fen": held.released_fen}
        journal.record("settlement.run.finished", actor=actor, subject=held, data=data)
    return held
