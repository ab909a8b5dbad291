"""The documents that we sign: a certificate, a status list, an endorsement of another's level."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from . import bits
from .contexts import BADGES, CREDENTIALS
from .proofs import stamp


@dataclass(frozen=True)
class IssuerWords:
    did: str
    name: str
    url: str


@dataclass(frozen=True)
class LevelWords:
    """``criteria`` is the sentence that names the requirements and their version."""

    url: str
    name: str
    description: str
    criteria: str


def _issuer(issuer: IssuerWords) -> dict[str, Any]:
    return {"id": issuer.did, "type": ["Profile"], "name": issuer.name, "url": issuer.url}


def status_entries(lists: str, index: int) -> list[dict[str, Any]]:
    """Both entries of a credential; ``lists`` is the address of its pair of lists, ending in a slash."""
    return [
        {
            "id": f"{lists}{purpose}/#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": purpose,
            "statusListIndex": str(index),
            "statusListCredential": f"{lists}{purpose}/",
        }
        for purpose in ("revocation", "suspension")
    ]


def certificate(
    *,
    url: str,
    issuer: IssuerWords,
    level: LevelWords,
    holder: str,
    valid_from: dt.datetime,
    valid_until: dt.datetime | None,
    status: list[dict[str, Any]],
) -> dict[str, Any]:
    """An OpenBadgeCredential that names its holder in clear: whoever has the file is given it by the holder."""
    made: dict[str, Any] = {
        "@context": [CREDENTIALS, BADGES],
        "id": url,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": level.name,
        "issuer": _issuer(issuer),
        "validFrom": stamp(valid_from),
    }
    if valid_until:
        made["validUntil"] = stamp(valid_until)
    made["credentialSubject"] = {
        "type": ["AchievementSubject"],
        "identifier": [
            {"type": "IdentityObject", "hashed": False, "identityType": "name", "identityHash": holder},
        ],
        "achievement": {
            "id": level.url,
            "type": ["Achievement"],
            "achievementType": "Certification",
            "name": level.name,
            "description": level.description,
            "criteria": {"narrative": level.criteria},
        },
    }
    made["credentialStatus"] = status
    return made


def status_list(
    *, url: str, issuer: str, purpose: str, size: int, ones: Iterable[int], moment: dt.datetime
) -> dict[str, Any]:
    return {
        "@context": [CREDENTIALS],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": stamp(moment),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": bits.encode(size, ones),
        },
    }


def endorsement(
    *, url: str, issuer: IssuerWords, level: str, comment: str, valid_from: dt.datetime, valid_until: dt.datetime
) -> dict[str, Any]:
    """Our word on another's level: what it equals, under which conditions, from when until when."""
    return {
        "@context": [CREDENTIALS, BADGES],
        "id": url,
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Recognition of a level",
        "issuer": _issuer(issuer),
        "validFrom": stamp(valid_from),
        "validUntil": stamp(valid_until),
        "credentialSubject": {"id": level, "type": ["EndorsementSubject"], "endorsementComment": comment},
    }
