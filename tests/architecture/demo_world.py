"""The demo's main deal as the ground on which every address is tried by every role."""

from __future__ import annotations

from django.db.models import Model
from django.test import Client

from yinxian.contracts.models import Scan
from yinxian.deals.models import BypassAlarm, Deal, DealFile, MilestoneFile, Share, TeamMember
from yinxian.market.models import Evidence, Grant
from yinxian.market.operations.imports import preview_import
from yinxian.network.models import Membership, Organisation, User
from yinxian.network.operations.people import make_token
from yinxian.notifications.models import Notice
from yinxian.settlement.models import Account

Role = Membership.Role
ROLES = (
    "nobody",
    "stranger",
    "outsider",
    "member",
    "buyer",
    "supplier",
    "manager",
    "agency",
    "association",
    "operator",
)


def main_deal() -> Deal:
    return Deal.objects.get(title="燃气热水器一氧化碳低温催化消除")


def someone_of(organisation: Organisation, *roles: str) -> User:
    found = User.objects.filter(memberships__organisation=organisation, memberships__ended_at=None)
    return found.filter(memberships__role__in=roles or Role.values).order_by("pk")[0]


def people(deal: Deal) -> dict[str, User | None]:
    """One person a role; ``member`` belongs to another organisation of the network."""
    stranger = User.objects.create_user("13900000101", None, name="路人")
    outsider = User.objects.create_user("13900000102", None, name="远客")
    outside = Organisation.objects.create(name="没有加入的公司", kind=Organisation.Kind.BUYER)
    Membership.objects.create(user=outsider, organisation=outside, role=Role.ADMIN)
    parties = [deal.buyer_id, deal.supplier_id, deal.agency_id]
    other = Organisation.objects.filter(kind=Organisation.Kind.BUYER, admitted_by__isnull=False).exclude(pk__in=parties)
    association = deal.buyer.admitted_by
    assert association is not None and deal.agency is not None
    colleague = User.objects.create_user("13900000103", None, name="同事")
    Membership.objects.create(user=colleague, organisation=deal.agency, role=Role.ADMIN)
    return {
        "nobody": None,
        "stranger": stranger,
        "outsider": outsider,
        "member": someone_of(other.order_by("pk")[0], Role.ADMIN),
        "buyer": someone_of(deal.buyer, Role.ADMIN),
        "supplier": someone_of(deal.supplier, Role.ADMIN),
        "manager": deal.manager,
        "agency": colleague,
        "association": someone_of(association, Role.REVIEWER),
        "operator": User.objects.create_superuser("13900000104", None, name="操作员"),
    }


def values(deal: Deal, who: dict[str, User | None]) -> dict[str, str]:
    """What stands for each <name>: things of the main deal, or the first of their kind."""
    manager = who["manager"]
    assert manager is not None and deal.introduction is not None and deal.contract is not None
    token, _secret = make_token(actor=manager, name="try")
    reviewer, words = who["association"], "需求内容\n一条需求".encode()
    assert reviewer is not None
    run = preview_import(kind="needs", data=words, file_name="a.csv", owner_id=deal.buyer_id, actor=reviewer)
    milestone = deal.milestones.filter(state="submitted").first() or deal.milestones.order_by("pk")[0]

    def first(model: type[Model], **filters: object) -> Model | None:
        return model._default_manager.filter(**filters).order_by("pk").first()

    def slug(model: type[Model], **filters: object) -> str:
        return str(getattr(first(model, **filters) or first(model), "slug", "nothing"))

    def pk(model: type[Model], **filters: object) -> str:
        found = first(model, **filters) or first(model)
        return str(found.pk if found else 0)

    return {
        "deal": deal.slug,
        "need": deal.need.slug,
        "result": deal.result.slug,
        "introduction": deal.introduction.slug,
        "contract": deal.contract.slug,
        "milestone": milestone.slug,
        "manager": manager.manager_profile.slug,
        "organisation": deal.buyer.slug,
        "association": deal.buyer.admitted_by.slug if deal.buyer.admitted_by else "",
        "membership": pk(Membership, organisation=deal.buyer),
        "share": pk(Share, introduction=deal.introduction),
        "teammember": pk(TeamMember, deal=deal),
        "grant": pk(Grant),
        "dealfile": slug(DealFile, deal=deal),
        "keptfile": slug(MilestoneFile, milestone=milestone),
        "scan": slug(Scan),
        "evidence": slug(Evidence, need=deal.need),
        "importrun": run.slug,
        "bypassalarm": slug(BypassAlarm),
        "account": slug(Account, owner_user=manager),
        "notice": slug(Notice, user=manager),
        "api_token": token.slug,
        "token": "a-token-that-nobody-issued",
        "side": "buyer",
        "fmt": "csv",
        "form": "csv",
    }


def browsers(who: dict[str, User | None]) -> dict[str, Client]:
    made = {}
    for role, user in who.items():
        made[role] = Client(raise_request_exception=False)
        if user is not None:
            made[role].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return made
