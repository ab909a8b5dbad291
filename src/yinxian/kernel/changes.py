"""Whether saving would say anything new: a form that is sent twice leaves one entry in the journal."""

from __future__ import annotations

from django.db.models import Model


def changed(row: Model) -> bool:
    """Whether any column of ``row``, which has been saved before, differs from what the database holds."""
    kept = type(row)._default_manager.get(pk=row.pk)
    return any(getattr(row, field.attname) != getattr(kept, field.attname) for field in row._meta.concrete_fields)
