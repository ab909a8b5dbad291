"""A certificate file as people carry it (PKCS#12: .p12, .pfx): opened in memory, used once, never kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from asn1crypto import pem
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from pyhanko.sign.signers.pdf_cms import Signer, SimpleSigner

from yinxian.kernel.errors import Invalid

from . import authority
from .services import expired

LARGEST = 256 * 1024  # bytes of a certificate file; the largest seen hold a few KB


def from_pkcs12(data: bytes, password: str, now: dt.datetime) -> Signer:
    """The signer of a certificate file. Invalid names what is wrong: file or password, date, kind of key."""
    if len(data) > LARGEST:
        raise Invalid("contracts.certificate_unreadable", field="certificate")
    try:
        signer: Signer = SimpleSigner.load_pkcs12_data(data, [], password.encode() if password else None)
    except (ValueError, TypeError, OSError) as error:
        raise Invalid("contracts.certificate_unreadable", field="certificate") from error
    check(signer, now)
    return signer


def check(signer: Signer, now: dt.datetime) -> None:
    """Refuse what PDF readers would not accept: a certificate out of date, or a key that they do not know."""
    certificate: Any = signer.signing_cert
    if certificate is None:
        raise Invalid("contracts.certificate_unreadable", field="certificate")
    if expired(signer, now):
        until = certificate.not_valid_after.date().isoformat()
        raise Invalid("contracts.certificate_expired", field="certificate", until=until)
    if certificate.public_key.algorithm not in {"rsa", "ec"}:
        raise Invalid("contracts.certificate_kind", field="certificate")


def roots() -> list[Certificate]:
    """Whom this installation trusts to name people: the certificates in the data folder's ``trust``, and its own
    authority where people sign with keys that it issues."""
    found = []
    for path in sorted((Path(settings.YINXIAN_DATA) / "trust").glob("*")):
        data = path.read_bytes()
        parts = [part for _kind, _headers, part in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
        found += [Certificate.load(part) for part in parts]
    if settings.YINXIAN_SIGNING == "local":
        found.append(Certificate.load(authority.root()[1].public_bytes(Encoding.DER)))
    return found
