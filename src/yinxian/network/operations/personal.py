"""Everything about a person as a file, and what is done when they leave."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models, transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Invalid

from ..models import Membership, User
from ..personal import BLANKED, BLOCKS, DELETED, OUTSIDE, REGISTRY, SECRET, plain, pointing_tables

MOST_ROWS = 20_000


def export_person(user: User) -> bytes:
    """A ZIP with a JSON file for each kind of thing; ``person.json`` is the account. Only who asks gets it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        own = {name: value for name, value in plain(user).items() if name not in SECRET}
        _put(archive, "person", [own])
        named = set()
        for held in REGISTRY.values():
            rows = held.exported(user)
            _put(archive, held.model, [plain(row) for row in rows[:MOST_ROWS]])
            named.add(held.model)
        for model, fields in pointing_tables():
            label = model._meta.label_lower
            if label in named:
                continue
            mine = models.Q()
            for name in fields:
                mine |= models.Q(**{name: user})
            _put(archive, label, [plain(row) for row in model._default_manager.filter(mine)[:MOST_ROWS]])
    return out.getvalue()


def _put(archive: zipfile.ZipFile, name: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        archive.writestr(f"{name}.json", json.dumps(rows, ensure_ascii=False, indent=1, default=str))


def hindrances(user: User) -> list[str]:
    """What must be finished or handed over first."""
    return [said for ask in BLOCKS for said in ask(user)]


@transaction.atomic
def forget_person(*, actor: User, confirmation: str) -> None:
    """The person leaves: what nobody needs is deleted, personal fields are blanked, and what law, books or others'
    contracts need stays under the person's number instead of the name. ``confirmation`` is the person's own name.
    Conflict while something is open."""
    user = User.objects.select_for_update().get(pk=actor.pk)
    if confirmation.strip() != user.get_full_name():
        raise Invalid("network.confirm_with_name", field="confirmation")
    if open_ones := hindrances(user):
        raise Conflict("network.cannot_be_forgotten_yet", count=len(open_ones))
    for held in REGISTRY.values():
        if held.act == DELETED:
            _delete(held.rows(user))
        elif held.act == BLANKED and held.blank:
            held.wipe(user)
    for label in OUTSIDE[:3]:
        for model in apps.get_app_config(label).get_models():
            for one in model._meta.get_fields():
                if isinstance(one, models.ForeignKey) and one.remote_field.model is User:
                    model._default_manager.filter(**{one.name: user}).delete()
    Membership.objects.filter(user=user, ended_at=None).update(ended_at=clock.now())
    journal.record("network.person.forgotten", actor=user, subject=user)
    user.name = user.name_en = ""
    user.phone = user.email = None
    user.phone_verified = user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.save()


def _delete(rows: models.QuerySet[Any]) -> None:
    """The rows, and after the commit the files that they named."""
    files = [one.name for one in rows.model._meta.concrete_fields if isinstance(one, models.FileField)]
    names = [str(getattr(row, name)) for row in rows for name in files if getattr(row, name)]
    rows.delete()

    def gone() -> None:
        for name in names:
            default_storage.delete(name)

    transaction.on_commit(gone)
