"""Verify what somebody hands in: a receipt of an introduction, or a certificate, from here or from anywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yinxian.journal.findings import Verdict
from yinxian.journal.queries.keys import known_keys
from yinxian.journal.verification import verify_receipt
from yinxian.kernel import clock
from yinxian.kernel.errors import Invalid
from yinxian.network.models import Organisation

from . import addresses
from .fetching import fetch
from .models import Credential
from .queries.recognition import Recogniser
from .resolving import Network
from .vc.answers import Answer, Judgement
from .vc.judge import Unreachable, judge
from .vc.reading import BIGGEST, Given, read, text
from .vc.strict import Malformed

RECEIPT = "yinxian."


@dataclass(frozen=True)
class Seen:
    """``verdict`` of a receipt or ``judgement`` of a certificate; ``through`` says how it came in."""

    through: str
    verdict: Verdict | None = None
    judgement: Judgement | None = None

    @property
    def holds(self) -> bool:
        found = self.judgement or self.verdict
        return found is not None and found.holds


def verify(
    data: bytes | str,
    *,
    association: Organisation | None = None,
    elsewhere: bool = False,
    key: str | None = None,
    here: bool = True,
) -> Seen:
    """Invalid when nothing that can be verified is in it; otherwise an answer, whatever it is.

    ``association`` asks whether that one recognises the issuer (else: any of this installation; with ``elsewhere``: any
    but the issuer itself). ``key`` is the only one to trust for a receipt. Without ``here`` no database is asked:
    nobody is there to recognise.
    """
    if len(data) > BIGGEST:
        raise Invalid("credentials.too_large", field="file")
    try:
        given = read(data) if isinstance(data, bytes) else text(data, "")
        if given.address:
            given = _fetched(given, here)
    except Unreachable as error:
        raise Invalid("credentials.nothing_to_read", detail=str(error)) from error
    except Malformed as error:
        said = WRONG.get(str(error))
        raise Invalid("credentials.nothing_to_read", detail=str(said() if said else error)) from error
    if given.document is not None and str(given.document.get("type", "")).startswith(RECEIPT):
        trusted = known_keys() if key is None and here else None
        return Seen(given.through, verdict=verify_receipt(given.document, key=key, known=trusted))
    judgement = judge(
        given.token or given.document or {},
        resolver=Network(here=here),
        recognise=Recogniser(association, elsewhere=elsewhere) if here else _nobody,
        now=clock.now(),
    )
    return Seen(given.through, judgement=judgement)


def _nobody(issuer: str, level: str) -> Answer:
    return Answer("recognition", "nobody", None)


def _fetched(given: Given, here: bool) -> Given:
    """What an address leads to: our own certificate from the database, another's over the network, once."""
    own = re.fullmatch(re.escape(addresses.site("/credentials/")) + r"([A-Z0-9]{10})/?", given.address)
    if own and here:
        found = Credential.objects.filter(slug=own[1]).first()
        if found is None:
            raise Malformed("no such certificate here")
        return Given(given.through, document=found.document)
    again = read(fetch(given.address))
    if again.address:
        raise Malformed("an address again")
    return Given(given.through, document=again.document, token=again.token)


WRONG = {
    "too large": lambda: _("太大"),
    "svg": lambda: _("这个 SVG 读不出来"),
    "svg without a credential": lambda: _("这个 SVG 里没有证书"),
    "png": lambda: _("这个 PNG 读不出来"),
    "picture": lambda: _("这张图片读不出来"),
    "too many pixels": lambda: _("这张图片的像素太多"),
    "no code in the picture": lambda: _("图片里没有找到二维码，请拍得近一些、正一些"),
    "pdf": lambda: _("这个 PDF 读不出来"),
    "no credential and no code in the PDF": lambda: _("PDF 里没有证书，也没有二维码"),
    "not a text, a picture or a PDF": lambda: _("不是文字、图片，也不是 PDF"),
    "neither JSON, token nor address": lambda: _("既不是证书内容，也不是网址"),
    "no such certificate here": lambda: _("本站没有这个编号的证书"),
    "an address again": lambda: _("网址里还是一个网址"),
}
