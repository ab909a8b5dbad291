"""What is wrong with an issuer's keys is found, and nothing is found where all is well."""

from __future__ import annotations

import datetime as dt

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.credentials.certified import certified
from tests.world import People, Role
from yinxian.credentials import secrets
from yinxian.credentials.models import Credential, IssuerKey, StatusList
from yinxian.credentials.operations.issuing import new_key, revoke_key
from yinxian.credentials.queries.soundness import key_faults
from yinxian.kernel import clock
from yinxian.network.models import Membership, User


@pytest.fixture
def keeper(people: People) -> User:
    Membership.objects.create(user=people.mingyuan, organisation=people.association, role=Role.ADMIN)
    return people.mingyuan


def test_nothing_is_wrong_before_and_after_rotating_and_revoking(people: People, keeper: User) -> None:
    assert list(key_faults()) == []
    certified(people)
    new_key(association_id=people.association.pk, actor=keeper)
    revoke_key(association_id=people.association.pk, fragment="key-1", actor=keeper, reason="丢失")
    assert list(key_faults()) == []


def test_a_private_half_under_another_secret_or_of_another_key_is_told(people: People) -> None:
    certified(people)
    key, other = IssuerKey.objects.get(), Ed25519PrivateKey.generate()
    IssuerKey.objects.update(secret=secrets.seal(other, key.public, "another secret"))
    assert list(key_faults()) == [("locked", key.address)]
    IssuerKey.objects.update(secret=secrets.seal(other, key.public))
    assert list(key_faults()) == [("other", key.address)]
    IssuerKey.objects.update(secret="AAAA")
    assert list(key_faults()) == [("locked", key.address)]


def test_a_revoked_key_that_still_signs_and_an_issuer_without_any_are_told(people: People, keeper: User) -> None:
    made = certified(people)
    old = made.key
    lists = list(StatusList.objects.values_list("revocation", "suspension"))
    revoke_key(association_id=people.association.pk, fragment="key-1", actor=keeper, reason="丢失")
    fresh = StatusList.objects.get()
    StatusList.objects.update(revocation=lists[0][0])
    assert list(key_faults()) == [("revoked", old.address)]
    StatusList.objects.update(revocation=fresh.revocation)
    assert list(key_faults()) == []
    Credential.objects.update(issued_at=clock.now() + dt.timedelta(days=1))
    assert list(key_faults()) == [("revoked", old.address)]
    Credential.objects.update(issued_at=clock.now() - dt.timedelta(days=1))
    IssuerKey.objects.filter(revoked_at=None).update(retired_at=clock.now())
    assert list(key_faults()) == [("missing", made.issuer.did)]
