"""Recognise another's level, end that, and take in who comes with their certificate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.ids import new_slug
from yinxian.kernel.text import normalise
from yinxian.network.models import Organisation, User

from .. import addresses, permissions, secrets
from ..models import Issuer, Level, Presentation, Recognition
from ..queries.issuers import words_of
from ..vc import did, documents, proofs
from ..vc.answers import Judgement
from .issuing import issuer_for, ready_key

State = Presentation.State
EARLIEST, LATEST = 2000, 2200  # years
LONGEST = {"issuer_did": 200, "issuer_name": 120, "their_level": 300, "their_level_name": 120}
GIVEN = ("issuer_did", "issuer_name", "their_level", "their_level_name", "conditions", "valid_from", "valid_until")


@transaction.atomic
def recognise(*, association_id: int, actor: User, equals_id: int, values: Mapping[str, Any]) -> Recognition:
    """Sign that another's level equals ours, from when until when, under which conditions. What was recognised of the
    same level before ends and stays on record: decisions by it stand."""
    association = Organisation.objects.select_for_update(of=("self",)).get(pk=association_id)
    if not permissions.can_recognise(actor, association):
        raise Forbidden("credentials.not_yours_to_recognise")
    equals = Level.objects.get(pk=equals_id, association=association)
    given = {name: values.get(name, "") for name in GIVEN}
    _checked(association, given)
    issuer = (
        Issuer.objects.select_for_update(of=("self",)).select_related("association").get(pk=issuer_for(association).pk)
    )
    key, now = ready_key(issuer, actor), clock.now()
    same = Recognition.objects.filter(
        association=association, issuer_did=given["issuer_did"], their_level=given["their_level"]
    )
    version = (same.aggregate(last=Max("version"))["last"] or 0) + 1
    same.filter(ended_at=None).update(ended_at=now, ended_by=actor, reason=f"v{version}")
    slug = new_slug(Recognition.PREFIX)
    bare = documents.endorsement(
        url=addresses.recognition_url(slug),
        issuer=words_of(issuer),
        level=given["their_level"],
        comment=_comment(given, equals, version),
        valid_from=_midnight(given["valid_from"]),
        valid_until=_midnight(given["valid_until"] + dt.timedelta(days=1)) - dt.timedelta(seconds=1),
    )
    secret = secrets.unseal(key.secret, key.public)
    made = Recognition.objects.create(
        slug=slug,
        association=association,
        equals=equals,
        version=version,
        created_by=actor,
        created_at=now,
        document=proofs.sign(bare, secret, method=key.address, created=proofs.stamp(now)),
        **given,
    )
    data = {"issuer": made.issuer_did, "their_level": made.their_level, "equals": equals.slug, "version": version}
    journal.record(
        "credentials.recognition.signed", actor=actor, subject=made, data=data, organisations=[association.pk]
    )
    return made


def _checked(association: Organisation, given: Mapping[str, Any]) -> None:
    name = str(given["issuer_did"])
    for field, most in LONGEST.items():
        if not given[field].strip() or len(given[field]) > most:
            raise Invalid("credentials.recognition_wrong", field=field)
    if not given["their_level"].startswith(("https://", "http://", "urn:")) or len(given["conditions"]) > 1000:
        raise Invalid("credentials.recognition_wrong", field="their_level")
    try:
        if name.startswith("did:web:"):
            did.address_of(name)
        elif not name.startswith("did:key:z"):
            raise did.BadDid(name)
    except did.BadDid as error:
        raise Invalid("credentials.did_wrong", field="issuer_did") from error
    if Issuer.objects.filter(association=association, did=name).exists():
        raise Invalid("credentials.own_level", field="issuer_did")
    if (
        not EARLIEST <= given["valid_from"].year < LATEST
        or given["valid_from"] > given["valid_until"]
        or not EARLIEST <= given["valid_until"].year < LATEST
    ):
        raise Invalid("credentials.dates_wrong", field="valid_until")


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), clock.SHANGHAI)


def _comment(given: Mapping[str, Any], equals: Level, version: int) -> str:
    """In Chinese whatever the reader's language: it is signed once."""
    with translation.override("zh-hans"):
        said = _("认可书第 %(version)s 版：%(theirs)s相当于本会的%(ours)s（%(address)s）。") % {
            "version": version,
            "theirs": given["their_level_name"],
            "ours": equals.name,
            "address": addresses.level_url(equals.slug),
        }
        return said + (_("条件：%(conditions)s") % given if given["conditions"] else "")


@transaction.atomic
def end_recognition(*, recognition_id: int, actor: User, reason: str) -> Recognition:
    """From now on their certificates are not recognised; what was decided by it before stands."""
    found = Recognition.objects.select_for_update(of=("self",)).select_related("association").get(pk=recognition_id)
    if not permissions.can_recognise(actor, found.association):
        raise Forbidden("credentials.not_yours_to_recognise")
    if not reason.strip():
        raise Invalid("credentials.reason_needed", field="reason")
    if found.ended_at:
        raise Conflict("credentials.recognition_ended")
    found.ended_at, found.ended_by, found.reason = clock.now(), actor, reason.strip()[:300]
    found.save(update_fields=["ended_at", "ended_by", "reason"])
    journal.record(
        "credentials.recognition.ended",
        actor=actor,
        subject=found,
        data={"reason": found.reason, "version": found.version},
        organisations=[found.association_id],
    )
    return found


@transaction.atomic
def present(*, actor: User, judgement: Judgement) -> Presentation:
    """Bring a certificate of another association that ours recognises, judged just before. All four answers must
    hold and the name must be one's own."""
    if not judgement.holds or judgement.of("recognition").code != "recognised":
        raise Conflict("credentials.not_recognised")
    recognition = Recognition.objects.select_for_update(of=("self",)).get(
        slug=judgement.of("recognition").data["recognition"]
    )
    if not recognition.holds_on(clock.today()):
        raise Conflict("credentials.recognition_ended")
    if _plain(judgement.holder) not in {_plain(actor.name), _plain(actor.name_en)} - {""}:
        raise Invalid("credentials.other_name", name=judgement.holder or "—")
    number = str(judgement.document.get("id") or "")[:300]
    standing = Presentation.objects.filter(user=actor, credential_id=number).exclude(state=State.REFUSED)
    if not number or standing.exists():
        raise Conflict("credentials.presented_before")
    until = judgement.valid_until
    made = Presentation.objects.create(
        user=actor,
        recognition=recognition,
        credential_id=number,
        holder_name=judgement.holder[:120],
        document=judgement.document,
        answers=judgement.as_json(),
        valid_until=_end(until),
    )
    data = {"recognition": recognition.slug, "version": recognition.version, "credential": number}
    journal.record(
        "credentials.presentation.made",
        actor=actor,
        subject=made,
        data=data,
        organisations=[recognition.association_id],
    )
    return made


def _end(until: str) -> dt.datetime | None:
    """The last moment, or None for one so far off that it means for ever."""
    moment = dt.datetime.fromisoformat(until) if until else None
    return moment if moment and moment.year < LATEST else None


def _plain(name: str) -> str:
    return normalise(name).strip()


@transaction.atomic
def decide_presentation(*, presentation_id: int, actor: User, accept: bool, reason: str = "") -> Presentation:
    """The association confirms that the certificate is this person's. The decision names the recognition's version."""
    found = (
        Presentation.objects.select_for_update(of=("self",))
        .select_related("recognition__association", "user")
        .get(pk=presentation_id)
    )
    association = found.recognition.association
    if not permissions.can_award(actor, association) or actor.pk == found.user_id:
        raise Forbidden("credentials.not_yours_to_award")
    if not accept and not reason.strip():
        raise Invalid("credentials.reason_needed", field="reason")
    found.move_to(State.ACCEPTED if accept else State.REFUSED)
    if accept and not found.recognition.holds_on(clock.today()):
        raise Conflict("credentials.recognition_ended")
    found.decided_at, found.decided_by, found.reason = clock.now(), actor, reason.strip()[:300]
    found.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    data = {
        "holder": found.user.slug,
        "recognition": found.recognition.slug,
        "version": found.recognition.version,
        "reason": found.reason,
    }
    verb = "credentials.presentation.accepted" if accept else "credentials.presentation.refused"
    journal.record(verb, actor=actor, subject=found, data=data, organisations=[association.pk])
    return found
