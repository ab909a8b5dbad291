"""Pages of the importer: choose a file, see what would happen, let it run, watch it."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinxian.kernel.http import attempt, signed_in
from yinxian.network.models import User

from ..forms.imports import ImportForm
from ..models import ImportRun
from ..operations.imports import cancel_import, preview_import, queue_import
from ..queries.imports import runs_of


def mine(request: HttpRequest, slug: str) -> ImportRun:
    return get_object_or_404(runs_of(cast(User, request.user)), slug=slug)


@signed_in
@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    kind = request.GET.get("kind", "needs")
    user = cast(User, request.user)
    form = ImportForm(request.POST or None, request.FILES or None, user=user, initial={"kind": kind})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        run = attempt(
            form,
            preview_import,
            kind=given["kind"],
            data=given["file"].read(),
            file_name=given["file"].name,
            owner_id=given["owner"].pk,
            publish=given.get("publish", False),
            actor=cast(User, request.user),
        )
        if run:
            return redirect("market:import", run.slug)
    status = 422 if form.errors else 200
    runs = runs_of(cast(User, request.user))[:10]
    return render(request, "market/imports.html", {"form": form, "runs": runs}, status=status)


@signed_in
@require_GET
def import_run(request: HttpRequest, importrun: str) -> HttpResponse:
    """The run; htmx asks for the fragment while it is working."""
    template = "market/_import_run.html" if request.headers.get("HX-Request") else "market/import.html"
    return render(request, template, {"run": mine(request, importrun)})


@signed_in
@require_POST
def start_import(request: HttpRequest, importrun: str) -> HttpResponse:
    queue_import(run_id=mine(request, importrun).pk, actor=cast(User, request.user))
    return redirect("market:import", importrun)


@signed_in
@require_POST
def stop_import(request: HttpRequest, importrun: str) -> HttpResponse:
    cancel_import(run_id=mine(request, importrun).pk, actor=cast(User, request.user))
    return redirect("market:imports")
