"""Draft an introduction, settle its terms and shares, offer it to both sides, withdraw it, let it expire."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from yinxian import journal
from yinxian.kernel import clock, text
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.market.models import Need, Result
from yinxian.market.queries.levels import NETWORK, at_least, level_for
from yinxian.market.queries.shown import without_contacts
from yinxian.network.models import Organisation, SignedLink, User

from ..models import Introduction, Share
from ..permissions import introductions as permissions
from ..queries.introductions import RUNNING, agencies_of, earlier_record
from ..queries.links import PURPOSE
from ..terms import Part, Terms, check_shares

State = Introduction.State
ANSWER_WITHIN = dt.timedelta(days=30)
OPEN_NEEDS = (
    Need.State.CONFIRMED,
    Need.State.PUBLISHED,
    Need.State.MATCHING,
    Need.State.REDIAGNOSIS,
    Need.State.TRACKING,
)


def locked(introduction_id: int) -> Introduction:
    """The introduction under lock, its relations left to be read."""
    return Introduction.objects.select_for_update(of=("self",)).get(pk=introduction_id)


def steered(introduction_id: int, actor: User) -> Introduction:
    """Lock it for its manager; Forbidden for anyone else."""
    introduction = locked(introduction_id)
    if not permissions.can_steer(actor, introduction):
        raise Forbidden("deals.introduction_not_yours")
    return introduction


def team_organisations(introduction: Introduction) -> list[int]:
    """Ids of the organisations on the manager's side: what happens before the offer concerns only them."""
    places = [share.organisation_id for share in introduction.shares.all() if share.organisation_id]
    return [*places, introduction.agency_id] if introduction.agency_id else places


def everyone(introduction: Introduction) -> list[int]:
    return [*team_organisations(introduction), introduction.buyer_id, introduction.supplier_id]


@transaction.atomic
def draft_introduction(
    *,
    need_id: int,
    result_id: int,
    actor: User,
    subject: str,
    terms: Terms,
    shares: Sequence[Part],
    agency_id: int | None = None,
) -> Introduction:
    """Begin an introduction of the need's owner and the result's owner.

    An earlier record of the same pair and matter is noted with its date; that one stands. Conflict when the
    manager has one running for the same two listings.
    """
    need = Need.objects.select_for_update(of=("self",)).get(pk=need_id)
    result = Result.objects.select_related("owner").get(pk=result_id)
    if not permissions.can_introduce(actor):
        raise Forbidden("deals.introduce_as_manager")
    for listing in (need, result):
        if not at_least(level_for(actor, listing), NETWORK):
            raise Forbidden("deals.introduce_unseen")
    if need.owner_id == result.owner_id:
        raise Invalid("deals.introduction_one_party")
    if need.state not in OPEN_NEEDS or result.state != Result.State.PUBLISHED:
        raise Conflict("deals.introduction_listing_closed")
    mine = Introduction.objects.filter(need=need, result=result, manager=actor)
    today = clock.today()
    if (
        mine.filter(state__in=RUNNING).exists()
        or mine.filter(state=State.ACKNOWLEDGED, protected_until__gte=today).exists()
    ):
        raise Conflict("deals.introduction_exists")
    introduction = Introduction(
        need=need,
        result=result,
        buyer_id=need.owner_id,
        supplier_id=result.owner_id,
        manager=actor,
        created_at=clock.now(),
    )
    _write_terms(introduction, actor, subject, agency_id, terms, shares)
    note_earlier(introduction, today)
    introduction.save(force_insert=True)
    _write_shares(introduction, shares)
    journal.record(
        "deals.introduction.drafted",
        actor=actor,
        subject=introduction,
        data={"need": need.slug, "result": result.slug, "earlier": introduction.earlier_on is not None},
        organisations=team_organisations(introduction),
    )
    return introduction


def note_earlier(introduction: Introduction, today: dt.date) -> None:
    """Keep in mind that somebody introduced the same pair for the same matter before; does not save."""
    before = earlier_record(
        buyer_id=introduction.buyer_id,
        supplier_id=introduction.supplier_id,
        need_id=introduction.need_id,
        result_id=introduction.result_id,
        subject=introduction.subject,
        manager_id=introduction.manager_id,
        today=today,
        except_id=introduction.pk,
    )
    moment = before.acknowledged_at if before else None
    introduction.earlier = before
    introduction.earlier_on = moment.astimezone(clock.SHANGHAI).date() if moment else None


def _write_terms(
    introduction: Introduction, actor: User, subject: str, agency_id: int | None, terms: Terms, shares: Sequence[Part]
) -> None:
    """Check everything, then set it; does not save."""
    subject = " ".join(text.clean(subject).split())
    if not subject:
        raise Invalid("deals.introduction_subject", field="subject")
    if len(subject) > 200:
        raise Invalid("deals.introduction_subject_long", field="subject", limit=200)
    if without_contacts(subject) != subject:
        raise Invalid("deals.introduction_subject_contact", field="subject")
    if agency_id is not None and agency_id not in {agency.pk for agency in agencies_of(actor)}:
        raise Invalid("deals.introduction_agency", field="agency")
    terms.check()
    check_shares(shares, (introduction.buyer_id, introduction.supplier_id))
    introduction.subject, introduction.agency_id = subject, agency_id
    for name in Terms.__dataclass_fields__:
        setattr(introduction, name, getattr(terms, name))


def _write_shares(introduction: Introduction, shares: Sequence[Part]) -> None:
    people = {part.user_id for part in shares if part.user_id}
    places = {part.organisation_id for part in shares if part.organisation_id}
    known = User.objects.filter(pk__in=people, is_active=True).count() == len(people)
    if not known or Organisation.objects.filter(pk__in=places).count() != len(places):
        raise Invalid("deals.share_unknown", field="shares")
    introduction.shares.all().delete()
    Share.objects.bulk_create(
        Share(
            introduction=introduction,
            position=position,
            user_id=part.user_id,
            organisation_id=part.organisation_id,
            work=text.clean(part.work).strip()[:120],
            bp=part.bp,
        )
        for position, part in enumerate(shares, 1)
    )


@transaction.atomic
def change_terms(
    *,
    introduction_id: int,
    actor: User,
    subject: str,
    terms: Terms,
    shares: Sequence[Part],
    agency_id: int | None = None,
) -> Introduction:
    """Set terms and shares anew. Whoever had accepted is asked again; after the offer nothing changes any more."""
    introduction = steered(introduction_id, actor)
    if introduction.state == State.SHARES_PENDING:
        introduction.move_to(State.DRAFT)
    if introduction.state != State.DRAFT:
        raise Conflict("deals.introduction_terms_fixed")
    concerned = team_organisations(introduction)
    asked_again = introduction.shares.exclude(accepted_at=None).count()
    _write_terms(introduction, actor, subject, agency_id, terms, shares)
    note_earlier(introduction, clock.today())
    introduction.terms_version += 1
    introduction.save()
    _write_shares(introduction, shares)
    journal.record(
        "deals.introduction.terms_changed",
        actor=actor,
        subject=introduction,
        data={"version": introduction.terms_version, "asked_again": asked_again},
        organisations=[*concerned, *team_organisations(introduction)],
    )
    return introduction


@transaction.atomic
def propose_shares(*, introduction_id: int, actor: User) -> Introduction:
    """Ask everyone with a share; the manager, who asks, has accepted their own part by asking."""
    introduction = steered(introduction_id, actor)
    introduction.move_to(State.SHARES_PENDING)
    introduction.save(update_fields=["state"])
    introduction.shares.filter(user=actor).update(accepted_at=clock.now(), answered_by=actor)
    journal.record(
        "deals.introduction.proposed",
        actor=actor,
        subject=introduction,
        data={"version": introduction.terms_version, "shares": introduction.shares.count()},
        organisations=team_organisations(introduction),
    )
    return introduction


@transaction.atomic
def offer_introduction(*, introduction_id: int, actor: User) -> Introduction:
    """Put it before both sides, once every share is accepted."""
    introduction = steered(introduction_id, actor)
    introduction.move_to(State.OFFERED)
    if waiting := introduction.shares.filter(accepted_at=None).count():
        raise Conflict("deals.shares_not_accepted", count=waiting)
    note_earlier(introduction, clock.today())
    introduction.offered_at = clock.now()
    introduction.answer_by = clock.today() + ANSWER_WITHIN
    introduction.save()
    journal.record(
        "deals.introduction.offered",
        actor=actor,
        subject=introduction,
        data={"need": introduction.need.slug, "result": introduction.result.slug},
        organisations=everyone(introduction),
    )
    return introduction


@transaction.atomic
def withdraw_introduction(*, introduction_id: int, actor: User, note: str = "") -> Introduction:
    """Take it back before both have acknowledged; the links that went out stop working."""
    introduction = steered(introduction_id, actor)
    concerned = everyone(introduction) if introduction.offered_at else team_organisations(introduction)
    introduction.move_to(State.WITHDRAWN)
    _close(introduction, note)
    journal.record("deals.introduction.withdrawn", actor=actor, subject=introduction, organisations=concerned)
    return introduction


def _close(introduction: Introduction, note: str) -> None:
    introduction.closed_at = clock.now()
    introduction.closed_note = text.clean(note).strip()[:300]
    introduction.save(update_fields=["state", "closed_at", "closed_note"])
    _links_of(introduction).update(withdrawn_at=clock.now())


def _links_of(introduction: Introduction) -> QuerySet[SignedLink]:
    return SignedLink.objects.filter(
        purpose=PURPOSE,
        subject_type=introduction._meta.label_lower,
        subject_id=introduction.pk,
        used_at=None,
        withdrawn_at=None,
    )


@transaction.atomic
def expire_introduction(*, introduction_id: int, today: dt.date) -> bool:
    """End an offer that was not answered in time; False when it has been meanwhile."""
    introduction = locked(introduction_id)
    if introduction.state != State.OFFERED or introduction.answer_by is None or introduction.answer_by >= today:
        return False
    introduction.move_to(State.EXPIRED)
    introduction.closed_at = clock.now()
    introduction.save(update_fields=["state", "closed_at"])
    journal.record("deals.introduction.expired", actor=None, subject=introduction, organisations=everyone(introduction))
    return True
