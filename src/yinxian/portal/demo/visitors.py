"""The people whom a newcomer signs in as."""

from __future__ import annotations

from typing import NamedTuple

from .content import by_key


class Visitor(NamedTuple):
    phone: str
    name: str
    name_en: str
    role: str
    role_en: str

    def part(self, chinese: bool) -> str:
        """Who they are, in one phrase."""
        return self.role if chinese else self.role_en


ROLES = {
    "ruoxi": ("技术经理人，在澜江技术转移中心", "technology manager, in an agency"),
    "heheng": ("需方：澜江暖能电器研发总监", "buyer: head of R&D of an appliance maker"),
    "caiwei": ("供方：江北理工大学教授", "supplier: professor at a university"),
    "mingyuan": ("独立技术经理人，分成40%", "independent technology manager with a 40% share"),
    "qiaomu": ("澜江技术经理人协会审核员", "reviewer of the association"),
    "yuanjing": ("澜江技术转移中心财务", "finance of the agency"),
    "milena": ("用英文的技术经理人", "technology manager who reads English"),
}

DEMO_PEOPLE = tuple(
    Visitor(person["phone"], person["name"], person["name_en"], *phrases)
    for person, phrases in ((by_key("person")[key], phrases) for key, phrases in ROLES.items())
)
