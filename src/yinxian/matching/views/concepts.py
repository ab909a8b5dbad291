"""The trades' words: what the product knows, and what the associations add."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinxian.kernel.export import export
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.network.models import User

from ..forms_concepts import LARGEST_FILE, ConceptFileForm, ConceptForm, ConceptSearchForm
from ..models import OwnConcept
from ..operations.concept_files import COLUMNS, import_concepts
from ..operations.concepts import add_concept, edit_concept, withdraw_concept
from ..permissions import can_edit_concepts
from ..queries import concepts as queries

PAGE = 25


@signed_in
@require_GET
def concepts(request: HttpRequest) -> HttpResponse:
    form = ConceptSearchForm(request.GET)
    sought = form.sought()
    page = Paginator(queries.concepts_for(sought), PAGE).get_page(request.GET.get("page"))
    edits = queries.edited_associations(request.user).exists()
    context = {
        "page": page,
        "form": ConceptSearchForm(initial=vars(sought) | {"q": sought.words, "field": sought.area}),
    }
    return render(request, "matching/concepts.html", {**context, "sought": sought, "edits": edits})


@signed_in
@require_GET
def concept(request: HttpRequest, concept: str) -> HttpResponse:
    known = or_404(queries.known(concept))
    edits = known.own is not None and can_edit_concepts(request.user, known.own.association)
    return render(request, "matching/concept.html", {"known": known, "edits": edits})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    associations = queries.edited_associations(request.user)
    if not associations:
        raise Http404
    form = ConceptForm(request.POST if request.method == "POST" else None, associations=associations)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            add_concept,
            association_id=form.cleaned_data["association"].pk,
            actor=cast(User, request.user),
            written=form.written(),
        )
        if made:
            messages.success(request, _("加上了：几秒钟后，需求书和撮合都认得“%(name)s”。") % {"name": made})
            return redirect("matching:concept", made.code)
    return render(request, "matching/new_concept.html", {"form": form}, status=422 if form.errors else 200)


def _mine(request: HttpRequest, code: str) -> OwnConcept:
    found = or_404(queries.own_concepts().filter(code=code).first())
    if not can_edit_concepts(request.user, found.association):
        raise Http404
    return found


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, concept: str) -> HttpResponse:
    found = _mine(request, concept)
    associations = queries.edited_associations(request.user)
    given = request.POST if request.method == "POST" else None
    form = ConceptForm(given, associations=associations, concept=found)
    if request.method == "POST" and form.is_valid():
        based_on = form.cleaned_data["based_on"] or 0
        made = attempt(
            form,
            edit_concept,
            concept_id=found.pk,
            actor=cast(User, request.user),
            written=form.written(),
            based_on=based_on,
        )
        if made:
            messages.success(request, _("改好了，几秒钟后到处都按新的来。"))
            return redirect("matching:concept", made.code)
    context = {"form": form, "concept": found}
    return render(request, "matching/edit_concept.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def withdraw(request: HttpRequest, concept: str) -> HttpResponse:
    found = _mine(request, concept)
    withdraw_concept(concept_id=found.pk, actor=cast(User, request.user))
    messages.success(request, _("撤下了“%(name)s”；要再用，打开它再保存一次就行。") % {"name": found})
    return redirect("matching:concept", found.code)


@signed_in
@require_GET
def export_concepts(request: HttpRequest, fmt: str) -> HttpResponse:
    """The associations' own concepts in use, in the columns that the import reads."""
    rows = (
        (row.code, *("; ".join(part) for part in (row.zh, row.en, row.signs, row.broader)), row.field, row.note)
        for row in queries.in_use()
    )
    return export(rows, [words[0] for words in COLUMNS.values()], _("协会术语"), fmt)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest) -> HttpResponse:
    associations = queries.edited_associations(request.user)
    if not associations:
        raise Http404
    posted = request.method == "POST"
    form = ConceptFileForm(
        request.POST if posted else None, request.FILES if posted else None, associations=associations
    )
    if posted and form.is_valid():
        done = attempt(
            form,
            import_concepts,
            association_id=form.cleaned_data["association"].pk,
            actor=cast(User, request.user),
            data=form.cleaned_data["file"].read(LARGEST_FILE + 1),
        )
        if done is not None:
            said = ngettext("读入了 %(count)s 条术语。", "读入了 %(count)s 条术语。", len(done)) % {"count": len(done)}
            messages.success(request, said)
            return redirect("matching:concepts")
    return render(request, "matching/import_concepts.html", {"form": form}, status=422 if form.errors else 200)
