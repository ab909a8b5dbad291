"""The people and organisations that the tests are about."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from yinxian.network.models import ManagerProfile, Membership, Organisation, User

Kind = Organisation.Kind
Role = Membership.Role


@dataclass
class People:
    """Who is who: see docs/glossary.md for the four parties."""

    association: Organisation
    buyer: Organisation
    supplier: Organisation
    agency: Organisation
    second_supplier: Organisation
    outside: Organisation
    ruoxi: User  # manager, member of the agency
    mingyuan: User  # manager, independent, in the association
    heng: User  # admin of the buyer
    lan: User  # admin of the supplier
    qiao: User  # reviewer of the association
    yuan: User  # finance of the agency
    cang: User  # admin of the second supplier
    outsider: User  # member of a firm that no association admitted
    stray: User  # signed in, belongs nowhere


def organisation(name: str, kind: str, admitted_by: Organisation | None = None) -> Organisation:
    return Organisation.objects.create(
        name=name,
        kind=kind,
        region="330100",
        admitted_by=admitted_by,
        admitted_at=admitted_by and timezone.now(),
    )


def person(name: str, phone: str, *memberships: tuple[Organisation, str]) -> User:
    user = User.objects.create_user(phone, "a-password-of-tests", name=name, phone_verified=True)
    for place, role in memberships:
        Membership.objects.create(user=user, organisation=place, role=role)
    return user


def make_people() -> People:
    association = organisation("澜江技术经理人协会", Kind.ASSOCIATION)
    buyer = organisation("澜江暖能电器", Kind.BUYER, association)
    supplier = organisation("江北理工大学", Kind.SUPPLIER, association)
    agency = organisation("澜江技术转移中心", Kind.AGENCY, association)
    second = organisation("沧洲化工研究院", Kind.SUPPLIER, association)
    outside = organisation("远岫贸易", Kind.BUYER)
    people = People(
        association=association,
        buyer=buyer,
        supplier=supplier,
        agency=agency,
        second_supplier=second,
        outside=outside,
        ruoxi=person("沈若溪", "13800000001", (agency, Role.MEMBER)),
        mingyuan=person("顾明远", "13800000002"),
        heng=person("周衡", "13800000003", (buyer, Role.ADMIN)),
        lan=person("林岚", "13800000004", (supplier, Role.ADMIN)),
        qiao=person("乔审", "13800000005", (association, Role.REVIEWER)),
        yuan=person("袁账", "13800000006", (agency, Role.FINANCE)),
        cang=person("苍严", "13800000007", (second, Role.ADMIN)),
        outsider=person("远客", "13800000008", (outside, Role.MEMBER)),
        stray=person("路人", "13800000009"),
    )
    for user, kind in ((people.ruoxi, "market"), (people.mingyuan, "research")):
        ManagerProfile.objects.create(
            user=user, kind=kind, association=association, tracks=[{"field": "06", "evidence": "三份合同"}]
        )
    return people
