"""The team chooses one offer; from then on it is referred, and the receipt says so."""

from __future__ import annotations

import secrets

from django.db import transaction

from yinxian import journal
from yinxian.journal.digests import digests_of
from yinxian.journal.operations.receipts import signed_receipt
from yinxian.journal.verification import LANDING
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden
from yinxian.network.models import User

from .. import permissions
from ..models import Agreement, Landing, Offer, Receipt
from ..receipts import statement_of
from .offers import locked_offer


@transaction.atomic
def choose_offer(*, offer_id: int, actor: User, version: int) -> Landing:
    """The team takes this offer as it read it (``version``). The shares between the regions must all be accepted.

    The other offers are passed over, contacts open to the chosen region, the receipt is signed. Of two choices at
    once one wins and the other is told: both wait for the landing's lock.
    """
    landing, offer = locked_offer(offer_id)
    if not permissions.can_choose(actor, landing):
        raise Forbidden("landing.not_yours")
    landing.move_to(Landing.State.CHOSEN)
    offer.move_to(Offer.State.CHOSEN)
    if offer.version != version:
        raise Conflict("landing.offer_changed", version=offer.version)
    if offer.valid_until < clock.today():
        raise Conflict("landing.offer_expired")
    agreement = Agreement.objects.filter(offer=offer).first()
    if agreement is None:
        raise Conflict("landing.no_agreement")
    if waiting := agreement.shares.filter(accepted_at=None).count():
        raise Conflict("landing.not_agreed", count=waiting)
    landing.chosen_at = clock.now()
    landing.save(update_fields=["state", "chosen_at"])
    offer.save(update_fields=["state"])
    _issue(landing, offer, agreement, actor)
    _pass_over(landing, offer, actor)
    return landing


def _issue(landing: Landing, offer: Offer, agreement: Agreement, actor: User) -> None:
    """Record the choice with a digest of every value of the statement; sign statement, entry and hash."""
    now = clock.now()
    statement, salt = statement_of(landing, offer, agreement, now.isoformat()), secrets.token_hex(16)
    entry = journal.record(
        "landing.landing.chosen",
        actor=actor,
        subject=landing,
        data={
            "offer": offer.slug,
            "team": landing.team.slug,
            "home": landing.home.slug,
            "receiving": offer.organisation.slug,
            "digests": digests_of(statement, salt),
        },
        organisations=[landing.team_id, landing.home_id, offer.organisation_id],
    )
    document = signed_receipt(LANDING, statement=statement, salt=salt, entry=entry)
    Receipt.objects.create(landing=landing, entry=entry, document=document, at=now)


def _pass_over(landing: Landing, chosen: Offer, actor: User) -> None:
    """The others learn that they were not chosen, and nothing of who was."""
    for offer in landing.offers.select_for_update(of=("self",)).filter(state=Offer.State.OPEN).exclude(pk=chosen.pk):
        offer.move_to(Offer.State.PASSED)
        offer.closed_at = clock.now()
        offer.save(update_fields=["state", "closed_at"])
        data = {"landing": landing.slug}
        journal.record(
            "landing.offer.passed", actor=actor, subject=offer, data=data, organisations=[offer.organisation_id]
        )
