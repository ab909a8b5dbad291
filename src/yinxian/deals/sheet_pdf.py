"""The sheet of a split as PDF, in the reader's language: typst with the fonts that the package carries."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from django.utils.translation import gettext as _

from yinxian.kernel import assets, clock
from yinxian.kernel.money import show_yuan
from yinxian.kernel.templatetags.yx import day, moment

from .models import BankReceipt
from .queries.sheets import Sheet

LAYOUT = Path(__file__).resolve().parent / "layouts" / "split.typ"
_compiler: typst.Compiler | None = None
_lock = Lock()


def document(sheet: Sheet) -> dict[str, Any]:
    """What the layout sets in type: plain text only."""
    deal = sheet.milestone.deal
    state = _("已放款") if sheet.done else _("尚未放款，按现在的规则试算")
    return {
        "title": _("分账单"),
        "subject": f"{deal.title} · {sheet.milestone.title}",
        "facts": [
            [_("项目编号"), deal.number],
            [_("需方"), deal.buyer.shown_name],
            [_("供方"), deal.supplier.shown_name],
            [_("签约日期"), day(deal.signed_on)],
            [_("规则"), _("第 %(version)s 版，签约时固定") % {"version": sheet.version}],
            [_("状态"), state],
            *[[_("外币到账"), _rate(one)] for one in sheet.foreign],
        ],
        "head": [_("步骤"), _("怎么算"), _("依据"), _("金额（元）")],
        "steps": [
            [("　" if step.part else "") + step.label, step.how, step.article, show_yuan(step.fen)]
            for step in sheet.steps
        ],
        "hints_title": _("税费提示（不入账，请与会计核对）"),
        "hints_head": [_("规则"), _("依据"), _("算得（元）")],
        "hints": [
            [f"{one.policy.shown_name}（{one.policy.mark_label}）", one.policy.shown_article, show_yuan(one.fen)]
            for one in sheet.hints
        ],
        "note": _("各方金额按最大余数法取到分，合计等于放款额。本系统只记录由银行或支付机构保管的款项，不代扣税费。"),
        "footer": f"{deal.number} · {moment(clock.now())}",
    }


def _rate(receipt: BankReceipt) -> str:
    """``USD 13,000.00 × 7.12 = 92,560.00（出处）``."""
    sums = f"{receipt.currency} {show_yuan(receipt.exchanged or 0)} × {receipt.rate} = {show_yuan(receipt.amount_fen)}"
    return f"{sums}（{receipt.exchange.source if receipt.exchange else ''}）"


def pdf(sheet: Sheet) -> bytes:
    """One compiler is kept: making it reads 20 MB of fonts, using it takes milliseconds."""
    global _compiler
    content = json.dumps(document(sheet), ensure_ascii=False)
    with _lock:
        if _compiler is None:
            fonts = [str(assets.FONTS)]
            _compiler = typst.Compiler(str(LAYOUT), root=str(LAYOUT.parent), font_paths=fonts, ignore_system_fonts=True)
        made = _compiler.compile(format="pdf", sys_inputs={"document": content})
    if not isinstance(made, bytes):
        raise RuntimeError("typst gave no single PDF")
    return made
