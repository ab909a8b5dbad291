"""The demo's main deal as the ground on which every address is tried by every role."""

from __future__ import annotations

import datetime as dt

from django.db.models import Model
from django.test import Client

from yinxian.alliances.models import Alliance, Branch, Card, Licence, Referral, Shared, Studio, StudioCase
from yinxian.alliances.models import Member as AssociationMember
from yinxian.contracts.models import CheckedDraft, OwnTemplate, Scan
from yinxian.credentials.models import Application, Credential, Level, Presentation, Recognition
from yinxian.deals.models import BypassAlarm, Deal, DealFile, MilestoneFile, Share, TeamMember
from yinxian.deals.operations.claims import claim_fee
from yinxian.deals.operations.royalties import Agreed, agree_royalty
from yinxian.exams.models import Appeal, Exam, Grader, PaperItem, Question, Sitting, Window
from yinxian.kernel import clock
from yinxian.landing.models import Invitation, Landing
from yinxian.market.models import Evidence, Grant
from yinxian.market.operations.imports import preview_import
from yinxian.matching.models import OwnConcept, SavedSearch
from yinxian.network.models import Membership, Organisation, User
from yinxian.network.operations.people import make_token
from yinxian.notifications.models import Notice
from yinxian.reputation.models import Appeal as PointAppeal
from yinxian.reputation.models import Point, Relation
from yinxian.settlement.models import Account, BankFile, BankLine, PaymentOrder, Transaction
from yinxian.settlement.plans import Royalty
from yinxian.settlement.rules import Tier
from yinxian.training.models import Course, Enrolment, Internship, Session, Term, TermFile

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


def fact_of(user: User) -> str:
    """The number of a journal entry that earned the person points."""
    return str(Point.objects.filter(user=user, corrects=None).order_by("pk")[0].entry.uid)


def values(deal: Deal, who: dict[str, User | None]) -> dict[str, str]:
    """What stands for each <name>: things of the main deal, or the first of their kind."""
    manager = who["manager"]
    assert manager is not None and deal.introduction is not None and deal.contract is not None
    token, _secret = make_token(actor=manager, name="try")
    reviewer, words = who["association"], "需求内容\n一条需求".encode()
    assert reviewer is not None
    run = preview_import(kind="needs", data=words, file_name="a.csv", owner_id=deal.buyer_id, actor=reviewer)
    around, _new = BypassAlarm.objects.get_or_create(
        introduction=deal.introduction,
        what=BypassAlarm.What.CONTRACT,
        reference="OUTSIDE",
        defaults={"happened_at": clock.now(), "raised_at": clock.now()},
    )
    claim_fee(alarm_id=around.pk, debtor="buyer", amount_fen=100, ground="合同 OUTSIDE", actor=manager)
    royalty = Agreed("sales", Royalty((Tier(None, 300),)), clock.today(), clock.today() + dt.timedelta(days=800))
    plan = agree_royalty(deal_id=deal.pk, terms=royalty, actor=manager)
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
        "supplier": deal.supplier.slug,
        "association": deal.buyer.admitted_by.slug if deal.buyer.admitted_by else "",
        "associationmember": slug(AssociationMember, user=manager),
        "branch": slug(Branch),
        "card": slug(Card, user=manager),
        "licence": slug(Licence),
        "studio": slug(Studio, owner=manager),
        "case": pk(StudioCase),
        "alliance": slug(Alliance),
        "referral": slug(Referral),
        "sharedlisting": pk(Shared),
        "membership": pk(Membership, organisation=deal.buyer),
        "share": pk(Share, introduction=deal.introduction),
        "teammember": pk(TeamMember, deal=deal),
        "grant": pk(Grant),
        "dealfile": slug(DealFile, deal=deal),
        "keptfile": slug(MilestoneFile, milestone=milestone),
        "scan": slug(Scan),
        "draft": slug(CheckedDraft, owner=manager),
        "owntemplate": slug(OwnTemplate),
        "templatekind": "licence",
        "templateversion": "2026.1",
        "evidence": slug(Evidence, need=deal.need),
        "importrun": run.slug,
        "bypassalarm": around.slug,
        "account": slug(Account, owner_user=manager),
        "level": slug(Level, association=deal.buyer.admitted_by),
        "application": slug(Application, user=manager),
        "credential": slug(Credential, user=manager),
        "recognition": slug(Recognition),
        "presentation": slug(Presentation),
        "question": slug(Question, kind="single"),
        "exam": slug(Exam),
        "window": slug(Window, state="open"),
        "sitting": slug(Sitting, user=manager),
        "paperitem": pk(PaperItem, to_grade__gt=0),
        "grader": pk(Grader),
        "appeal": slug(Appeal, state="asked"),
        "carrier": "json",
        "number": "1",
        "purpose": "revocation",
        "bankfile": slug(BankFile),
        "bankline": slug(BankLine, state="open"),
        "payout": slug(PaymentOrder),
        "royaltyreport": plan.reports.order_by("number")[0].slug,
        "policy": "zhejiang-37",
        "transaction": slug(Transaction, entries__account__owner_user=manager),
        "notice": slug(Notice, user=manager),
        "search": slug(SavedSearch, user=manager),
        "fact": fact_of(manager),
        "point": pk(Point, user=manager, corrects=None),
        "pointappeal": slug(PointAppeal, user=manager),
        "version": "1",
        "relation": pk(Relation),
        "measure": "closed",
        "concept": str(getattr(first(OwnConcept), "code", "nothing")),
        "api_token": token.slug,
        **landing_values(deal),
        "token": "a-token-that-nobody-issued",
        "course": slug(Course),
        "term": slug(Term),
        "session": slug(Session),
        "enrolment": slug(Enrolment),
        "termfile": slug(TermFile),
        "presence": "1-00000000000000000000000000000000",
        "person": manager.slug,
        "lesson": "thread",
        "internship": slug(Internship),
        "side": "buyer",
        "fmt": "csv",
        "form": "csv",
    }


def landing_values(deal: Deal) -> dict[str, str]:
    """The landing that is still open, of the main deal's supplier, with the offer that has an agreement."""
    landing = Landing.objects.filter(team=deal.supplier).order_by("pk")[0]
    offer = landing.offers.filter(agreement__isnull=False).order_by("pk")[0]
    return {
        "landing": landing.slug,
        "offer": offer.slug,
        "landingshare": str(offer.agreement.shares.order_by("-pk")[0].pk),
        "landingpaper": str(landing.evidence.values_list("pk", flat=True).first() or 0),
        "invitation": str(Invitation.objects.order_by("pk").values_list("slug", flat=True).first()),
    }


def browsers(who: dict[str, User | None]) -> dict[str, Client]:
    made = {}
    for role, user in who.items():
        made[role] = Client(raise_request_exception=False)
        if user is not None:
            made[role].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return made
