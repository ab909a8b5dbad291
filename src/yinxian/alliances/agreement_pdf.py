"""The agreement of an alliance as PDF, with who has signed it: typst with the fonts that the package carries."""

from __future__ import annotations

import json
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from yinxian.kernel import assets
from yinxian.kernel.money import show_percent
from yinxian.kernel.templatetags.yx import moment

from .models import Agreement

LAYOUT = Path(__file__).resolve().parent / "layouts" / "agreement.typ"


def pdf(agreement: Agreement) -> bytes:
    """One version in the reader's language; the text itself is as it was signed. A file is asked for seldom, so no
    compiler is kept."""
    signatures = agreement.signatures.select_related("ally__organisation")
    content = {
        "title": agreement.alliance.name,
        "subject": _("联盟协议第 %(number)s 版　转介方通常得经理人报酬的 %(share)s")
        % {"number": agreement.number, "share": show_percent(agreement.share_bp)},
        "lines": [line for line in agreement.text.split("\n") if line.strip()],
        "signed_title": _("签署"),
        "head": [_("单位"), _("签署人"), _("时间"), _("正文指纹")],
        "signatures": [
            [one.ally.organisation.shown_name, one.signer, moment(one.at), one.sha256[:16]] for one in signatures
        ],
        "note": _("每个签署都记入日志并封存；正文的 SHA-256：%(digest)s") % {"digest": agreement.sha256},
        "footer": agreement.alliance.slug,
    }
    fonts = [str(assets.FONTS)]
    compiler = typst.Compiler(str(LAYOUT), root=str(LAYOUT.parent), font_paths=fonts, ignore_system_fonts=True)
    made = compiler.compile(format="pdf", sys_inputs={"document": json.dumps(content, ensure_ascii=False)})
    if not isinstance(made, bytes):
        raise RuntimeError("typst gave no single PDF")
    return made
