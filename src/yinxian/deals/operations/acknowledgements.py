"""Both sides answer: by a signed link without an account, or as a member of the organisation."""

from __future__ import annotations

import calendar
import datetime as dt

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock, text
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import Organisation, User
from yinxian.network.operations.links import issue_link, use_link

from ..models import Acknowledgement, Introduction
from ..permissions import introductions as permissions
from ..queries.links import PURPOSE
from .grants import name_each_other
from .introductions import everyone, locked, note_earlier, steered
from .receipts import issue_receipt

State = Introduction.State
How = Acknowledgement.How
SIDES = Acknowledgement.Side.values
CLOSED = {
    State.ACKNOWLEDGED: "deals.introduction_done",
    State.DECLINED: "deals.introduction_declined",
    State.WITHDRAWN: "deals.introduction_withdrawn",
    State.EXPIRED: "deals.introduction_expired",
}


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months on, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@transaction.atomic
def invite_side(*, introduction_id: int, actor: User, side: str, recipient: str, contact: str = "") -> str:
    """A link for one named person of one side; an earlier one that was not used stops working."""
    introduction = steered(introduction_id, actor)
    _must_be_open(introduction, side)
    recipient = " ".join(text.clean(recipient).split())[:60]
    if not recipient:
        raise Invalid("deals.link_recipient", field="recipient")
    return issue_link(
        purpose=PURPOSE,
        subject=introduction,
        recipient=recipient,
        contact=text.clean(contact).strip()[:120],
        side=side,
        actor=actor,
    )


def _must_be_open(introduction: Introduction, side: str) -> None:
    if side not in SIDES:
        raise Invalid("deals.introduction_side", field="side")
    if introduction.state != State.OFFERED:
        raise Conflict(CLOSED.get(State(introduction.state), "deals.introduction_not_offered"))
    if introduction.acknowledgements.filter(side=side).exists():
        raise Conflict("deals.side_answered")


@transaction.atomic
def answer_by_link(*, token: str, agreed: bool, name: str, post: str, actor: User | None = None) -> Introduction:
    """The person to whom the link was sent answers for their side; the link is used up.

    ``actor`` is whoever happens to be signed in: nobody who earns from it or belongs to the other side answers here.
    """
    link = use_link(token=token, purpose=PURPOSE)
    introduction = _locked_with_parties(link.subject_id)
    if actor is not None:
        if permissions.earns(actor, introduction):
            raise Forbidden("deals.acknowledge_own")
        sides = permissions.sides_of(actor, introduction)
        if sides and link.side not in sides:
            raise Forbidden("deals.link_other_side")
    if "".join(name.split()) != "".join(link.recipient.split()):
        raise Invalid("deals.link_other_person", field="name", recipient=link.recipient)
    return _answer(introduction, link.side, agreed=agreed, name=name, post=post, how=How.LINK, actor=actor)


@transaction.atomic
def acknowledge(*, introduction_id: int, side: str, agreed: bool, post: str, actor: User) -> Introduction:
    """A member of the side's organisation answers, signed in."""
    introduction = _locked_with_parties(introduction_id)
    if permissions.earns(actor, introduction):
        raise Forbidden("deals.acknowledge_own")
    if not permissions.can_speak_for(actor, introduction, side):
        raise Forbidden("deals.acknowledge_for_side")
    return _answer(introduction, side, agreed=agreed, name=str(actor), post=post, how=How.MEMBER, actor=actor)


def _locked_with_parties(introduction_id: int) -> Introduction:
    """Lock both organisations, then the introduction: of two records of one pair, one is the earlier."""
    pair = Introduction.objects.values_list("buyer_id", "supplier_id").get(pk=introduction_id)
    list(Organisation.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pair).order_by("pk"))
    return locked(introduction_id)


def _answer(
    introduction: Introduction, side: str, *, agreed: bool, name: str, post: str, how: str, actor: User | None
) -> Introduction:
    """Write the answer; with the second yes the introduction stands."""
    _must_be_open(introduction, side)
    name, post = (" ".join(text.clean(part).split())[:60] for part in (name, post))
    if not name or not post:
        raise Invalid("deals.acknowledge_who", field="post" if name else "name")
    Acknowledgement.objects.create(
        introduction=introduction,
        side=side,
        agreed=agreed,
        name=name,
        post=post,
        how=how,
        user=actor,
        at=clock.now(),
    )
    journal.record(
        "deals.introduction.answered",
        actor=actor,
        subject=introduction,
        data={"side": side, "agreed": agreed, "how": how},
        organisations=everyone(introduction),
    )
    if not agreed:
        introduction.move_to(State.DECLINED)
        introduction.closed_at = clock.now()
        introduction.save(update_fields=["state", "closed_at"])
        journal.record(
            "deals.introduction.declined",
            actor=actor,
            subject=introduction,
            data={"side": side},
            organisations=everyone(introduction),
        )
    elif introduction.acknowledgements.filter(agreed=True).count() == len(SIDES):
        _stand(introduction, actor)
    return introduction


def _stand(introduction: Introduction, actor: User | None) -> None:
    """Both have said yes: protection begins, contacts open, the receipt is signed."""
    today = clock.today()
    introduction.move_to(State.ACKNOWLEDGED)
    note_earlier(introduction, today)
    introduction.acknowledged_at = clock.now()
    introduction.protected_until = months_after(today, introduction.protection_months)
    introduction.save()
    name_each_other(introduction, actor)
    issue_receipt(introduction, actor)
