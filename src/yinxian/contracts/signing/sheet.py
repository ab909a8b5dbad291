"""The last page of a contract that is signed electronically, and the visible stamps on it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from django.utils import translation
from django.utils.translation import gettext as _
from pypdf import PdfReader, PdfWriter

from yinxian.kernel import assets, clock

from .pades import Box

LAYOUTS = Path(__file__).resolve().parent.parent / "documents" / "layouts"
PAGE_HEIGHT, LEFT, FIRST, STEP = 842, 74, 190, 150  # points; FIRST is how far below the top the first side stands
STAMP_WIDTH, STAMP_HEIGHT, BELOW_NAME = 300, 84, 30
_lock = Lock()


@cache
def _compiler(layout: str) -> typst.Compiler:
    path = LAYOUTS / layout
    return typst.Compiler(str(path), root=str(LAYOUTS), font_paths=[str(assets.FONTS)], ignore_system_fonts=True)


def typeset(layout: str, document: Mapping[str, Any]) -> bytes:
    """A layout of ours with its text; the compiler of each layout is kept, since making one reads 20 MB of fonts."""
    with _lock:
        made = _compiler(layout).compile(
            format="pdf", sys_inputs={"document": json.dumps(document, ensure_ascii=False)}
        )
    if not isinstance(made, bytes):
        raise RuntimeError("typst gave no single PDF")
    return made


def box_of(place: int) -> Box:
    """Where the stamp of the side at ``place`` (0, 1, …) stands on the sheet."""
    top = PAGE_HEIGHT - FIRST - place * STEP - BELOW_NAME
    return (LEFT, top - STAMP_HEIGHT, LEFT + STAMP_WIDTH, top)


def with_sheet(pdf: bytes, *, number: str, title: str, fingerprint: str, sides: Sequence[tuple[str, str]]) -> bytes:
    """The contract's PDF with the page for signatures behind it; ``sides`` are (role, name) in their order."""
    with translation.override("zh-hans"):
        sheet = typeset(
            "signing.typ",
            {
                "heading": _("电子签署页"),
                "number": number,
                "title": title,
                "fingerprint_label": _("内容指纹 SHA-256"),
                "fingerprint": fingerprint,
                "note": _("每个签名都包含其前的全部内容；任何改动都会使签名失效。用常见的 PDF 阅读器即可查看和验证。"),
                "sides": [
                    {"role": role, "name": name, "top": FIRST + place * STEP}
                    for place, (role, name) in enumerate(sides)
                ],
            },
        )
    writer = PdfWriter()
    for part in (pdf, sheet):
        writer.append(PdfReader(BytesIO(part)))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def stamp(*, name: str, organisation: str, issuer: str, serial: str, at: dt.datetime) -> bytes:
    """What is seen of a signature."""
    local = at.astimezone(clock.SHANGHAI)
    with translation.override("zh-hans"):
        lines = [
            _("签署时间 %(time)s（北京时间）") % {"time": f"{local:%Y-%m-%d %H:%M:%S}"},
            _("证书签发者 %(issuer)s") % {"issuer": issuer},
            _("证书序列号 %(serial)s") % {"serial": serial},
        ]
    return typeset("stamp.typ", {"name": name, "organisation": organisation, "lines": lines})
