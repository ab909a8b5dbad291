"""REST endpoints of policies: search, one, compute; an association's own rules and editions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from yinxian.kernel import clock
from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import or_404

from . import queries
from .book import Policy
from .calc import Outcome, bases_of, compute
from .operations import add_policy, revise
from .permissions import edits_for

router = Router()


class PolicyOut(Schema):
    policy: str
    subject: str
    name: str
    region: str
    who: list[str]
    valid_from: dt.date | None
    valid_to: dt.date | None
    source: str
    article: str
    mark: str
    check_force: bool
    old: bool
    text: str
    calc: dict[str, Any]
    bases: list[str]
    version: int
    edited: bool
    own: bool


class OwnPolicy(Schema):
    """A rule of the association's own. ``calc``: kind (none, reward, percent, tiers, bands, fixed) and its figures, in
    basis points and fen, by the names that a policy's ``calc`` has; ``binds`` (all, state, may) for a reward."""

    subject: str
    name: str
    source: str
    text: str
    who: list[str] = []
    region: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    mark: str = "M"
    article: str = ""
    name_en: str = ""
    source_en: str = ""
    article_en: str = ""
    text_en: str = ""
    calc: dict[str, Any] = {}
    note: str = ""


class Revision(Schema):
    """What changes of a rule; what is left out stays. ``based_on``: the version that was read."""

    based_on: int
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    mark: str | None = None
    source: str | None = None
    source_en: str | None = None
    text: str | None = None
    text_en: str | None = None
    calc: dict[str, Any] = {}
    note: str = ""
    corrects: bool = False


class StepOut(Schema):
    text: str
    fen: int | None


class OutcomeOut(Schema):
    policy: str
    article: str
    fen: int
    low_fen: int | None
    at_most: bool
    mark: str
    steps: list[StepOut]


class Given(Schema):
    """``given`` are amounts in fen by the names of their bases."""

    given: dict[str, int]
    region: str = ""
    who: str = ""
    on: dt.date | None = None


def _out(policy: Policy) -> PolicyOut:
    return PolicyOut(
        policy=policy.key,
        subject=policy.subject,
        name=policy.shown_name,
        region=policy.region,
        who=list(policy.who),
        valid_from=policy.valid_from,
        valid_to=policy.valid_to,
        source=policy.shown_source,
        article=policy.shown_article,
        mark=policy.mark,
        check_force=policy.check,
        old=policy.old,
        text=policy.shown_text,
        calc=policy.calc,
        bases=bases_of(policy),
        version=policy.version,
        edited=policy.association is not None and not policy.own,
        own=policy.own,
    )


def _outcome(outcome: Outcome) -> OutcomeOut:
    return OutcomeOut(
        policy=outcome.policy.key,
        article=outcome.policy.shown_article,
        fen=outcome.fen,
        low_fen=outcome.low_fen,
        at_most=outcome.most,
        mark=outcome.policy.mark,
        steps=[StepOut(text=step.text, fen=step.fen) for step in outcome.steps],
    )


@router.get("/", response=list[PolicyOut], url_name="policies")
def policies(
    request: HttpRequest, q: str = "", who: str = "", region: str = "", subject: str = "", on: dt.date | None = None
) -> list[PolicyOut]:
    """Policies by words, person, place (GB/T 2260) and day, as the reader's association keeps them."""
    book = queries.book_of(queries.association_of(request.user), on).values()
    return [_out(one) for one in queries.search(book, q=q[:200], who=who, region=region, subject=subject, on=on)]


@router.post("/compute", response=list[OutcomeOut], url_name="policies_compute")
def compute_all(request: HttpRequest, body: Given) -> list[OutcomeOut]:
    """Everything in force at a place on a day that can be computed from the given amounts."""
    on = body.on or clock.today()
    book = queries.book_of(queries.association_of(request.user), on).values()
    return [_outcome(one) for one in queries.outcomes(book, given=body.given, region=body.region, on=on, who=body.who)]


@router.post("/", response=PolicyOut, url_name="policy_add")
def add(request: HttpRequest, given: OwnPolicy) -> PolicyOut:
    """Add a rule of one's own association, by its administrator; the same again is the same rule."""
    words = given.dict(exclude={"calc", "note"})
    actor: Any = request.user
    return _out(add_policy(actor=actor, words=words, calc=given.calc, note=given.note).policy)


@router.post("/{policy}/editions", response=PolicyOut, url_name="policy_revise")
def revise_one(request: HttpRequest, policy: str, given: Revision) -> PolicyOut:
    """A new version of a rule for one's association, by its administrator; 409 when another came between."""
    home = edits_for(request.user)
    if home is None:
        raise Forbidden("policies.not_an_administrator")
    or_404(queries.book_of(home.pk).get(policy))
    changes = given.dict(exclude={"calc", "note", "corrects", "based_on"}, exclude_unset=True)
    actor: Any = request.user
    more: dict[str, Any] = {"based_on": given.based_on, "note": given.note, "corrects": given.corrects}
    return _out(revise(key=policy, actor=actor, changes=changes, calc=given.calc, **more).policy)


@router.get("/{policy}", response=PolicyOut, url_name="policy")
def policy(request: HttpRequest, policy: str) -> PolicyOut:
    return _out(or_404(queries.find(request.user, policy)))


@router.post("/{policy}/compute", response=OutcomeOut, url_name="policy_compute")
def compute_one(request: HttpRequest, policy: str, body: Given) -> OutcomeOut:
    """One policy on amounts in fen, with every step; 404 where it computes nothing from them. Nothing is booked."""
    return _outcome(or_404(compute(or_404(queries.find(request.user, policy)), body.given)))
