"""Sign a PDF (PAdES baseline, ETSI EN 319 142-1; with a timestamp of RFC 3161 where a service is set) and say what
is true of the signatures in one. pyHanko does the cryptography."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from io import BytesIO
from tempfile import NamedTemporaryFile
from typing import Any

from asn1crypto.x509 import Certificate
from django.conf import settings
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError, ValueErrorWithMessage
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from requests import RequestException

from yinxian.kernel.errors import Conflict

Box = tuple[int, int, int, int]
TIMESTAMP_SECONDS = 10
ERRORS = (PdfError, SigningError, ValueErrorWithMessage, ValueError, KeyError, TypeError, IndexError, RecursionError)


@dataclass(frozen=True)
class Found:
    """One signature of a PDF. ``intact``: its bytes are unchanged and the key fits; ``trusted``: a root that the
    installation trusts names the signer; ``covers``: nothing but further signatures came after it; ``stamped_at``:
    the time that a timestamp service vouches for, else None."""

    field: str
    signer: str
    organisation: str
    issuer: str
    intact: bool
    trusted: bool
    covers: bool
    said_at: dt.datetime | None
    stamped_at: dt.datetime | None

    @property
    def good(self) -> bool:
        return self.intact and self.trusted and self.covers


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    """pyHanko works in a loop; it gets one on a thread of its own, since the caller's thread may be running one."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(copy_context().run, asyncio.run, work).result()


def add_signature(pdf: bytes, signer: Signer, *, field: str, box: Box, stamp: bytes, reason: str) -> bytes:
    """The PDF with one more signature: a visible stamp (a one-page PDF) in ``box`` of the last page, in points from
    the lower left corner. Conflict when the timestamp service that is set does not answer."""
    metadata = signers.PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", reason=reason, subfilter=fields.SigSeedSubFilter.PADES
    )
    address = settings.YINXIAN_TSA_URL
    out = BytesIO()
    with NamedTemporaryFile(suffix=".pdf") as seen:  # pyHanko takes a page by the name of its file
        seen.write(stamp)
        seen.flush()
        style = StaticStampStyle(background=ImportedPdfPage(seen.name), background_opacity=1.0, border_width=0)
        try:
            signing = signers.PdfSigner(
                metadata,
                signer=signer,
                timestamper=HTTPTimeStamper(address, timeout=TIMESTAMP_SECONDS) if address else None,
                stamp_style=style,
                new_field_spec=fields.SigFieldSpec(field, on_page=-1, box=box),
            ).async_sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=out)
            _run(signing)
        except (TimestampRequestError, RequestException, ValueError) as error:
            if not address or isinstance(error, SigningError):
                raise
            raise Conflict("contracts.timestamp_service") from error
    return out.getvalue()


def inspect(pdf: bytes, roots: Sequence[Certificate], at: dt.datetime) -> list[Found]:
    """Every signature of a PDF in the order they were made; none for a PDF without, ValueError for what is no PDF or
    was changed so that it cannot be read."""
    context = {"trust_roots": list(roots), "allow_fetching": False, "moment": at}
    try:
        reader = PdfFileReader(BytesIO(pdf))
        return [_found(one, context) for one in reader.embedded_regular_signatures]
    except ERRORS as error:
        raise ValueError("the file cannot be read as a signed PDF") from error


def _found(signature: Any, context: dict[str, Any]) -> Found:
    status = _run(
        async_validate_pdf_signature(
            signature, ValidationContext(**context), ts_validation_context=ValidationContext(**context)
        )
    )
    certificate = status.signing_cert
    subject, issuer = certificate.subject.native, certificate.issuer.native
    stamped = status.timestamp_validity
    later = status.modification_level
    return Found(
        field=signature.field_name,
        signer=str(subject.get("common_name", "")),
        organisation=str(subject.get("organization_name", "")),
        issuer=str(issuer.get("common_name", "") or issuer.get("organization_name", "")),
        intact=status.intact and status.valid,
        trusted=status.trusted,
        covers=later in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING),
        said_at=status.signer_reported_dt,
        stamped_at=stamped.timestamp if stamped is not None and stamped.intact and stamped.valid else None,
    )
