"""An association's rule book: edit its edition of a policy, add a rule of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import translation

from yinxian import journal
from yinxian.kernel import text
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.ids import new_slug
from yinxian.kernel.regions import REGIONS
from yinxian.network.models import Organisation, User

from . import figures
from .book import MARKS, PEOPLE, SUBJECTS, Policy, shipped
from .models import Edition
from .permissions import edits_for
from .queries import book_of

NAMES = {"name": 120, "name_en": 120, "article": 120, "article_en": 120, "place": 40, "place_en": 40}
TEXTS = {"source": 300, "source_en": 300, "text": 2000, "text_en": 2000}


@transaction.atomic
def revise(
    *,
    key: str,
    actor: User,
    changes: Mapping[str, Any],
    calc: Mapping[str, Any],
    based_on: int,
    note: str = "",
    corrects: bool = False,
) -> Edition:
    """A new version of a policy for the actor's association; what was computed by an older one stays as it was.

    ``changes`` may hold valid_from, valid_to, mark and texts; ``calc`` figures that the policy has already. What was
    signed on a day before ``valid_from`` still goes by the version before, unless this one ``corrects`` it. Conflict
    when someone has made a version since ``based_on``; Invalid for a figure, a day or a source that cannot be.
    """
    association = _locked_home(actor)
    policy = book_of(association.pk)[key]
    if policy.version != based_on:
        raise Conflict("policies.changed", version=policy.version)
    made = replace(policy, **_texts(changes), calc=figures.changed(policy, calc))
    _check_days(made.valid_from, made.valid_to)
    if not made.source:
        raise Invalid("policies.source", field="source")
    if made == policy:
        raise Invalid("policies.same")
    return _record("policies.policy.revised", association, made, policy.version + 1, actor, note, corrects)


@transaction.atomic
def add_policy(*, actor: User, words: Mapping[str, Any], calc: Mapping[str, Any], note: str = "") -> Edition:
    """A rule of the association's own, version 1 of it: a local floor of the reward, a subsidy, a commission.

    ``words``: subject, who, name, article, source, text (each also ``…_en``), mark, region, place, valid_from and
    valid_to; ``calc``: what it computes, see figures. The same again is the same rule. Invalid for what cannot be.
    """
    association = _locked_home(actor)
    key = f"own-{new_slug(Edition.PREFIX).lower()}"
    made = Policy(key=key, **_own_words(words), calc=figures.composed(calc))
    _check_days(made.valid_from, made.valid_to)
    for field in ("name", "source", "text"):
        if not getattr(made, field):
            raise Invalid("policies.source" if field == "source" else "policies.missing", field=field)
    kept = {name: value for name, value in made.to_json().items() if name != "key"}
    for edition in Edition.objects.filter(association=association, version=1).exclude(key__in=shipped()):
        if {name: value for name, value in edition.content.items() if name != "key"} == kept:
            return edition
    return _record("policies.policy.added", association, made, 1, actor, note)


def _locked_home(actor: User) -> Organisation:
    home = edits_for(actor)
    if home is None:
        raise Forbidden("policies.not_an_administrator")
    return Organisation.objects.select_for_update(of=("self",)).get(pk=home.pk)


def _record(
    event: str, association: Organisation, made: Policy, version: int, actor: User, note: str, corrects: bool = False
) -> Edition:
    edition = Edition.objects.create(
        association=association,
        key=made.key,
        version=version,
        content=made.to_json(),
        corrects=corrects,
        note=text.clean(note).strip()[:200],
        created_by=actor,
    )
    journal.record(
        event,
        actor=actor,
        subject=edition,
        data={"key": made.key, "version": version},
        organisations=[association.pk],
    )
    return edition


def _own_words(given: Mapping[str, Any]) -> dict[str, Any]:
    """What an added rule says of itself; its article is its name where none is given."""
    read = _texts(given) | {name: _line(given, name, longest) for name, longest in NAMES.items()}
    subject, who, region = given.get("subject", ""), tuple(given.get("who", ())), str(given.get("region") or "")
    if subject not in SUBJECTS or not set(who) <= set(PEOPLE) or (region and region not in REGIONS):
        raise Invalid("policies.kind", field="subject")
    article = read["article"] or read["name"]
    for language, name in (("zh-hans", "place"), ("en", "place_en")):
        with translation.override(language):
            read[name] = read[name] or str(REGIONS.get(region, ""))
    first: dict[str, Any] = {"mark": "M", **dict.fromkeys(TEXTS, "")}
    return {**first, **read, "article": article, "subject": subject, "who": who, "region": region}


def _line(given: Mapping[str, Any], name: str, longest: int) -> str:
    return text.clean(str(given.get(name) or "")).strip()[:longest]


def _texts(changes: Mapping[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {name: changes[name] for name in ("valid_from", "valid_to") if name in changes}
    for name, longest in TEXTS.items():
        if name in changes:
            read[name] = text.clean(str(changes[name])).strip()[:longest]
    if "mark" in changes:
        read["mark"] = changes["mark"] if changes["mark"] in MARKS else "M"
    return read


def _check_days(since: dt.date | None, until: dt.date | None) -> None:
    if since and until and until < since:
        raise Invalid("policies.days", field="valid_to")
