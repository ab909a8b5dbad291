"""Ask people into the team of a need; they accept or decline."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from yinxian import journal
from yinxian.deals.models import Deal, Side
from yinxian.deals.operations.records import add_member
from yinxian.deals.permissions.deals import can_change_team
from yinxian.kernel import clock, text
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.market.models import Need
from yinxian.network.models import Organisation, User

from .. import permissions
from ..models import Invitation
from ..queries.teams import Choice, propose_team

State = Invitation.State
STANDING = (State.ASKED, State.ACCEPTED)


@transaction.atomic
def invite_team(
    *,
    need_id: int,
    actor: User,
    people: Sequence[str],
    supplier_id: int | None = None,
    professions: Sequence[str] = (),
) -> list[Invitation]:
    """Ask those of the proposal as it stands now (``people``: their identifiers). Who has a conflict meanwhile is a
    Conflict and nobody is asked; who was asked before and has not declined is not asked again."""
    need = Need.objects.select_for_update(of=("self",)).select_related("owner").get(pk=need_id)
    if not permissions.can_build_team(actor, need.manager_id, need.owner_id):
        raise Forbidden("landing.not_team_builder")
    wanted = list(dict.fromkeys(people))
    if not wanted:
        raise Invalid("landing.nobody_chosen", field="people")
    supplier = Organisation.objects.get(pk=supplier_id) if supplier_id else None
    proposal = propose_team(need, actor, supplier=supplier, professions=professions)
    proposed = {choice.user.slug: choice for choice in proposal.choices}
    for slug in wanted:
        if slug not in proposed:
            name = User.objects.filter(slug=slug).first()
            raise Conflict("landing.not_proposed", name=name or slug[:16])
    before = set(need.team_invitations.filter(state__in=STANDING).values_list("user_id", flat=True))
    deal = _deal_of(need, actor, supplier)
    return [_ask(need, deal, actor, proposed[slug]) for slug in wanted if proposed[slug].user.pk not in before]


def _deal_of(need: Need, actor: User, supplier: Organisation | None) -> Deal | None:
    """The actor's own deal of this pair, whose team those who accept join."""
    if supplier is None:
        return None
    own = Deal.objects.filter(need=need, manager=actor, supplier=supplier).exclude(state__in=Deal.ENDED)
    return own.order_by("-pk").first()


def _ask(need: Need, deal: Deal | None, actor: User, choice: Choice) -> Invitation:
    made = Invitation.objects.create(
        need=need,
        deal=deal,
        user=choice.user,
        profession=choice.profession,
        lead=choice.lead,
        because=list(choice.because),
        asked_by=actor,
        asked_at=clock.now(),
    )
    journal.record(
        "landing.invitation.asked",
        actor=actor,
        subject=made,
        data={"need": need.slug, "profession": choice.profession, "part": choice.part, "invited": choice.user.slug},
        organisations=[need.owner_id],
    )
    return made


def _locked(invitation_id: int) -> Invitation:
    return Invitation.objects.select_for_update(of=("self",)).select_related("need", "user").get(pk=invitation_id)


@transaction.atomic
def answer_invitation(*, invitation_id: int, actor: User, accept: bool, reason: str = "") -> Invitation:
    """Join the team, or decline. Who joins, joins the deal's team too where there is one and the asker may still
    change it."""
    found = _locked(invitation_id)
    if not permissions.can_answer_invitation(actor, found):
        raise Forbidden("landing.not_invited")
    found.move_to(State.ACCEPTED if accept else State.DECLINED)
    found.answered_at = clock.now()
    found.reason = "" if accept else text.clean(reason).strip()[:300]
    found.save(update_fields=["state", "answered_at", "reason"])
    if accept:
        _join(found)
    journal.record(
        "landing.invitation.accepted" if accept else "landing.invitation.declined",
        actor=actor,
        subject=found,
        data={"need": found.need.slug, "profession": found.profession, "invited": actor.slug},
        organisations=[found.need.owner_id],
    )
    return found


def _join(found: Invitation) -> None:
    deal = found.deal
    if deal is None or deal.state in Deal.ENDED or not can_change_team(found.asked_by, deal, Side.MANAGER):
        return
    if deal.manager_id == found.user_id or deal.team.filter(user_id=found.user_id, left_at=None).exists():
        return
    add_member(
        deal_id=deal.pk,
        actor=found.asked_by,
        name=str(found.user),
        profession=found.profession,
        side=Side.MANAGER,
        user_id=found.user_id,
    )


@transaction.atomic
def withdraw_invitation(*, invitation_id: int, actor: User) -> Invitation:
    """Whoever asked takes it back before the answer."""
    found = _locked(invitation_id)
    if found.asked_by_id != actor.pk:
        raise Forbidden("landing.not_team_builder")
    found.move_to(State.WITHDRAWN)
    found.answered_at = clock.now()
    found.save(update_fields=["state", "answered_at"])
    journal.record(
        "landing.invitation.withdrawn",
        actor=actor,
        subject=found,
        data={"need": found.need.slug, "invited": found.user.slug},
        organisations=[found.need.owner_id],
    )
    return found
