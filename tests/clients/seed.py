"""Fills an empty installation for a test: an association, its reviewer with a token, a ladder, two certificates.

Run inside ``yinxian manage shell``; prints one JSON line.
"""

from __future__ import annotations

import json
import sys

from yinxian.credentials.models import Level
from yinxian.credentials.operations.credentials import change_state, issue_credential
from yinxian.credentials.operations.levels import take_standard_levels
from yinxian.network.models import Membership, Organisation, User
from yinxian.network.operations.people import make_token


def seed(name: str, holder: str) -> None:
    association = Organisation.objects.create(name=name, kind=Organisation.Kind.ASSOCIATION)
    reviewer = User.objects.create_user("13800000001", None, name="评审")
    Membership.objects.create(user=reviewer, organisation=association, role=Membership.Role.ADMIN)
    level: Level = take_standard_levels(association_id=association.pk, actor=reviewer)[1]
    made = [
        issue_credential(
            level_id=level.pk,
            user_id=User.objects.create_user(f"1380000010{n}", None, name=holder).pk,
            actor=reviewer,
            ground="纸质证书换发",
        )
        for n in range(2)
    ]
    change_state(credential_id=made[1].pk, actor=reviewer, state="revoked", reason="冒名")
    _token, secret = make_token(actor=reviewer, name="test")
    told = {
        "association": association.slug,
        "level": level.slug,
        "token": secret,
        "did": made[0].issuer.did,
        "good": made[0].document["id"],
        "revoked": made[1].document["id"],
        "their_level": made[0].document["credentialSubject"]["achievement"]["id"],
    }
    sys.stdout.write(json.dumps(told) + "\n")
