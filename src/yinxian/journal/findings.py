"""What a verification found, in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

SENTENCES = {
    "malformed": gettext_lazy("这不是一份能读懂的凭据：要的是从凭据页下载的 JSON 文件，原样、不超过 1 MB。"),
    "missing": gettext_lazy("缺少“%(path)s”，凭据不完整。"),
    "unexpected": gettext_lazy("多出了“%(path)s”，凭据里本没有这一项，也没有被签名。"),
    "kind": gettext_lazy("“%(path)s”的内容类型不对。"),
    "version": gettext_lazy("“%(path)s”不是本程序认得的凭据类型或版本。"),
    "leaf": gettext_lazy("存证记录被改动过：它的哈希与凭据所写的不一致。"),
    "entry_other": gettext_lazy("存证记录说的不是这件事。"),
    "altered": gettext_lazy("“%(path)s”被改动过：与存证时的内容不一致。"),
    "added": gettext_lazy("“%(path)s”是后来加上的，存证时没有。"),
    "removed": gettext_lazy("“%(path)s”被删去了，存证时有。"),
    "signature": gettext_lazy("签名不对：凭据的内容不是用它所写的密钥签出来的。"),
    "key_foreign": gettext_lazy("“%(path)s”不是您信任的节点的公钥：可能来自另一个节点，也可能是自造的。"),
    "key_unproven": gettext_lazy(
        "没有可以对照的公钥，无法断定“%(path)s”属于哪个节点。请向出具凭据的节点取得公钥，再核验一次。"
    ),
    "proof": gettext_lazy("存证证明不成立（%(path)s）：从这条记录走不到所写的根。"),
    "seal_signature": gettext_lazy("存证封签的签名不对：封签的内容被改动过。"),
}
LABELS = {
    "node": pgettext_lazy("network", "节点"),
    "introduction": gettext_lazy("引荐编号"),
    "landing": gettext_lazy("落地编号"),
    "offer": gettext_lazy("应约"),
    "fee_fen": gettext_lazy("引荐费"),
    "issued_at": gettext_lazy("出具时间"),
    "parties": gettext_lazy("双方"),
    "manager": gettext_lazy("技术经理人"),
    "agency": gettext_lazy("机构"),
    "shares": gettext_lazy("分成"),
    "subject": gettext_lazy("引荐事项"),
    "listings": gettext_lazy("需求与成果"),
    "terms": gettext_lazy("条款"),
    "acknowledgements": gettext_lazy("双方的确认"),
    "protection": gettext_lazy("保护期"),
    "earlier_on": gettext_lazy("更早的记录"),
    "salt": gettext_lazy("盐值"),
    "entry": gettext_lazy("存证记录"),
    "inclusion": gettext_lazy("存证证明"),
    "key": gettext_lazy("公钥"),
    "signature": gettext_lazy("签名"),
    "leaf": gettext_lazy("存证哈希"),
    "statement": gettext_lazy("正文"),
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong; ``path`` is where in the document."""

    code: str
    path: str = ""

    @property
    def sentence(self) -> str:
        head = self.path.split(".")[0]
        label = self.path
        if head in LABELS:
            label = str(LABELS[head]) if head == self.path else f"{LABELS[head]} {self.path}"
        return str(SENTENCES[self.code]) % {"path": label}


@dataclass
class Verdict:
    """``sealed`` is None while the document carries no proof: that is not a fault, the seal may be to come."""

    findings: list[Finding] = field(default_factory=list)
    signed: bool = False
    sealed: bool | None = None
    statement: dict[str, Any] | None = None
    key: str = ""
    leaf: str = ""

    @property
    def holds(self) -> bool:
        """Whether one may rely on it: signed, and nothing wrong with its proof if it has one."""
        return self.signed and self.sealed is not False

    def sentences(self) -> list[str]:
        """The two answers, then what is wrong."""
        signed = _("签名：成立，内容与签出时一字不差。") if self.signed else _("签名：不成立。")
        if self.sealed is None:
            sealed = _("存证：文件里没有存证证明。凭据出具约一分钟后重新下载，即带有证明。")
        elif self.sealed:
            sealed = _("存证：成立，这条记录在节点封存的日志里。")
        else:
            sealed = _("存证：不成立。")
        return [signed, sealed, *(finding.sentence for finding in self.findings)]

    def as_json(self) -> dict[str, Any]:
        return {
            "holds": self.holds,
            "signed": self.signed,
            "sealed": self.sealed,
            "key": self.key,
            "leaf": self.leaf,
            "findings": [
                {"code": finding.code, "path": finding.path, "message": finding.sentence} for finding in self.findings
            ],
        }
