"""What the operations on terms share: the lock, and what the journal says of every one of them."""

from __future__ import annotations

from typing import Any

from django.db import models

from yinxian import journal
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden
from yinxian.network.models import User

from .. import permissions
from ..models import Term


def lock_term(term_id: int) -> Term:
    """Whoever changes seats, meetings or attendance of a term holds its row."""
    return Term.objects.select_for_update(of=("self",)).select_related("course__association").get(pk=term_id)


def lock_own_term(term_id: int, actor: User) -> Term:
    """The same for the association; Forbidden for others, Conflict once it is finished or cancelled."""
    term = lock_term(term_id)
    if not permissions.can_edit(actor, term.course):
        raise Forbidden("training.not_yours")
    if not term.live:
        raise Conflict("training.term_over", state=term.get_state_display())
    return term


def say(name: str, term: Term, actor: User | None, /, *, subject: models.Model | None = None, **data: Any) -> Entry:
    """An entry about a term, or about something in it."""
    about = {"course": term.course.slug, "term": term.slug, **data}
    return journal.record(
        name, actor=actor, subject=subject or term, data=about, organisations=[term.course.association_id]
    )
