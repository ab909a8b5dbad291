"""Templates in the browser: read ours, copy one, edit the association's own with a preview, publish a version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yinxian.kernel.errors import Refusal
from yinxian.kernel.http import attempt, or_404, signed_in

from .. import operations
from ..clauses import Template
from ..forms.templates import ArticleRows, FieldRows, TemplateForm, content_from, initial_of
from ..models import Contract, OwnTemplate
from ..permissions import can_edit_templates
from ..queries import templates as queries

LANGUAGES = Contract.Language.choices


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("text", "zh")
    return asked if asked in Contract.Language.values else "zh"


def _text(request: HttpRequest, shown: Template) -> dict[str, Any]:
    """The template in the language that was asked for; both stand side by side."""
    language = _language(request)
    if language == Contract.Language.BOTH:
        return {"pair": queries.side_by_side(shown)}
    return {"document": queries.sample(shown, language)}


@require_safe
@signed_in
def templates(request: HttpRequest) -> HttpResponse:
    editable = queries.associations_to_edit(request.user)
    association = editable[0] if editable else None
    context = {"rows": queries.rows(request.user, association), "association": association}
    return render(request, "contracts/templates.html", context)


@require_safe
@signed_in
def template(request: HttpRequest, templatekind: str, templateversion: str) -> HttpResponse:
    found = or_404(queries.find_ours(templatekind, templateversion))
    context = {
        "template": found,
        **_text(request, found),
        "language": _language(request),
        "languages": LANGUAGES,
        "kind": dict(Contract.Kind.choices)[found.kind],
    }
    return render(request, "contracts/template.html", context)


@require_POST
@signed_in
def copy_template(request: HttpRequest) -> HttpResponse:
    actor: Any = request.user
    editable = queries.associations_to_edit(actor)
    kind, _sep, sub_kind = request.POST.get("template", "").partition(":")
    made = operations.copy_template(
        association_id=editable[0].pk if editable else 0, kind=kind, sub_kind=sub_kind, actor=actor
    )
    messages.success(request, _("已复制为本协会的模板。改好以后发布，新合同才会用它。"))
    return redirect("contracts:edit_template", made.slug)


@require_safe
@signed_in
def own_template(request: HttpRequest, owntemplate: str) -> HttpResponse:
    user: Any = request.user
    found = or_404(queries.find_own(user, owntemplate))
    shown = queries.template_from(found.content)
    context = {
        "own": found,
        "template": shown,
        **_text(request, shown),
        "language": _language(request),
        "languages": LANGUAGES,
        "versions": found.versions.select_related("published_by"),
        "can_edit": can_edit_templates(user, found.association_id),
    }
    return render(request, "contracts/own_template.html", context)


def _editable(request: HttpRequest, slug: str) -> OwnTemplate:
    user: Any = request.user
    found = or_404(queries.find_own(user, slug))
    return or_404(found if can_edit_templates(user, found.association_id) else None)


def _forms(request: HttpRequest, found: OwnTemplate) -> tuple[TemplateForm, Any, Any]:
    head, articles, fields = initial_of(queries.template_from(found.content), found.revision)
    given = request.POST if request.method == "POST" else None
    return (
        TemplateForm(given, initial=head),
        ArticleRows(given, prefix="articles", initial=articles),
        FieldRows(given, prefix="fields", initial=fields),
    )


def _content(form: TemplateForm, articles: Any, fields: Any, found: OwnTemplate) -> dict[str, Any]:
    typed = ([row.cleaned_data for row in formset] for formset in (articles, fields))
    return content_from(form.cleaned_data, next(typed), next(typed), found.content)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit_template(request: HttpRequest, owntemplate: str) -> HttpResponse:
    actor: Any = request.user
    found = _editable(request, owntemplate)
    form, articles, fields = _forms(request, found)
    if request.method == "POST" and all([form.is_valid(), articles.is_valid(), fields.is_valid()]):

        def save() -> OwnTemplate:
            return operations.edit_template(
                template_id=found.pk,
                actor=actor,
                revision=form.cleaned_data["revision"],
                content=_content(form, articles, fields, found),
            )

        if attempt(form, save):
            messages.success(request, _("已保存。发布以后，新起草的合同才会用它。"))
            return redirect("contracts:own_template", found.slug)
    wrong = request.method == "POST"
    context = {
        "own": found,
        "form": form,
        "articles": articles,
        "fields": fields,
        "pair": queries.side_by_side(queries.template_from(found.content)),
    }
    return render(request, "contracts/edit_template.html", context, status=422 if wrong else 200)


@require_POST
@signed_in
def preview_template(request: HttpRequest, owntemplate: str) -> HttpResponse:
    """The document as what stands in the form would make it, or the sentence why it cannot; nothing is saved."""
    found = _editable(request, owntemplate)
    form, articles, fields = _forms(request, found)
    context: dict[str, Any] = {"refusal": _("有几处还没有填对，改好后预览会更新。")}
    if all([form.is_valid(), articles.is_valid(), fields.is_valid()]):
        try:
            shown = queries.template_from({**found.content, **_content(form, articles, fields, found)})
            context = {"pair": queries.side_by_side(shown)}
        except Refusal as refusal:
            context = {"refusal": refusal.sentence}
    return render(request, "contracts/_template_preview.html", context)


@require_POST
@signed_in
def publish_template(request: HttpRequest, owntemplate: str) -> HttpResponse:
    actor: Any = request.user
    found = _editable(request, owntemplate)
    try:
        made = operations.publish_template(template_id=found.pk, actor=actor, note=request.POST.get("note", ""))
        messages.success(request, _("已发布第 %(number)s 版，新起草的合同用这一版。") % {"number": made.number})
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("contracts:own_template", found.slug)
