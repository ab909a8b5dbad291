"""Four answers about a credential, each on its own: signature, dates, status, recognition."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from yinxian.kernel.templatetags.yx import day

QUESTIONS = {
    "signature": gettext_lazy("签名"),
    "dates": pgettext_lazy("answer", "期限"),
    "status": pgettext_lazy("answer", "状态"),
    "recognition": gettext_lazy("认可"),
}
SENTENCES = {
    "signature.holds": gettext_lazy("成立：由颁发者签出，之后一字未改。"),
    "signature.altered": gettext_lazy("不成立：内容在签出之后被改动过，或不是用它所写的密钥签的。"),
    "signature.malformed": gettext_lazy("不成立：这不是一张能读懂的证书（%(detail)s）。"),
    "signature.no_proof": gettext_lazy("不成立：里面没有签名。"),
    "signature.suite": gettext_lazy("无法断定：签名用的是我们不认识的算法（%(detail)s）。"),
    "signature.key_revoked": gettext_lazy("不成立：签它的密钥已被颁发者作废。请持证人向颁发者换领。"),
    "signature.key_unknown": gettext_lazy("不成立：颁发者的公开身份里没有签它的那把密钥。"),
    "signature.issuer_other": gettext_lazy("不成立：写的颁发者与签名的密钥不是同一家。"),
    "signature.issuer_form": gettext_lazy("无法断定：颁发者的身份不是我们能查的那种（要 did:web 或 did:key）。"),
    "signature.unreachable": gettext_lazy("无法断定：现在连不上颁发者（%(detail)s），取不到它的公钥。请稍后再查。"),
    "signature.term": gettext_lazy("不成立：“%(detail)s”这一项没有定义，签名管不到它。"),
    "signature.type": gettext_lazy("不成立：“%(detail)s”不是有定义的证书类型。"),
    "signature.context": gettext_lazy("不成立：它引用了我们没有收录的词汇表（%(detail)s）。词汇表从不联网去取。"),
    "signature.involved": gettext_lazy("不成立：内容的结构复杂得不合常理，没有继续算。"),
    "dates.in_force": gettext_lazy("在有效期内，到 %(until)s 为止。"),
    "dates.for_life": gettext_lazy("已生效，没有截止日期。"),
    "dates.not_yet": gettext_lazy("还没有生效：从 %(since)s 起。若刚刚颁发，请核对双方的时钟。"),
    "dates.expired": gettext_lazy("已过期：有效到 %(until)s。"),
    "dates.unclear": gettext_lazy("无法断定：日期写得不对。"),
    "status.in_force": gettext_lazy("有效：颁发者没有撤销，也没有暂停。"),
    "status.revoked": gettext_lazy("已被颁发者撤销。"),
    "status.suspended": gettext_lazy("已被颁发者暂停。"),
    "status.none": gettext_lazy("证书没有附状态名单：颁发者没有留下撤销的办法。"),
    "status.unreachable": gettext_lazy("无法断定：现在取不到颁发者的状态名单（%(detail)s）。请稍后再查。"),
    "status.wrong": gettext_lazy("无法断定：颁发者的状态名单不对（%(detail)s）。"),
    "recognition.own": gettext_lazy("由本站的%(association)s颁发。"),
    "recognition.recognised": gettext_lazy(
        "%(association)s认可：相当于本会的%(level)s（认可书第 %(version)s 版，%(until)s 止）。"
    ),
    "recognition.not_recognised": gettext_lazy("本站的协会没有认可过这个颁发者的这一级别。"),
    "recognition.nobody": gettext_lazy("没有指明是哪个协会在问，谈不上认不认。"),
    "recognition.unproven": gettext_lazy("签名没有成立，谈不上是谁颁发的。"),
}


@dataclass(frozen=True)
class Answer:
    """``holds`` is None where it cannot be said now; ``code`` says why, with its ``data``."""

    question: str
    code: str
    holds: bool | None
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return str(QUESTIONS[self.question])

    @property
    def sentence(self) -> str:
        said = {name: _day(value) if name in ("since", "until") else value for name, value in self.data.items()}
        return str(SENTENCES[f"{self.question}.{self.code}"]) % said

    def as_json(self) -> dict[str, Any]:
        return {"holds": self.holds, "code": self.code, "message": self.sentence, **self.data}


@dataclass
class Judgement:
    """The four answers, and what the credential says of itself (only to be believed as far as they hold)."""

    answers: list[Answer]
    document: dict[str, Any] = field(default_factory=dict)

    def of(self, question: str) -> Answer:
        return next(answer for answer in self.answers if answer.question == question)

    @property
    def holds(self) -> bool:
        """All four."""
        return all(answer.holds for answer in self.answers)

    @property
    def issuer(self) -> str:
        issuer = self.document.get("issuer")
        return _text(issuer.get("id") if isinstance(issuer, dict) else issuer)

    @property
    def issuer_name(self) -> str:
        issuer = self.document.get("issuer")
        return _text(issuer.get("name")) if isinstance(issuer, dict) else ""

    @property
    def achievement(self) -> dict[str, Any]:
        subject = self.document.get("credentialSubject")
        found = subject.get("achievement") if isinstance(subject, dict) else None
        return found if isinstance(found, dict) else {}

    @property
    def level(self) -> str:
        return _text(self.achievement.get("name")) or _text(self.document.get("name"))

    @property
    def holder(self) -> str:
        """The name that the credential gives in clear; empty where it gives none."""
        subject = self.document.get("credentialSubject")
        known = subject.get("identifier") if isinstance(subject, dict) else None
        for one in known if isinstance(known, list) else [known]:
            if isinstance(one, dict) and one.get("identityType") == "name" and one.get("hashed") is False:
                return _text(one.get("identityHash"))
        return ""

    @property
    def valid_from(self) -> str:
        return _text(self.document.get("validFrom"))

    @property
    def valid_until(self) -> str:
        return _text(self.document.get("validUntil"))

    def sentences(self) -> list[str]:
        return [_("%(label)s：%(said)s") % {"label": one.label, "said": one.sentence} for one in self.answers]

    def as_json(self) -> dict[str, Any]:
        return {
            "holds": self.holds,
            **{answer.question: answer.as_json() for answer in self.answers},
            "issuer": self.issuer,
            "level": self.level,
            "holder": self.holder,
            "valid_from": self.valid_from,
            "valid_until": self.valid_until,
        }


def _text(value: Any) -> str:
    return value[:300] if isinstance(value, str) else ""


def _day(text: str) -> str:
    """As people read it; the last day of the calendar, which means for ever, has no local time."""
    try:
        return day(text)
    except OverflowError:
        return text[:10]


def moment_of(text: Any) -> dt.datetime:
    """An aware moment; ValueError for anything else (a date without zone is no xsd:dateTimeStamp)."""
    if not isinstance(text, str) or len(text) > 40:
        raise ValueError("no moment")
    made = dt.datetime.fromisoformat(text)
    if made.tzinfo is None:
        raise ValueError("no zone")
    return made
