"""Every write on a brief: made from the words, edited as a new version, sent to the client, signed off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.db import transaction

from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.text import clean
from yinxian.network.members import has_role
from yinxian.network.models import Organisation, User
from yinxian.network.operations.links import issue_link, read_link, use_link

from .. import permissions
from ..intake import make_brief
from ..intake.content import checked_content
from ..models import Brief, BriefComment, Need
from . import listings
from .feedback import keep_corrections
from .needs import TRANSLATED_AGAIN, create_need

PURPOSE = "market.brief.sign_off"
SENT_TWICE = dt.timedelta(minutes=10)
State = Need.State
OVER = (State.SOLVED, State.CLOSED)


@transaction.atomic
def submit_need(
    *,
    owner_id: int,
    actor: User,
    raw_words: str,
    title: str = "",
    values: Mapping[str, Any] | None = None,
    raw_file: File[bytes] | None = None,
) -> Need:
    """Take in a company's own words and make the first version of the brief from them.

    A member of the buyer submits for it, a manager for a client. The same words for the same company by the same
    person within ten minutes are one need: the first is given back. Invalid when there are no words.
    """
    owner = Organisation.objects.select_for_update().get(pk=owner_id)
    words = raw_words.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
    since = clock.now() - SENT_TWICE
    twin = Need.objects.filter(owner=owner, created_by=actor, raw_words=words, created_at__gte=since).first()
    if twin is not None:
        return twin
    content = make_brief(title, words, clock.today())
    if words.strip() and not content["title"]:
        raise Invalid("market.words_missing", field="raw_words")
    own = has_role(actor, owner.pk, permissions.OWNERS)
    need = create_need(
        owner_id=owner_id,
        actor=actor,
        raw_words=words,
        values={**listing_values(content), **(values or {})},
        manager_id=actor.pk if not own and permissions.is_a_manager(actor.pk) else None,
        raw_file=raw_file,
    )
    add_version(need, content, actor, "")
    return need


@transaction.atomic
def make_first_brief(*, need_id: int, actor: User) -> Brief:
    """The first version for a need that has none (an imported one); the present one when it has."""
    need = listings.locked(Need, need_id)
    if not permissions.can_edit(actor, need):
        raise Forbidden("market.not_yours")
    return need.current_brief or add_version(need, make_brief(need.title, need.raw_words, clock.today()), actor, "")


@transaction.atomic
def new_version(
    *, need_id: int, actor: User, content: Mapping[str, Any], seen: int, note: str = "", corrects: bool = True
) -> Brief:
    """Save an edited brief as the next version. ``seen`` is the number that the editor read. What a person set right
    of the version before is kept as feedback to the rules (``corrects``).

    Nothing changed gives the present version back. A brief that the client had confirmed is to be confirmed again.
    """
    need = listings.locked(Need, need_id)
    if not permissions.can_edit(actor, need):
        raise Forbidden("market.not_yours")
    if need.state in OVER:
        raise Conflict("market.need_over", state=need.get_state_display())
    current = need.current_brief
    if (current.number if current else 0) != seen:
        raise Conflict("market.brief_changed_meanwhile")
    checked = checked_content(content, need.raw_words)
    if current is not None and checked == current.content:
        return current
    if need.state in (State.SUBMITTED, State.VERIFYING):
        need.move_to(State.TRANSLATING)
    elif need.state in TRANSLATED_AGAIN:
        need.move_to(TRANSLATED_AGAIN[State(need.state)])
    for name, value in listing_values(checked).items():
        setattr(need, name, dt.date.fromisoformat(value) if name == "deadline" and value else value)
    need.changed_at = clock.now()
    need.save()
    brief = add_version(need, checked, actor, note)
    if corrects and current is not None:
        keep_corrections(need, current.content, brief, actor)
    return brief


def listing_values(content: Mapping[str, Any]) -> dict[str, Any]:
    """What lists and filters read of a need, as its brief says it."""
    budget = content["budget"] or {"low_fen": None, "high_fen": None}
    return {
        "title": content["title"],
        "field": content["field"][0]["code"] if content["field"] else "",
        "keywords": content["keywords"][:3],
        "modes": content["modes"],
        "budget_low_fen": budget["low_fen"],
        "budget_high_fen": budget["high_fen"],
        "deadline": content["deadline"],
    }


def add_version(need: Need, content: dict[str, Any], actor: User | None, note: str) -> Brief:
    """The next version, in the transaction of the caller, who holds the need."""
    last = need.current_brief
    brief = Brief.objects.create(
        need=need,
        number=(last.number if last else 0) + 1,
        content=content,
        note=" ".join(clean(note).split())[:200],
        created_by=actor or need.created_by,
        created_at=clock.now(),
    )
    listings.record("brief_written", need, actor, number=brief.number)
    return brief


def _current(brief: Brief) -> None:
    """Conflict when the version is signed already, has been followed by another, or the need is over."""
    if brief.signed_off_at is not None:
        raise Conflict("market.brief_signed")
    if brief.need.briefs.filter(number__gt=brief.number).exists():
        raise Conflict("market.brief_superseded")
    if brief.need.state in OVER:
        raise Conflict("market.need_over", state=brief.need.get_state_display())


def _held(brief_id: int) -> Brief:
    """The version, its need locked first: versions and states of one need change one after the other."""
    need_id = Brief.objects.values_list("need_id", flat=True).get(pk=brief_id)
    need = listings.locked(Need, need_id)
    brief = Brief.objects.get(pk=brief_id)
    brief.need = need
    return brief


@transaction.atomic
def ask_sign_off(*, brief_id: int, actor: User, recipient: str, contact: str = "") -> str:
    """A link by which the client's ``recipient`` answers once, without an account. Earlier unused ones end."""
    brief = _held(brief_id)
    if not permissions.can_edit(actor, brief.need):
        raise Forbidden("market.not_yours")
    _current(brief)
    recipient = " ".join(clean(recipient).split())[:120]
    if not recipient:
        raise Invalid("market.recipient_missing", field="recipient")
    return issue_link(
        purpose=PURPOSE, subject=brief, recipient=recipient, actor=actor, contact=contact.strip()[:120], side="buyer"
    )


def brief_of_link(token: str) -> tuple[Brief, str]:
    """The version behind a link and for whom it was made; Conflict when it can no longer be answered."""
    link = read_link(token=token, purpose=PURPOSE)
    brief = Brief.objects.select_related("need__owner", "need__manager").get(pk=link.subject_id)
    _current(brief)
    return brief, link.recipient


@transaction.atomic
def answer_by_link(*, token: str, agrees: bool, name: str, comment: str = "") -> Brief:
    """The client's one answer: signed off in their name, or what is wrong, kept as a comment."""
    link = use_link(token=token, purpose=PURPOSE)
    brief = _held(link.subject_id)
    _current(brief)
    who = " ".join(clean(name).split())[:60] or link.recipient
    signed = who if who == link.recipient else f"{who}（{link.recipient}）"
    return _answer(brief, agrees, signed[:120], comment, None)


@transaction.atomic
def sign_off(*, brief_id: int, actor: User, agrees: bool, comment: str = "") -> Brief:
    """The same answer in the product, by the buyer's own people."""
    brief = _held(brief_id)
    if not permissions.can_sign_off(actor, brief.need):
        raise Forbidden("market.owner_signs_off")
    _current(brief)
    return _answer(brief, agrees, actor.get_full_name(), comment, actor)


def _answer(brief: Brief, agrees: bool, who: str, comment: str, actor: User | None) -> Brief:
    need = brief.need
    said = clean(comment).strip()[:4000]
    if not agrees and not said:
        raise Invalid("market.comment_missing", field="comment")
    if said:
        BriefComment.objects.create(brief=brief, text=said, by_name=who, by_user=actor, said_at=clock.now())
    if not agrees:
        listings.record("brief_questioned", need, actor, number=brief.number)
        return brief
    brief.signed_off_at, brief.signed_off_by = clock.now(), who
    brief.save(update_fields=["signed_off_at", "signed_off_by"])
    if need.state == State.SUBMITTED:
        need.move_to(State.TRANSLATING)
    if need.state in (State.VERIFYING, State.TRANSLATING):
        need.move_to(State.CONFIRMED)
    elif need.state == State.REDIAGNOSIS:
        need.move_to(State.MATCHING)
    need.changed_at = clock.now()
    need.save()
    listings.record("brief_signed", need, actor, number=brief.number)
    return brief
