from .alliances import Agreement, AgreementSignature, Alliance, Ally, Referral, Shared
from .associations import Branch, MemberNumber, MemberRules
from .directory import Card, Licence, Turn
from .members import Fee, Member
from .studios import Studio, StudioCase, StudioMember, StudioMessage

__all__ = [
    "Agreement",
    "AgreementSignature",
    "Alliance",
    "Ally",
    "Branch",
    "Card",
    "Fee",
    "Licence",
    "Member",
    "MemberNumber",
    "MemberRules",
    "Referral",
    "Shared",
    "Studio",
    "StudioCase",
    "StudioMember",
    "StudioMessage",
    "Turn",
]
