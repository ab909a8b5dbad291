"""A brief asked of a model: asked in one transaction, drafted outside any, kept in another."""

from __future__ import annotations

from django.db import transaction

from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Refusal
from yinxian.network.models import User

from .. import permissions
from ..drafting import Draft, draft, is_configured
from ..models import ModelDraft, Need
from . import listings
from .briefs import OVER, new_version

State = ModelDraft.State


@transaction.atomic
def ask_draft(*, need_id: int, actor: User) -> ModelDraft:
    """Let the model draft the next version. One at a time: the waiting one is given back."""
    need = listings.locked(Need, need_id)
    if not permissions.can_edit(actor, need):
        raise Forbidden("market.not_yours")
    if not is_configured():
        raise Conflict("market.no_model")
    if need.state in OVER:
        raise Conflict("market.need_over", state=need.get_state_display())
    waiting = need.drafts.filter(state=State.WAITING).first()
    if waiting is not None:
        return waiting
    current = need.current_brief
    asked = ModelDraft.objects.create(need=need, seen=current.number if current else 0, asked_by=actor)
    listings.record("draft_asked", need, actor, draft=asked.pk)
    return asked


def run_draft(*, draft_id: int) -> ModelDraft:
    """Ask the model and keep its brief as the next version, or why it could not be used. Not in a transaction;
    twice is as once."""
    asked = ModelDraft.objects.select_related("need").get(pk=draft_id)
    if asked.state != State.WAITING:
        return asked
    return _keep(draft_id=draft_id, made=draft(asked.need.title, asked.need.raw_words, clock.today()))


@transaction.atomic
def _keep(*, draft_id: int, made: Draft) -> ModelDraft:
    need_id = ModelDraft.objects.values_list("need_id", flat=True).get(pk=draft_id)
    need = listings.locked(Need, need_id)
    asked = ModelDraft.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=draft_id)
    if asked.state != State.WAITING:
        return asked
    asked.dropped = [one._asdict() for one in made.dropped][:60]
    asked.problem, asked.detail = made.problem, made.detail
    asked.state = State.FAILED
    if made.by_model:
        try:
            with transaction.atomic():
                asked.brief = new_version(
                    need_id=need_id,
                    actor=asked.asked_by,
                    content=made.content,
                    seen=asked.seen,
                    note="模型起草，数字已与原话核对",
                    corrects=False,
                )
            asked.state = State.DONE
        except Refusal as refusal:
            asked.problem, asked.detail = "changed", refusal.code[:120]
    asked.save()
    verb = "draft_kept" if asked.state == State.DONE else "draft_failed"
    listings.record(verb, need, asked.asked_by, draft=asked.pk, problem=asked.problem)
    return asked
