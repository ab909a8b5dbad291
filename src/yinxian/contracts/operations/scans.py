"""The way on paper: print, stamp, scan, upload; both sides confirm on record."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from yinxian import journal
from yinxian.kernel import clock, uploads
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import User

from .. import permissions
from ..models import Contract, Scan
from .approvals import say_yes
from .contracts import about, concerned, locked

PICTURES = ((b"\xff\xd8\xff", b"\xff\xd9"), (b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"))


def count_pages(content: bytes) -> int:
    """Pages of a PDF, 1 for a JPEG or PNG; Invalid for anything else, whatever its name says."""
    if any(content.startswith(start) and end in content[-64:] for start, end in PICTURES):
        return 1
    if b"%PDF-" not in content[:1024]:
        raise Invalid("contracts.scan_kind", field="file")
    try:
        reader = PdfReader(BytesIO(content))
        pages = 0 if reader.is_encrypted else len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise Invalid("contracts.scan_kind", field="file") from error
    if pages < 1:
        raise Invalid("contracts.scan_kind", field="file")
    return pages


@transaction.atomic
def upload_scan(*, contract_id: int, actor: User, upload: UploadedFile[Any]) -> Scan:
    """Keep a stamped scan with its page count and SHA-256. The same file twice is one scan."""
    contract = locked(contract_id)
    if not permissions.can_view(actor, contract):
        raise Forbidden("contracts.may_not_upload")
    if contract.state != Contract.State.OFFERED:
        raise Conflict("contracts.not_offered")
    checked = uploads.check(upload)
    pages = count_pages(upload.read())
    upload.seek(0)
    same = contract.scans.filter(sha256=checked.sha256, revision=contract.revision).first()
    if same:
        return same
    upload.name = checked.name
    scan = Scan.objects.create(
        contract=contract,
        file=upload,
        name=checked.name,
        size=checked.size,
        pages=pages,
        sha256=checked.sha256,
        revision=contract.revision,
        uploaded_by=actor,
        uploaded_at=clock.now(),
    )
    journal.record(
        "contracts.scan.uploaded",
        actor=actor,
        subject=contract,
        data=about(contract, pages=pages, sha256=checked.sha256),
        organisations=concerned(contract),
    )
    return scan


@transaction.atomic
def confirm_scan(*, contract_id: int, scan_id: int, actor: User) -> Contract:
    """Say for one's side that the scan is the contract as stamped: people have compared the names of the seals."""
    contract = locked(contract_id)
    sides = permissions.sides_to_answer(actor, contract)
    if not sides or contract.offered_at is None:
        raise Forbidden("contracts.may_not_answer")
    if contract.state != Contract.State.OFFERED:
        raise Conflict("contracts.not_offered")
    scan = contract.scans.get(pk=scan_id)
    if scan.revision != contract.revision:
        raise Conflict("contracts.scan_old")
    say_yes(contract, actor, sides, scan.sha256, scan)
    return contract
