"""REST endpoints of templates: ours to read, an association's own to edit and publish."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import or_404

from . import operations
from .clauses import Template
from .clauses.writing import to_content
from .models import OwnTemplate
from .permissions import can_edit_templates
from .queries.templates import associations_to_edit, find_ours, find_own, newest, own_visible_to

router = Router()


class TemplateRow(Schema):
    kind: str
    version: str
    sub_kinds: list[str]
    name: list[str]


class TemplateOut(TemplateRow):
    """``content`` is the whole template as data: fields, articles, clauses in Chinese and English."""

    content: dict[str, Any]


class OwnOut(Schema):
    slug: str
    kind: str
    sub_kind: str
    base: str
    revision: int
    versions: list[str]
    content: dict[str, Any]


class CopyIn(Schema):
    kind: str
    sub_kind: str


class EditIn(Schema):
    """``content`` as read, with name, preamble, fields and articles changed; ``revision`` is the one that was read."""

    revision: int
    content: dict[str, Any]


class PublishIn(Schema):
    note: str


def _row(one: Template) -> dict[str, Any]:
    return {"kind": one.kind, "version": one.version, "sub_kinds": list(one.sub_kinds), "name": list(one.name)}


def _own(one: OwnTemplate) -> dict[str, Any]:
    own = {name: getattr(one, name) for name in ("slug", "kind", "sub_kind", "base", "revision", "content")}
    return {**own, "versions": [str(version.content["version"]) for version in one.versions.all()]}


def _editable(request: HttpRequest, slug: str) -> OwnTemplate:
    user: Any = request.user
    found = or_404(find_own(user, slug))
    return or_404(found if can_edit_templates(user, found.association_id) else None)


@router.get("/", response=list[TemplateRow])
def templates(request: HttpRequest) -> Any:
    """Our templates in their newest versions."""
    return [_row(one) for one in newest()]


@router.get("/own", response=list[OwnOut])
def own_templates(request: HttpRequest) -> Any:
    """The copies of the associations near the caller."""
    return [_own(one) for one in own_visible_to(request.user).prefetch_related("versions")]


@router.post("/own", response={201: OwnOut})
def copy_template(request: HttpRequest, given: CopyIn) -> Any:
    """Begin a copy for the association that the caller edits for."""
    actor: Any = request.user
    editable = associations_to_edit(actor)
    if not editable:
        raise Forbidden("contracts.may_not_template")
    made = operations.copy_template(
        association_id=editable[0].pk, kind=given.kind, sub_kind=given.sub_kind, actor=actor
    )
    return Status(201, _own(made))


@router.get("/own/{owntemplate}", response=OwnOut)
def own_template(request: HttpRequest, owntemplate: str) -> Any:
    return _own(or_404(find_own(request.user, owntemplate)))


@router.put("/own/{owntemplate}", response=OwnOut)
def edit_template(request: HttpRequest, owntemplate: str, given: EditIn) -> Any:
    """Save; an unknown field, a loop or anything that cannot be filled is refused with its place."""
    actor: Any = request.user
    found = _editable(request, owntemplate)
    return _own(
        operations.edit_template(template_id=found.pk, actor=actor, revision=given.revision, content=given.content)
    )


@router.post("/own/{owntemplate}/publish", response=OwnOut)
def publish_template(request: HttpRequest, owntemplate: str, given: PublishIn) -> Any:
    """Make it the next version: contracts drafted from now on use it."""
    actor: Any = request.user
    found = _editable(request, owntemplate)
    operations.publish_template(template_id=found.pk, actor=actor, note=given.note)
    return _own(found)


@router.get("/{templatekind}/{templateversion}", response=TemplateOut)
def template(request: HttpRequest, templatekind: str, templateversion: str) -> Any:
    found = or_404(find_ours(templatekind, templateversion))
    return {**_row(found), "content": to_content(found)}
