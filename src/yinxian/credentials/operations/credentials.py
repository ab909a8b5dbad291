"""Issue, suspend, reinstate, revoke; and what the holder lets others see."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Forbidden, Invalid
from yinxian.kernel.ids import new_slug
from yinxian.network.models import Organisation, User

from .. import addresses, permissions, secrets
from ..models import Application, Credential, Issuer, Level, LevelVersion, StatusList
from ..queries.issuers import words_of
from ..queries.levels import current_version
from ..vc import documents, proofs
from ..wording import criteria
from .issuing import issuer_for, publish, ready_key, take_place

State = Credential.State
SHOWN = ("shows_page", "shows_name", "shows_grounds", "shows_in_directory")


@transaction.atomic
def issue_credential(*, level_id: int, user_id: int, actor: User, ground: str) -> Credential:
    """Certify somebody on a ground that the product does not have as facts (a certificate on paper, say). The ground
    stands in the journal and with the certificate. Forbidden for oneself."""
    level = Level.objects.select_related("association").get(pk=level_id)
    if not permissions.can_award(actor, level.association) or actor.pk == user_id:
        raise Forbidden("credentials.not_yours_to_award")
    if not ground.strip():
        raise Invalid("credentials.reason_needed", field="ground")
    return issue(version=current_version(level), user=User.objects.get(pk=user_id), actor=actor, ground=ground.strip())


def issue(
    *,
    version: LevelVersion,
    user: User,
    actor: User,
    ground: str = "",
    application: Application | None = None,
    renews: Credential | None = None,
) -> Credential:
    """Sign a certificate; the caller has asked who may, and is in a transaction. A renewal runs from the end of the
    one before when that is still to come."""
    if not user.name.strip():
        raise Invalid("credentials.no_name")
    level = version.level
    association = Organisation.objects.select_for_update(of=("self",)).get(pk=level.association_id)
    issuer = (
        Issuer.objects.select_for_update(of=("self",)).select_related("association").get(pk=issuer_for(association).pk)
    )
    key, (status, index), now = ready_key(issuer, actor), take_place(issuer), clock.now()
    since = now.replace(microsecond=0)
    until = add_months(_runs_from(since, renews), version.valid_months) if version.valid_months else None
    slug = new_slug(Credential.PREFIX)
    bare = documents.certificate(
        url=addresses.credential_url(slug),
        issuer=words_of(issuer),
        level=documents.LevelWords(
            addresses.level_url(level.slug), level.name, level.name_en or level.name, criteria(version)
        ),
        holder=user.name,
        valid_from=since,
        valid_until=until,
        status=documents.status_entries(addresses.lists_url(status.number), index),
    )
    secret = secrets.unseal(key.secret, key.public)
    made = Credential.objects.create(
        slug=slug,
        issuer=issuer,
        level=level,
        version=version,
        user=user,
        application=application,
        ground=ground[:300],
        renews=renews,
        valid_from=since,
        valid_until=until,
        status_list=status,
        status_index=index,
        key=key,
        document=proofs.sign(bare, secret, method=key.address, created=proofs.stamp(now)),
        issued_at=now,
        issued_by=actor,
    )
    data = {
        "level": level.slug,
        "version": version.number,
        "holder": user.slug,
        "until": until.isoformat() if until else "",
        "ground": made.ground,
        "application": application.slug if application else "",
    }
    journal.record(
        "credentials.credential.issued", actor=actor, subject=made, data=data, organisations=[association.pk]
    )
    return made


def _runs_from(since: dt.datetime, renews: Credential | None) -> dt.datetime:
    return max(since, renews.valid_until) if renews and renews.valid_until else since


def add_months(moment: dt.datetime, months: int) -> dt.datetime:
    """The same day of a later month in Shanghai, or its last day where there is no such day."""
    local = moment.astimezone(clock.SHANGHAI)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return local.replace(year=year, month=month + 1, day=min(local.day, last)).astimezone(dt.UTC)


@transaction.atomic
def change_state(*, credential_id: int, actor: User, state: str, reason: str) -> Credential:
    """Suspend, reinstate (ACTIVE) or revoke, with the reason; the published lists say so at once."""
    credential = (
        Credential.objects.select_for_update(of=("self",))
        .select_related("level__association", "user")
        .get(pk=credential_id)
    )
    if not permissions.can_award(actor, credential.level.association):
        raise Forbidden("credentials.not_yours_to_award")
    if not reason.strip():
        raise Invalid("credentials.reason_needed", field="reason")
    credential.move_to(state)
    credential.state_at, credential.state_reason = clock.now(), reason.strip()[:300]
    credential.save(update_fields=["state", "state_at", "state_reason"])
    publish(StatusList.objects.select_for_update(of=("self",)).get(pk=credential.status_list_id))
    verb = "credentials.credential.revoked" if state == State.REVOKED else "credentials.credential.suspended"
    if state == State.ACTIVE:
        verb = "credentials.credential.reinstated"
    journal.record(
        verb,
        actor=actor,
        subject=credential,
        data={"holder": credential.user.slug, "reason": credential.state_reason},
        organisations=[credential.level.association_id],
    )
    return credential


@transaction.atomic
def choose_shown(*, credential_id: int, actor: User, shown: Mapping[str, Any]) -> Credential:
    """What the public page tells: the holder's choice alone."""
    credential = Credential.objects.select_for_update(of=("self",)).get(pk=credential_id)
    if actor.pk != credential.user_id:
        raise Forbidden("credentials.not_holder")
    changed = {
        name: bool(shown[name]) for name in SHOWN if name in shown and bool(shown[name]) != getattr(credential, name)
    }
    if not changed:
        return credential
    for name, value in changed.items():
        setattr(credential, name, value)
    credential.save(update_fields=list(changed))
    journal.record("credentials.credential.shown", actor=actor, subject=credential, data=changed)
    return credential
