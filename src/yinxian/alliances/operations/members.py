"""A membership from the application to the end."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.changes import changed
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import ManagerProfile, Organisation, User
from yinxian.network.operations.organisations import decide_admission
from yinxian.network.permissions import can_manage

from .. import permissions
from ..days import months_on, sensible
from ..models import Branch, Member, MemberNumber, MemberRules
from ..queries.obligations import obligations_of
from .associations import locked_association

State = Member.State


@transaction.atomic
def apply_for_membership(
    *,
    association_id: int,
    actor: User,
    answers: dict[str, Any],
    organisation_id: int | None = None,
    branch_id: int | None = None,
) -> Member:
    """Ask to be a member, for oneself or for an organisation that one administers. Conflict while a membership or an
    application is open; Invalid where a question that must be answered is not."""
    association = locked_association(association_id)
    rules = MemberRules.objects.filter(association=association).first()
    if rules is None:
        raise Conflict("alliances.not_open")
    organisation = None
    if organisation_id is not None:
        organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
        if not can_manage(actor, organisation):
            raise Forbidden("alliances.not_admin_of_applicant")
        if organisation.kind == Organisation.Kind.ASSOCIATION:
            raise Invalid("alliances.associations_form_alliances", field="organisation")
    if not (rules.open_to_organisations if organisation else rules.open_to_people):
        raise Conflict("alliances.not_open")
    made = Member(
        association=association,
        kind=Member.Kind.ORGANISATION if organisation else Member.Kind.PERSON,
        user=None if organisation else actor,
        organisation=organisation,
        name=(organisation.name if organisation else actor.get_full_name())[:120],
        branch=_branch(association, branch_id),
        rules=rules,
        answers=_answers(rules, answers),
        applied_by=actor,
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise Conflict("alliances.applied_before") from error
    journal.record(
        "alliances.member.applied",
        actor=actor,
        subject=made,
        data={"rules": rules.number, "kind": made.kind},
        organisations=[association.pk, *([organisation.pk] if organisation else [])],
    )
    return made


def _branch(association: Organisation, branch_id: int | None) -> Branch | None:
    if branch_id is None:
        return None
    found = Branch.objects.filter(pk=branch_id, association=association, closed_at=None).first()
    if found is None:
        raise Invalid("alliances.branch_parent_wrong", field="branch")
    return found


def _answers(rules: MemberRules, given: dict[str, Any]) -> dict[str, str]:
    found = {}
    for question in rules.questions:
        answer = str(given.get(question["key"]) or "").strip()[:4000]
        if question["required"] and not answer:
            raise Invalid("alliances.answer_missing", field=question["key"], question=question["label"])
        found[question["key"]] = answer
    return found


@transaction.atomic
def withdraw_application(*, member_id: int, actor: User) -> Member:
    member = locked_member(member_id)
    if not permissions.is_own(actor, member):
        raise Forbidden("alliances.not_your_membership")
    member.move_to(State.WITHDRAWN)
    member.save(update_fields=["state"])
    _say("alliances.member.withdrawn", actor, member)
    return member


@transaction.atomic
def decide_application(*, member_id: int, actor: User, accept: bool, reason: str = "") -> Member:
    """The association's answer. Accepted: a number, and a first period from today by the rules that were answered; who
    is not in the network is admitted to it. Refused: with the reason. Nobody decides on their own application."""
    member = locked_member(member_id)
    if not permissions.can_keep_members(actor, member.association) or permissions.is_own(actor, member):
        raise Forbidden("alliances.not_yours_to_decide")
    if not accept and not reason.strip():
        raise Invalid("alliances.reason_needed", field="reason")
    member.move_to(State.ACTIVE if accept else State.REFUSED)
    member.decided_by, member.decided_at, member.reason = actor, clock.now(), reason.strip()[:2000]
    if accept:
        member.number = next_number(member.association_id)
        member.valid_from = clock.today()
        member.valid_until = months_on(member.valid_from, member.rules.months if member.rules else 12)
    member.save()
    if accept:
        _admit(member, actor)
    data = {"number": member.number, "reason": member.reason}
    _say("alliances.member.accepted" if accept else "alliances.member.refused", actor, member, data)
    return member


def _admit(member: Member, actor: User) -> None:
    """Into the network: an organisation by the association's word, a manager by belonging to it."""
    organisation = member.organisation
    if organisation is not None and not organisation.in_network:
        organisation.applied_to = member.association
        organisation.save(update_fields=["applied_to"])
        decide_admission(organisation_id=organisation.pk, actor=actor, admit=True)
    if member.user_id is not None:
        ManagerProfile.objects.filter(user_id=member.user_id, association=None).update(association=member.association)


def next_number(association_id: int) -> str:
    """``2026-0001``: the year of joining, then the association's own count. The association is locked by the caller or
    the row is: two at once never get the same."""
    counter, _made = MemberNumber.objects.select_for_update().get_or_create(association_id=association_id)
    while True:
        counter.last += 1
        number = f"{clock.today().year}-{counter.last:04d}"
        if not Member.objects.filter(association_id=association_id, number=number).exists():
            counter.save(update_fields=["last"])
            return number


@transaction.atomic
def edit_member(*, member_id: int, actor: User, values: dict[str, Any]) -> Member:
    """The association's own fields: branch, number, the days of the membership. Who had lapsed and is given days that
    reach today is in good standing again. What changes nothing leaves no trace."""
    member = locked_member(member_id)
    if not permissions.can_keep_members(actor, member.association):
        raise Forbidden("alliances.not_yours_to_decide")
    if member.state not in (State.ACTIVE, State.LAPSED):
        raise Conflict("alliances.member_not_current")
    number = str(values.get("number", member.number)).strip()
    since, until = values.get("valid_from", member.valid_from), values.get("valid_until", member.valid_until)
    check_days(since, until)
    if not number or len(number) > 30:
        raise Invalid("alliances.number_wrong", field="number")
    if "branch_id" in values:
        member.branch = _branch(member.association, values["branch_id"])
    member.number, member.valid_from, member.valid_until = number, since, until
    _stand(member)
    if not changed(member):
        return member
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError as error:
        raise Conflict("alliances.number_taken", field="number") from error
    data = {"number": number, "until": until.isoformat() if until else ""}
    _say("alliances.member.edited", actor, member, data)
    return member


def check_days(since: dt.date | None, until: dt.date | None) -> None:
    if since is None or until is None or not sensible(since, until):
        raise Invalid("alliances.days_wrong", field="valid_until")
    if until < since:
        raise Invalid("alliances.until_before_from", field="valid_until")


def _stand(member: Member) -> None:
    """The state that the days say: in good standing until the last day has passed."""
    current = member.valid_until is None or member.valid_until >= clock.today()
    if current != (member.state == State.ACTIVE):
        member.move_to(State.ACTIVE if current else State.LAPSED)


def extend(member: Member, since: dt.date, until: dt.date) -> None:
    """A period was paid for: the membership reaches at least to its end."""
    if member.valid_from is None or since < member.valid_from:
        member.valid_from = since
    if member.valid_until is None or until > member.valid_until:
        member.valid_until = until
        member.reminded_for = member.reminded_days = None
    _stand(member)
    member.save(update_fields=["valid_from", "valid_until", "state", "reminded_for", "reminded_days"])


@transaction.atomic
def leave(*, member_id: int, actor: User, reason: str = "") -> Member:
    """The member leaves, or the association ends the membership with a reason. Conflict while obligations are open:
    deals under way and referrals taken; they are named on the page."""
    member = locked_member(member_id)
    own = permissions.is_own(actor, member)
    if not own and not permissions.can_keep_members(actor, member.association):
        raise Forbidden("alliances.not_your_membership")
    if not own and not reason.strip():
        raise Invalid("alliances.reason_needed", field="reason")
    if member.state not in (State.ACTIVE, State.LAPSED):
        raise Conflict("alliances.member_not_current")
    open_ones = obligations_of(member)
    if open_ones:
        raise Conflict("alliances.open_obligations", count=len(open_ones))
    member.move_to(State.LEFT)
    member.left_at, member.reason = clock.now(), reason.strip()[:2000]
    member.save(update_fields=["state", "left_at", "reason"])
    if member.user_id is not None:
        own_profile = ManagerProfile.objects.filter(user_id=member.user_id, association=member.association_id)
        own_profile.update(association=None)
    elif member.organisation is not None and member.organisation.admitted_by_id == member.association_id:
        Organisation.objects.filter(pk=member.organisation.pk).update(admitted_by=None, admitted_at=None)
    _say("alliances.member.left", actor, member, {"reason": member.reason, "own": "yes" if own else "no"})
    return member


@transaction.atomic
def claim_membership(*, member_id: int, actor: User) -> Member:
    """A person on a list that was taken over makes it their own: the verified number on the list is theirs."""
    member = locked_member(member_id)
    known = actor.phone_verified and bool(actor.phone) and actor.phone == member.phone
    if not known or member.kind != Member.Kind.PERSON or member.user_id is not None:
        raise Forbidden("alliances.not_your_membership")
    if member.state not in (State.ACTIVE, State.LAPSED):
        raise Conflict("alliances.member_not_current")
    member.user = actor
    try:
        with transaction.atomic():
            member.save(update_fields=["user"])
    except IntegrityError as error:
        raise Conflict("alliances.applied_before") from error
    if member.state == State.ACTIVE:
        _admit(member, actor)
    _say("alliances.member.claimed", actor, member, {"number": member.number})
    return member


def locked_member(member_id: int) -> Member:
    association_id = Member.objects.values_list("association_id", flat=True).get(pk=member_id)
    locked_association(association_id)
    found: Member = (
        Member.objects.select_for_update(of=("self",))
        .select_related("association", "organisation", "user", "rules", "branch")
        .get(pk=member_id)
    )
    return found


def _say(name: str, actor: User | None, member: Member, data: dict[str, Any] | None = None) -> None:
    concerned = [member.association_id, *([member.organisation_id] if member.organisation_id else [])]
    journal.record(name, actor=actor, subject=member, data=data or {}, organisations=concerned)
