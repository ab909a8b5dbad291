"""Issue a link, look at it, use it once."""

from __future__ import annotations

import datetime as dt

from django.db import models, transaction

from yinxian import journal
from yinxian.kernel import clock, crypto
from yinxian.kernel.errors import Conflict
from yinxian.kernel.ids import new_token

from ..models import SignedLink, User

VALID_FOR = dt.timedelta(days=14)


def digest_of(token: str) -> str:
    return crypto.sha256_hex(token.encode("utf-8", "replace"))


@transaction.atomic
def issue_link(
    *,
    purpose: str,
    subject: models.Model,
    recipient: str,
    actor: User,
    contact: str = "",
    side: str = "",
    valid_for: dt.timedelta = VALID_FOR,
) -> str:
    """A secret token for one answer by one person; earlier unused ones for the same answer are withdrawn.

    Permission is the caller's: an operation calls this after it has asked.
    """
    about = {
        "purpose": purpose,
        "subject_type": subject._meta.label_lower,
        "subject_id": subject.pk,
        "side": side,
    }
    SignedLink.objects.filter(**about, used_at=None, withdrawn_at=None).update(withdrawn_at=clock.now())
    token = new_token()
    SignedLink.objects.create(
        **about,
        digest=digest_of(token),
        recipient=recipient,
        recipient_contact=contact,
        created_by=actor,
        created_at=clock.now(),
        expires_at=clock.now() + valid_for,
    )
    journal.record("network.link.issued", actor=actor, subject=subject, data={"purpose": purpose, "side": side})
    return token


def read_link(*, token: str, purpose: str) -> SignedLink:
    """The link behind a token; Conflict when it is unknown, withdrawn, expired, or already used."""
    link = SignedLink.objects.filter(digest=digest_of(token), purpose=purpose).first()
    return _usable(link)


@transaction.atomic
def use_link(*, token: str, purpose: str) -> SignedLink:
    """Use a link up; of two at once, one succeeds. Call inside the operation that it authorises."""
    link = SignedLink.objects.select_for_update().filter(digest=digest_of(token), purpose=purpose).first()
    usable = _usable(link)
    usable.used_at = clock.now()
    usable.save(update_fields=["used_at"])
    return usable


def _usable(link: SignedLink | None) -> SignedLink:
    if link is None or link.withdrawn_at:
        raise Conflict("kernel.link_unknown")
    if link.used_at:
        raise Conflict("kernel.link_used")
    if link.expires_at <= clock.now():
        raise Conflict("kernel.link_expired")
    return link
