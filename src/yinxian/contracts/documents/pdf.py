"""A contract as PDF: typst with the fonts that the package carries, offline."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from yinxian.kernel import assets

LAYOUT = Path(__file__).resolve().parent / "layouts" / "contract.typ"

_compiler: typst.Compiler | None = None
_lock = Lock()


def pdf(document: dict[str, Any]) -> bytes:
    """The document set in type. One compiler is kept: making it reads 20 MB of fonts, using it takes milliseconds.

    Text goes in as data through ``sys.inputs``, so nothing that people typed is read as typst.
    """
    global _compiler
    with _lock:
        if _compiler is None:
            _compiler = typst.Compiler(
                str(LAYOUT), root=str(LAYOUT.parent), font_paths=[str(assets.FONTS)], ignore_system_fonts=True
            )
        made = _compiler.compile(format="pdf", sys_inputs={"document": json.dumps(document, ensure_ascii=False)})
    if not isinstance(made, bytes):
        raise RuntimeError("typst gave no single PDF")
    return made
