"""Issuers, keys and status lists: what signing needs."""

from __future__ import annotations

import secrets as random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError, transaction
from django.db.models import F, Max

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import Organisation, User

from .. import addresses, permissions, secrets
from ..models import Credential, Issuer, IssuerKey, StatusList
from ..queries.issuers import signing_key
from ..vc import documents, keys, proofs


@transaction.atomic
def new_key(*, association_id: int, actor: User) -> IssuerKey:
    """Make the association's key, or rotate it: the key before signs no more, and what it signed stays good."""
    association = Organisation.objects.select_for_update(of=("self",)).get(pk=association_id)
    if not permissions.can_keep_keys(actor, association):
        raise Forbidden("credentials.not_keeper")
    return _make_key(issuer_for(association), actor)


@transaction.atomic
def revoke_key(*, association_id: int, fragment: str, actor: User, reason: str) -> IssuerKey:
    """A key that was lost or stolen proves nothing from now on, not even what it signed before. Status lists are
    signed anew with the key that signs now; one is made when this was it."""
    association = Organisation.objects.select_for_update(of=("self",)).get(pk=association_id)
    if not permissions.can_keep_keys(actor, association):
        raise Forbidden("credentials.not_keeper")
    if not reason.strip():
        raise Invalid("credentials.reason_needed", field="reason")
    key = (
        IssuerKey.objects.select_for_update(of=("self",))
        .select_related("issuer")
        .get(issuer__association=association, fragment=fragment)
    )
    if key.revoked_at:
        raise Conflict("credentials.key_revoked_before")
    key.revoked_at, key.reason = clock.now(), reason.strip()[:200]
    key.save(update_fields=["revoked_at", "reason"])
    journal.record(
        "credentials.key.revoked",
        actor=actor,
        subject=association,
        data={"key": key.address, "reason": key.reason},
        organisations=[association.pk],
    )
    if not key.issuer.keys.filter(retired_at=None, revoked_at=None).exists():
        _make_key(key.issuer, actor)
    for status in StatusList.objects.select_for_update(of=("self",)).filter(issuer=key.issuer).order_by("pk"):
        publish(status)
    return key


def issuer_for(association: Organisation) -> Issuer:
    """The association as an issuer: the first of the installation has its root name, others a path of it."""
    found = Issuer.objects.select_related("association").filter(association=association).first()
    if found is not None:
        return found
    if association.kind != Organisation.Kind.ASSOCIATION:
        raise Invalid("credentials.not_association")
    if not Issuer.objects.filter(did=addresses.root_did()).exists():
        try:
            with transaction.atomic():
                return Issuer.objects.create(association=association, did=addresses.root_did())
        except IntegrityError:  # another association was first in this moment: it has the root, this one a path
            return Issuer.objects.create(association=association, did=addresses.path_did(association))
    return Issuer.objects.create(association=association, did=addresses.path_did(association))


def _make_key(issuer: Issuer, actor: User | None) -> IssuerKey:
    now = clock.now()
    issuer.keys.filter(retired_at=None, revoked_at=None).update(retired_at=now)
    secret = Ed25519PrivateKey.generate()
    public = keys.public_multibase(secret.public_key())
    made = IssuerKey.objects.create(
        issuer=issuer,
        fragment=f"key-{issuer.keys.count() + 1}",
        public=public,
        secret=secrets.seal(secret, public),
        created_at=now,
    )
    journal.record(
        "credentials.key.made",
        actor=actor,
        subject=issuer.association,
        data={"key": made.address, "public": public},
        organisations=[issuer.association_id],
    )
    return made


def ready_key(issuer: Issuer, actor: User | None) -> IssuerKey:
    """The key that signs now; the first one is made when it is needed."""
    return signing_key(issuer) if issuer.keys.exists() else _make_key(issuer, actor)


def take_place(issuer: Issuer) -> tuple[StatusList, int]:
    """A free place in the issuer's newest list; a new list when it is full. The caller holds the issuer's lock."""
    status = StatusList.objects.select_for_update(of=("self",)).filter(issuer=issuer).order_by("-number").first()
    if status is None or status.taken >= StatusList.SIZE:
        status = _new_list(issuer)
    index = status.place(status.taken)
    StatusList.objects.filter(pk=status.pk).update(taken=F("taken") + 1)
    return status, index


def _new_list(issuer: Issuer) -> StatusList:
    Issuer.objects.select_for_update(of=("self",)).order_by("pk").first()  # numbers are given one after another
    status = StatusList.objects.create(
        issuer=issuer,
        number=(StatusList.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
        multiplier=random.randbelow(StatusList.SIZE // 2) * 2 + 1,
        offset=random.randbelow(StatusList.SIZE),
    )
    publish(status)
    return status


def publish(status: StatusList) -> None:
    """Sign both lists anew, as the credentials stand. The caller holds the list's lock."""
    issuer, now = status.issuer, clock.now()
    key = signing_key(issuer)
    secret = secrets.unseal(key.secret, key.public)
    for purpose, state in (("revocation", Credential.State.REVOKED), ("suspension", Credential.State.SUSPENDED)):
        ones = Credential.objects.filter(status_list=status, state=state).values_list("status_index", flat=True)
        bare = documents.status_list(
            url=f"{addresses.lists_url(status.number)}{purpose}/",
            issuer=issuer.did,
            purpose=purpose,
            size=StatusList.SIZE,
            ones=ones,
            moment=now,
        )
        setattr(status, purpose, proofs.sign(bare, secret, method=key.address, created=proofs.stamp(now)))
    status.changed_at = now
    status.save(update_fields=["revocation", "suspension", "changed_at"])
