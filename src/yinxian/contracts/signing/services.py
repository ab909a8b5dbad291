"""Services that hold people's keys and sign for them at a distance (e签宝, 法大大 and the like), behind one interface.

Only a hash leaves the installation, never the contract. ``YINXIAN_SIGNING`` chooses: nothing, ``local`` (keys that the
installation's own authority issues and keeps) or an address that speaks the little protocol of docs/guide/signing.md;
a provider with another protocol gets an adapter of this interface.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import utils
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from django.conf import settings
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict

from . import authority

LARGEST, SECONDS = 64 * 1024, 15


@dataclass(frozen=True)
class Person:
    """For whom a service signs: ``key`` is ours and never changes, the names are what the certificate shows."""

    key: str
    name: str
    organisation: str


class SigningService(Protocol):
    """What is asked of a service. Both calls raise Conflict("contracts.signing_service") when it does not answer."""

    def certificates(self, person: Person) -> list[bytes]:
        """The person's certificate and those above it, DER, the person's first."""

    def sign_digest(self, person: Person, digest: bytes) -> bytes:
        """The signature over a SHA-256 digest: ECDSA (DER) or RSA PKCS#1 v1.5, as the certificate's key is."""


class LocalService:
    """Keys issued by the installation's own authority and kept in the data folder, one a person and organisation."""

    def _held(self, person: Person) -> tuple[EllipticCurvePrivateKey, list[Any]]:
        path = self._path(person)
        now = clock.now()
        if path.exists():
            held = pkcs12.load_pkcs12(path.read_bytes(), None)
            mine, key = held.cert, held.key
            if mine and isinstance(key, EllipticCurvePrivateKey) and mine.certificate.not_valid_after_utc > now:
                return key, [mine.certificate, *(extra.certificate for extra in held.additional_certs)]
        issued = authority.issue(person.name, person.organisation, now)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(issued.as_pkcs12(""))
        return issued.key, [issued.certificate, issued.root]

    @staticmethod
    def _path(person: Person) -> Path:
        whose = f"{person.key}\0{person.name}\0{person.organisation}"
        return authority.folder() / "people" / f"{hashlib.sha256(whose.encode()).hexdigest()[:32]}.p12"

    def certificates(self, person: Person) -> list[bytes]:
        return [certificate.public_bytes(Encoding.DER) for certificate in self._held(person)[1]]

    def sign_digest(self, person: Person, digest: bytes) -> bytes:
        return self._held(person)[0].sign(digest, ECDSA(utils.Prehashed(hashes.SHA256())))


class HttpService:
    """A service that answers ``POST {address}/certificates`` and ``POST {address}/signatures`` in JSON."""

    def __init__(self, address: str, token: str) -> None:
        self.address, self.token = address.rstrip("/"), token

    def certificates(self, person: Person) -> list[bytes]:
        found = self._ask("certificates", {"person": vars(person)}).get("certificates")
        if not isinstance(found, list) or not found:
            raise Conflict("contracts.signing_service")
        return [_bytes(one) for one in found]

    def sign_digest(self, person: Person, digest: bytes) -> bytes:
        given = {"person": vars(person), "algorithm": "sha256", "digest": base64.b64encode(digest).decode()}
        return _bytes(self._ask("signatures", given).get("signature"))

    def _ask(self, what: str, given: dict[str, Any]) -> dict[str, Any]:
        request = urllib.request.Request(
            f"{self.address}/{what}",
            json.dumps(given).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                found = json.loads(answer.read(LARGEST))
        except urllib.error.HTTPError as error:
            error.close()
            raise Conflict("contracts.signing_service") from error
        except (OSError, ValueError) as error:
            raise Conflict("contracts.signing_service") from error
        if not isinstance(found, dict):
            raise Conflict("contracts.signing_service")
        return found


def _bytes(text: Any) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (TypeError, ValueError) as error:
        raise Conflict("contracts.signing_service") from error


def service() -> SigningService | None:
    """The service that this installation uses, if any."""
    chosen = settings.YINXIAN_SIGNING
    if not chosen:
        return None
    return LocalService() if chosen == "local" else HttpService(chosen, settings.YINXIAN_SIGNING_TOKEN)


class ServiceSigner(Signer):
    """pyHanko's signer whose private key is held by a service."""

    def __init__(self, holder: SigningService, person: Person) -> None:
        try:
            chain = [Certificate.load(one) for one in holder.certificates(person)]
            for one in chain:
                _ = one.native  # read it now: what cannot be read is the service's fault
        except ValueError as error:
            raise Conflict("contracts.signing_service") from error
        store = SimpleCertificateStore()
        store.register_multiple(chain)
        super().__init__(signing_cert=chain[0], cert_registry=store)
        self.holder, self.person = holder, person

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return bytes(512)
        return self.holder.sign_digest(self.person, hashlib.new(digest_algorithm, data).digest())


def expired(signer: Signer, now: dt.datetime) -> bool:
    certificate: Any = signer.signing_cert
    return not (certificate.not_valid_before <= now <= certificate.not_valid_after)
