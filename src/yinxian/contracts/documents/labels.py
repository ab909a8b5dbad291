"""The fixed words of a contract's paper, in both languages."""

from __future__ import annotations

import re

from ..clauses import Pair

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
LABELS = {
    "number": Pair("合同编号", "Contract No."),
    "kind": Pair("类别", "Kind"),
    "draft": Pair("草稿，未经双方确认", "Draft, not confirmed by the parties"),
    "credit_code": Pair("信用代码", "Credit code"),
    "address": Pair("地址", "Address"),
    "contact": Pair("联系人", "Contact"),
    "bank_account": Pair("开户行账号", "Bank account"),
    "indicator": Pair("指标", "Indicator"),
    "requirement": Pair("要求", "Requirement"),
    "method": Pair("检验方法", "Method of test"),
    "instalment": Pair("期次", "Instalment"),
    "condition": Pair("付款条件", "Condition"),
    "due": Pair("时间", "Due"),
    "amount": Pair("金额（元）", "Amount (RMB)"),
    "member": Pair("成员", "Member"),
    "work": Pair("分工", "Work"),
    "share": Pair("比例", "Share"),
    "end": Pair("以下无正文，为签署处。", "End of text; signatures below."),
    "seal": Pair("盖章", "seal"),
    "signed": Pair("代表人（签字）", "Signed by"),
    "date": Pair("日期", "Date"),
    "page": Pair("页", "page"),
    "binding": Pair(
        "本合同以中文和英文写成，两种文本不一致的，以中文为准。",
        "This contract is written in Chinese and English; where the two differ the Chinese prevails.",
    ),
}


def english_date(iso: str) -> str:
    """``2026-03-04`` -> ``4 March 2026``; anything else as it is."""
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", iso)
    return f"{int(found[3])} {MONTHS[int(found[2]) - 1]} {found[1]}" if found else iso
