"""The installation's own certificate authority, for trials and for the demo.

Its root and what it issues use P-256: an Ed25519 signature is not read by common PDF programs, so this is not the
node's key. The root's key lies in the data folder, readable by its owner only. Nobody outside trusts it unless they
choose to: a production installation names certificates that others trust, or a signing service.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from django.conf import settings

ROOT_NAME = "引线演示签名机构"
YEARS, VALID_DAYS = 20, 365


@dataclass(frozen=True)
class Issued:
    key: EllipticCurvePrivateKey
    certificate: x509.Certificate
    root: x509.Certificate

    def as_pkcs12(self, password: str) -> bytes:
        """The certificate file that a person would carry about, locked with a password."""
        lock = (
            PrivateFormat.PKCS12.encryption_builder().kdf_rounds(50_000).build(password.encode())
            if password
            else NoEncryption()
        )
        return pkcs12.serialize_key_and_certificates(b"yinxian", self.key, self.certificate, [self.root], lock)


def folder() -> Path:
    return Path(settings.YINXIAN_DATA) / "keys" / "signing"


def root() -> tuple[EllipticCurvePrivateKey, x509.Certificate]:
    """The authority's key and certificate, made on first use."""
    path = folder() / "root.pem"
    if not path.exists():
        _make_root(path)
    pem = path.read_bytes()
    key = load_pem_private_key(pem, None)
    if not isinstance(key, EllipticCurvePrivateKey):
        raise RuntimeError(f"{path.name} holds no P-256 key")
    return key, x509.load_pem_x509_certificate(pem)


def _make_root(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    key = generate_private_key(SECP256R1())
    since = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    made = (
        _builder(_name(ROOT_NAME, ""), _name(ROOT_NAME, ""), key, since, since + dt.timedelta(days=366 * YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    scratch = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(private + made.public_bytes(Encoding.PEM))
    with contextlib.suppress(FileExistsError):  # two processes at once: the first one's root stands
        os.link(scratch, path)
    scratch.unlink()


def issue(person: str, organisation: str, now: dt.datetime, days: int = VALID_DAYS) -> Issued:
    """A certificate for a person who signs for an organisation, valid ``days`` from a day before ``now``."""
    root_key, root_certificate = root()
    key = generate_private_key(SECP256R1())
    since = now - dt.timedelta(days=1)
    made = (
        _builder(_name(person, organisation), root_certificate.subject, key, since, since + dt.timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    return Issued(key, made, root_certificate)


def _name(person: str, organisation: str) -> x509.Name:
    """X.520 holds 64 characters a part; a longer name is cut, the whole one stands on the sheet."""
    parts = [(NameOID.COUNTRY_NAME, "CN"), (NameOID.ORGANIZATION_NAME, organisation), (NameOID.COMMON_NAME, person)]
    return x509.Name([x509.NameAttribute(kind, text[:64]) for kind, text in parts if text])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: CertificateIssuerPrivateKeyTypes, since: dt.datetime, until: dt.datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
