"""An association's own templates: copied from ours, edited, published in versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock, text
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import Organisation, User

from .. import permissions
from ..clauses import common, latest
from ..clauses.reading import read
from ..clauses.writing import to_content
from ..models import Contract, OwnTemplate, OwnTemplateVersion

EDITED = ("name", "preamble", "fields", "articles")


def _locked(template_id: int, actor: User) -> OwnTemplate:
    found = OwnTemplate.objects.select_for_update(of=("self",)).get(pk=template_id)
    if not permissions.can_edit_templates(actor, found.association_id):
        raise Forbidden("contracts.may_not_template")
    return found


@transaction.atomic
def copy_template(*, association_id: int, kind: str, sub_kind: str, actor: User) -> OwnTemplate:
    """Begin an association's own copy of our newest template; contracts use ours until the copy is published."""
    association = Organisation.objects.select_for_update(of=("self",)).get(pk=association_id)
    if association.kind != Organisation.Kind.ASSOCIATION or not permissions.can_edit_templates(actor, association_id):
        raise Forbidden("contracts.may_not_template")
    if kind not in Contract.Kind.values or sub_kind not in Contract.SUB_KINDS[Contract.Kind(kind)]:
        raise Invalid("contracts.sub_kind", field="sub_kind")
    if OwnTemplate.objects.filter(association=association, kind=kind, sub_kind=sub_kind).exists():
        raise Conflict("contracts.template_exists")
    base = latest(kind, sub_kind)
    content = {**to_content(base, sub_kind), "changes": []}
    made = OwnTemplate.objects.create(
        association=association,
        kind=kind,
        sub_kind=sub_kind,
        base=base.version,
        content=content,
        changed_by=actor,
        changed_at=clock.now(),
    )
    data = {"kind": kind, "sub_kind": sub_kind, "base": base.version}
    journal.record("contracts.template.copied", actor=actor, subject=made, data=data, organisations=[association_id])
    return made


@transaction.atomic
def edit_template(*, template_id: int, actor: User, revision: int, content: Mapping[str, Any]) -> OwnTemplate:
    """Save what was edited; Invalid with the place where a field is unknown or program text stands.

    The same content again changes nothing; Conflict when somebody else saved since ``revision``.
    """
    found = _locked(template_id, actor)
    wanted = _wanted(found.content, content)
    if wanted == found.content:
        return found
    if revision != found.revision:
        raise Conflict("contracts.template_changed")
    found.content, found.revision = wanted, found.revision + 1
    found.changed_by, found.changed_at = actor, clock.now()
    found.save()
    journal.record(
        "contracts.template.edited",
        actor=actor,
        subject=found,
        data={"kind": found.kind, "sub_kind": found.sub_kind, "revision": found.revision},
        organisations=[found.association_id],
    )
    return found


@transaction.atomic
def publish_template(*, template_id: int, actor: User, note: str) -> OwnTemplateVersion:
    """Make what stands there the next version, with a line of the change log: contracts drafted from now on use
    it, older ones keep theirs. Conflict when nothing differs from the last version."""
    found = _locked(template_id, actor)
    said = text.clean(note).strip()[:300]
    if not said:
        raise Invalid("contracts.template_note", field="note")
    last = found.versions.first()
    number = last.number + 1 if last else 1
    changes = [*(last.content["changes"] if last else []), [_name(number), clock.today().isoformat(), said, said]]
    content = {**found.content, "version": _name(number), "changes": changes}
    if last and {**content, "version": "", "changes": []} == {**last.content, "version": "", "changes": []}:
        raise Conflict("contracts.template_same")
    read(content, common())
    made = OwnTemplateVersion.objects.create(
        template=found, number=number, content=content, note=said, published_by=actor, published_at=clock.now()
    )
    journal.record(
        "contracts.template.published",
        actor=actor,
        subject=found,
        data={"kind": found.kind, "sub_kind": found.sub_kind, "number": number, "note": said},
        organisations=[found.association_id],
    )
    return made


def _wanted(before: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, Any]:
    """What is to be saved: only the parts that people edit, and only where their shape can be read."""
    made: dict[str, Any] = _clean({**before, **{key: content[key] for key in EDITED if key in content}})
    try:
        read(made, common())
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise Invalid("contracts.template_keys", field="articles") from error
    return made


def _name(number: int) -> str:
    return f"A.{number}"


def _clean(value: Any) -> Any:
    """Without what may not be stored."""
    if isinstance(value, str):
        return text.clean(value)
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list) else value
