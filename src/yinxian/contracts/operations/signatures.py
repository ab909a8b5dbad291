"""Sign a contract electronically: the signature is the side's yes to the revision.

The signature is made before the transaction begins, since a signing or timestamp service may be asked for it; in the
transaction everything is looked at again, and nothing is kept when something changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from pyhanko.sign.signers.pdf_cms import Signer

from yinxian import journal
from yinxian.kernel import clock, crypto
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import User

from .. import permissions
from ..documents.pdf import pdf
from ..models import Contract, Signature, SignedCopy
from ..queries.contracts import answered, labels_of, standing_approvals
from ..queries.documents import digest, document_of
from ..queries.signatures import latest_copy, turn
from ..signing import identities, pades, services, sheet
from .approvals import say_yes
from .contracts import about, concerned, locked

Method = Signature.Method
OPEN = (Contract.State.OFFERED, Contract.State.AGREED)


@dataclass(frozen=True)
class _Asked:
    """What the person is about to sign, and for whom."""

    contract: Contract
    side: str
    base: SignedCopy | None
    content: str  # the digest of the particulars


def sign_with_certificate(
    *, contract_id: int, actor: User, revision: int, certificate: bytes, password: str
) -> SignedCopy:
    """Sign with a certificate file (PKCS#12). Neither the file nor the password is kept."""

    def signer(asked: _Asked) -> Signer:
        return identities.from_pkcs12(certificate, password, clock.now())

    return _sign(contract_id, actor, revision, Method.CERTIFICATE, signer)


def sign_with_service(*, contract_id: int, actor: User, revision: int) -> SignedCopy:
    """Sign with the key that the installation's signing service holds for the person."""
    holder = services.service()
    if holder is None:
        raise Conflict("contracts.no_signing_service")

    def signer(asked: _Asked) -> Signer:
        person = services.Person(actor.slug, actor.get_full_name(), _name(asked.contract, asked.side))
        made = services.ServiceSigner(holder, person)
        identities.check(made, clock.now())
        return made

    return _sign(contract_id, actor, revision, Method.SERVICE, signer)


def _sign(
    contract_id: int, actor: User, revision: int, method: str, signer_for: Callable[[_Asked], Signer]
) -> SignedCopy:
    asked = _asked(Contract.objects.select_related("buyer", "supplier", "broker").get(pk=contract_id), actor, revision)
    signer = signer_for(asked)
    made = _made(asked, signer, actor)
    seen = pades.inspect(made, identities.roots(), clock.now())[-1]
    if not seen.trusted:
        raise Invalid("contracts.certificate_untrusted", field="certificate", issuer=seen.issuer)
    return _keep(asked, actor, revision, method, made, signer, timestamped=seen.stamped_at is not None)


def _asked(contract: Contract, actor: User, revision: int) -> _Asked:
    """The rules, before and again inside the transaction."""
    sides = permissions.sides_to_answer(actor, contract)
    if not sides or contract.offered_at is None:
        raise Forbidden("contracts.may_not_answer")
    if contract.state not in OPEN or contract.on_paper:
        raise Conflict("contracts.not_to_be_signed")
    if revision != contract.revision:
        raise Conflict("contracts.changed_meanwhile")
    next_side = turn(contract)
    if next_side is None or next_side not in sides:
        whose = labels_of(contract)[next_side] if next_side else ""
        raise Conflict("contracts.not_your_turn", side=whose) if next_side else Conflict("contracts.all_signed")
    return _Asked(contract, next_side, latest_copy(contract), digest(contract))


def _made(asked: _Asked, signer: Signer, actor: User) -> bytes:
    contract, now = asked.contract, clock.now()
    if asked.base is None:
        document = {**document_of(contract), "draft": False}
        labels = labels_of(contract)
        sides = [(labels[side], _name(contract, side)) for side in contract.sides]
        base = sheet.with_sheet(
            pdf(document), number=contract.number, title=contract.title, fingerprint=asked.content, sides=sides
        )
    else:
        with asked.base.file.open("rb") as file:
            base = file.read()
    issuer, serial = _particulars(signer)[1:]
    stamp = sheet.stamp(
        name=actor.get_full_name(),
        organisation=_name(contract, asked.side),
        issuer=issuer,
        serial=serial[:40],
        at=now,
    )
    place = contract.sides.index(asked.side)
    reason = f"{contract.number} {contract.title}"[:120]
    return pades.add_signature(
        base, signer, field=f"side-{asked.side}", box=sheet.box_of(place), stamp=stamp, reason=reason
    )


def _particulars(signer: Signer) -> tuple[str, str, str]:
    certificate: Any = signer.signing_cert
    subject, issuer = certificate.subject.native, certificate.issuer.native
    who = subject.get("common_name") or subject.get("organization_name") or ""
    by = issuer.get("common_name") or issuer.get("organization_name") or ""
    return str(who)[:200], str(by)[:200], f"{certificate.serial_number:x}"[:80]


def _name(contract: Contract, side: str) -> str:
    found = contract.name_of(side)
    return str(getattr(found, "name", "") or found)


@transaction.atomic
def _keep(
    before: _Asked, actor: User, revision: int, method: str, made: bytes, signer: Signer, *, timestamped: bool
) -> SignedCopy:
    contract = locked(before.contract.pk)
    asked = _asked(contract, actor, revision)
    if asked.side != before.side or asked.content != before.content or asked.base != before.base:
        raise Conflict("contracts.signed_meanwhile")
    sha256, now = crypto.sha256_hex(made), clock.now()
    copy = SignedCopy(contract=contract, revision=revision, sha256=sha256, digest=asked.content, created_at=now)
    copy.file.save(f"{contract.number}-{sha256[:12]}.pdf", ContentFile(made), save=False)
    copy.save()
    who, issuer, serial = _particulars(signer)
    Signature.objects.create(
        contract=contract,
        copy=copy,
        side=asked.side,
        revision=revision,
        user=actor,
        method=method,
        signer=who,
        issuer=issuer,
        serial=serial,
        timestamped=timestamped,
        at=now,
    )
    data = about(contract, side=asked.side, sha256=sha256, method=str(method), serial=serial)
    journal.record(
        "contracts.contract.signed", actor=actor, subject=contract, data=data, organisations=concerned(contract)
    )
    if contract.state == Contract.State.OFFERED and asked.side not in answered(contract, standing_approvals(contract)):
        say_yes(contract, actor, [asked.side], asked.content, None)
    return copy
