"""Import lists: preview, queue, run; all rows or none, and twice the same as once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.ids import new_slug
from yinxian.network.members import Role, association_for, has_role, organisation_ids
from yinxian.network.models import Organisation, User

from ..freshness import fresh_until
from ..importing.columns import COLUMNS, map_columns, missing, without_heads
from ..importing.readers import read_rows
from ..importing.values import Read, read_needs
from ..intake import make_brief
from ..models import Brief, ImportRun, Need, Result

SHOWN_ERRORS = 200
MOST_HEADS = 100  # columns that nobody knows, of which the preview tells
STEP = 200
State = ImportRun.State


def may_import(user: User, owner: Organisation) -> bool:
    """Members of the owner, and the reviewers of the association that admitted it."""
    association = association_for(owner)
    reviews = association is not None and has_role(user, association.pk, (Role.REVIEWER, Role.ADMIN))
    return owner.pk in organisation_ids(user) or reviews


def may_publish(user: User, owner: Organisation) -> bool:
    """Only the association publishes; everybody else's rows arrive as drafts."""
    association = association_for(owner)
    return association is not None and has_role(user, association.pk, (Role.REVIEWER, Role.ADMIN))


@transaction.atomic
def preview_import(
    *, kind: str, data: bytes, file_name: str, owner_id: int, actor: User, publish: bool = False, source: str = ""
) -> ImportRun:
    """Read the whole file and say what would happen. Nothing enters the market yet.

    Invalid when the file cannot be read or has no column that is needed; errors of cells are kept on the run.
    """
    if kind not in COLUMNS:
        raise Invalid("market.unknown_choice", field="kind")
    owner = Organisation.objects.get(pk=owner_id)
    if not may_import(actor, owner) or (publish and not may_publish(actor, owner)):
        raise Forbidden("market.import_not_yours")
    rows, mapping = _rows_and_columns(kind, data, file_name)
    if lacking := missing(kind, mapping):
        raise Invalid("market.import_columns", columns="、".join(lacking), found="、".join(list(rows[0])[:12]))
    today = clock.today()
    errors: list[dict[str, Any]] = []
    listings: Counter[int] = Counter()
    for read in _read(kind, rows, mapping, today):
        errors += read.errors
        listings[read.number] += 1
    run = ImportRun.objects.create(
        kind=kind,
        file=ContentFile(data, name=f"{new_slug('F')}.dat"),
        file_name=file_name[-200:],
        source=source[:80] or "list",
        owner=owner,
        created_by=actor,
        mapping=mapping | {head: "" for head in list(rows[0])[:MOST_HEADS] if head not in mapping},
        publish=publish,
        rows=len(rows),
        apart=sum(count > 1 for count in listings.values()),
        errors=errors[:SHOWN_ERRORS],
        error_count=len(errors),
    )
    journal.record("market.import.previewed", actor=actor, subject=run, data={"rows": len(rows), "errors": len(errors)})
    return run


def _rows_and_columns(kind: str, data: bytes, file_name: str) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The rows of a file and which column is what; a list of needs may come without a line of column names."""
    rows = read_rows(data, file_name)
    return without_heads(kind, rows) or (rows, map_columns(kind, rows[0]))


@transaction.atomic
def queue_import(*, run_id: int, actor: User) -> ImportRun:
    """Let the worker import it; refused while a row has an error."""
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    if run.created_by_id != actor.pk:
        raise Forbidden("market.import_not_yours")
    if run.error_count:
        raise Conflict("market.import_has_errors", count=run.error_count)
    run.move_to(State.QUEUED)
    run.save(update_fields=["state"])
    journal.record("market.import.queued", actor=actor, subject=run)
    return run


@transaction.atomic
def cancel_import(*, run_id: int, actor: User) -> ImportRun:
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    if run.created_by_id != actor.pk:
        raise Forbidden("market.import_not_yours")
    run.move_to(State.CANCELLED)
    run.save(update_fields=["state"])
    journal.record("market.import.cancelled", actor=actor, subject=run)
    return run


def run_import(*, run_id: int, progress: Callable[[int, int], None] | None = None) -> ImportRun:
    """Make the rows ready step by step (shown as progress), then write all of them in one transaction.

    Called by the worker and the command line; a run that was interrupted starts again and ends the same.
    """
    run = ImportRun.objects.get(pk=run_id)
    if run.state not in (State.QUEUED, State.RUNNING):
        return run
    ImportRun.objects.filter(pk=run_id, state=State.QUEUED).update(state=State.RUNNING, done=0)
    with run.file.open("rb") as file:
        rows, _mapping = _rows_and_columns(run.kind, file.read(), run.file_name)
    today, made = clock.today(), []
    mapping = {head: field for head, field in run.mapping.items() if field}
    for read in _read(run.kind, rows, mapping, today):
        content = make_brief(read.values["title"], read.values["raw_words"], today) if run.kind == "needs" else None
        made.append((read.values, content))
        if read.number % STEP == 0:
            ImportRun.objects.filter(pk=run_id).update(done=read.number)
            if progress:
                progress(read.number, len(rows))
    return _write(run_id, made)


@transaction.atomic
def _write(run_id: int, made: list[tuple[dict[str, Any], dict[str, Any] | None]]) -> ImportRun:
    run = ImportRun.objects.select_for_update(of=("self",)).select_related("created_by").get(pk=run_id)
    if run.state != State.RUNNING:
        raise Conflict("market.import_state", state=run.get_state_display(), wanted=str(State.DONE.label))
    model = Need if run.kind == "needs" else Result
    there = set(model.objects.filter(owner_id=run.owner_id, source=run.source).values_list("source_key", flat=True))
    fresh: list[Any] = []
    contents: list[dict[str, Any] | None] = []
    for values, content in made:
        if values["source_key"] in there:
            continue
        there.add(values["source_key"])
        fresh.append(_listing(model, run, values, content))
        contents.append(content)
    model.objects.bulk_create(fresh, batch_size=500)
    if model is Need:
        Brief.objects.bulk_create(
            [
                Brief(need=need, number=1, content=content, created_by=run.created_by)
                for need, content in zip(fresh, contents, strict=True)
            ],
            batch_size=500,
        )
    run.added, run.unchanged, run.done = len(fresh), len(made) - len(fresh), run.rows
    run.finished_at = clock.now()
    run.move_to(State.DONE)
    run.save()
    journal.record(
        "market.import.finished",
        actor=run.created_by,
        subject=run,
        data={"kind": run.kind, "added": run.added, "first": fresh[0].pk if fresh else None},
        organisations=[run.owner_id],
    )
    return run


def _listing(model: type[Need] | type[Result], run: ImportRun, values: dict[str, Any], content: Any) -> Need | Result:
    if content:
        values = {
            "field": _first_field(content),
            "modes": content["modes"],
            "keywords": content["keywords"][:3],
        } | values
    today = clock.today()
    listing = model(
        slug=new_slug(model.PREFIX),
        owner_id=run.owner_id,
        created_by_id=run.created_by_id,
        source=run.source,
        import_run=run,
        **values,
    )
    if run.publish:
        listing.state = model.State.PUBLISHED
        listing.published_on, listing.fresh_until = today, fresh_until(today)
    return listing


def _first_field(content: dict[str, Any]) -> str:
    return str(content["field"][0]["code"]) if content["field"] else ""


def _read(kind: str, rows: list[dict[str, Any]], mapping: dict[str, str], today: Any) -> Iterable[Read]:
    for number, row in enumerate(rows, 1):
        yield from read_needs(kind, number, row, mapping, today)
