"""REST endpoints that take files: one need, or a list of them (previewed, started, watched)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema, Status, UploadedFile

from yinxian.kernel.http import or_404
from yinxian.network.models import Organisation

from .api_briefs import BriefOut, actor_of, brief_out
from .models import ImportRun
from .operations.imports import cancel_import, preview_import, queue_import
from .operations.taking_in import take_in
from .queries.imports import runs_of

router = Router()


class TakenInOut(BriefOut):
    """``cut``: the file holds more words than are read; it is kept whole."""

    cut: bool


class CellFault(Schema):
    row: int
    column: str
    message: str


class RunOut(Schema):
    """``apart`` rows hold several needs each, which come in one by one. ``columns`` says as what each column is read,
    empty for one that nobody knows. With a fault nothing is imported; of the faults the first 200 are told."""

    slug: str
    kind: str
    state: str
    owner: str
    rows: int
    apart: int
    done: int
    added: int
    unchanged: int
    columns: dict[str, str]
    faults: int
    told: list[CellFault]
    finished_at: dt.datetime | None = None


def _run(run: ImportRun) -> dict[str, Any]:
    shown = {
        name: getattr(run, name) for name in ("slug", "kind", "state", "rows", "apart", "done", "added", "unchanged")
    }
    return shown | {
        "owner": run.owner.slug,
        "columns": run.mapping,
        "faults": run.error_count,
        "told": run.errors,
        "finished_at": run.finished_at,
    }


def _mine(request: HttpRequest, slug: str) -> ImportRun:
    return get_object_or_404(runs_of(actor_of(request)), slug=slug)


@router.post("/needs/file", response={201: TakenInOut}, url_name="need_file")
def submit_file(
    request: HttpRequest,
    raw_file: File[UploadedFile],
    owner: Form[str],
    raw_words: Form[str] = "",
    title: Form[str] = "",
) -> Status[dict[str, Any]]:
    """Take in a company's words as a file (txt, docx, pdf, xlsx with one need), after those typed."""
    found = get_object_or_404(Organisation, slug=owner)
    taken = take_in(owner_id=found.pk, actor=actor_of(request), typed=raw_words, file=raw_file, title=title)
    return Status(201, brief_out(taken.need, or_404(taken.need.current_brief)) | {"cut": taken.cut})


@router.post("/imports", response={201: RunOut}, url_name="new_import")
def preview(
    request: HttpRequest,
    file: File[UploadedFile],
    owner: Form[str],
    kind: Form[str] = "needs",
    publish: Form[bool] = False,
) -> Status[dict[str, Any]]:
    """Read a list of needs or results (CSV, XLSX, JSON, JSON lines) and say what would happen. Nothing enters yet."""
    found = get_object_or_404(Organisation, slug=owner)
    run = preview_import(
        kind=kind,
        data=file.read(),
        file_name=file.name or "",
        owner_id=found.pk,
        actor=actor_of(request),
        publish=publish,
    )
    return Status(201, _run(run))


@router.get("/imports", response=list[RunOut], url_name="imports")
def imports(request: HttpRequest) -> Any:
    """One's own latest fifty, newest first."""
    return [_run(run) for run in runs_of(actor_of(request))[:50]]


@router.get("/imports/{importrun}", response=RunOut, url_name="import")
def read_import(request: HttpRequest, importrun: str) -> Any:
    """How far it is."""
    return _run(_mine(request, importrun))


@router.post("/imports/{importrun}/start", response=RunOut, url_name="start_import")
def start(request: HttpRequest, importrun: str) -> Any:
    """Let the worker import all of it; refused while a cell has a fault."""
    return _run(queue_import(run_id=_mine(request, importrun).pk, actor=actor_of(request)))


@router.post("/imports/{importrun}/cancel", response=RunOut, url_name="stop_import")
def cancel(request: HttpRequest, importrun: str) -> Any:
    """Leave it; nothing has entered."""
    return _run(cancel_import(run_id=_mine(request, importrun).pk, actor=actor_of(request)))
