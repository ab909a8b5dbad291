"""Typst with the fonts that the package carries, offline. Text goes in as data: nothing typed is ever code."""

from __future__ import annotations

import io
import json
from pathlib import Path
from threading import Lock
from typing import Any

import segno
import typst
from django.utils import translation
from pypdf import PdfReader, PdfWriter

from yinxian.kernel import assets, clock
from yinxian.kernel.templatetags.yx import day

from ..addresses import credential_url
from ..models import Credential
from ..vc import bake
from ..wording import figure, label

LAYOUT = Path(__file__).resolve().parent / "certificate.typ"
INK = "#22262b"

_compiler: typst.Compiler | None = None
_lock = Lock()


def _draw(kind: str, what: dict[str, Any], **options: Any) -> bytes:
    """One compiler is kept: making it reads 20 MB of fonts, using it takes milliseconds."""
    global _compiler
    with _lock:
        if _compiler is None:
            _compiler = typst.Compiler(
                str(LAYOUT), root=str(LAYOUT.parent), font_paths=[str(assets.FONTS)], ignore_system_fonts=True
            )
        given = {"document": json.dumps(what | {"kind": kind}, ensure_ascii=False)}
        made = _compiler.compile(sys_inputs=given, **options)
    if not isinstance(made, bytes):
        raise RuntimeError("typst gave no single page")
    return made


def _words(credential: Credential) -> dict[str, Any]:
    """What stands on paper, in Chinese whatever the reader's language: the certificate says what was signed."""
    signed, association = credential.document, credential.issuer.association
    code = io.BytesIO()
    segno.make(credential_url(credential.slug), error="m").save(code, kind="png", scale=6, border=1, dark=INK)
    with translation.override("zh-hans"):
        asked = [
            {"label": label(line["kind"], line["name"]), "figure": figure(line["kind"], line["at_least"])}
            for line in credential.version.requirements
            if line["at_least"] is not None
        ]
        return {
            "holder": signed["credentialSubject"]["identifier"][0]["identityHash"],
            "level": signed["name"],
            "level_en": signed["credentialSubject"]["achievement"]["description"],
            "association": signed["issuer"]["name"],
            "association_en": association.name_en,
            "number": credential.slug,
            "since": day(clock_day(credential.valid_from)),
            "until": day(clock_day(credential.valid_until)) if credential.valid_until else "",
            "asked": asked,
            "version": credential.version.number,
            "url": credential_url(credential.slug),
            "key": signed["proof"]["verificationMethod"],
            "qr": list(code.getvalue()),
        }


def clock_day(moment: Any) -> Any:
    return moment.astimezone(clock.SHANGHAI).date()


def certificate_pdf(credential: Credential) -> bytes:
    """A4, lying; the signed credential is attached, the code leads to its page."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_draw("certificate", _words(credential), format="pdf"))))
    text = json.dumps(credential.document, ensure_ascii=False, indent=1)
    writer.add_attachment(f"{credential.slug}.json", text.encode())
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def badge_png(credential: Credential) -> bytes:
    """The badge with the credential as its text, 768 pixels square."""
    text = json.dumps(credential.document, ensure_ascii=False, separators=(",", ":"))
    return bake.into_png(bare_badge(credential), text)


def bare_badge(credential: Credential) -> bytes:
    """The picture alone: what a page or a chat shows to whoever may see the name."""
    return _draw("badge", _words(credential), format="png", ppi=144)


def badge_svg(credential: Credential) -> bytes:
    text = json.dumps(credential.document, ensure_ascii=False, separators=(",", ":"))
    return bake.into_svg(_draw("badge", _words(credential), format="svg").decode(), text).encode()
