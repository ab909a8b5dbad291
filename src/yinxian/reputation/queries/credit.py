"""What others may know of a manager: four facts, each with its count and how sure it is; never one number of all.

* closed: introductions that both sides acknowledged and that came to an end, and how many led to a signed contract. One
  that is still being worked on is not counted; without a deal it counts as not closed after a year.
* answer: hours from somebody else handing a need to the manager to the manager's first brief, and from a share of an
  introduction being proposed to the manager's answer.
* disputes: disputes settled in the deals that the manager runs, and how many gave money back to the buyer.
* evidence: pieces of evidence that the manager gave, and how many somebody else took back.

Every one is an entry of the journal. A fact whose contest was upheld is counted no more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yinxian.deals.models import Deal, Dispute, Introduction, Milestone
from yinxian.journal.models import Entry
from yinxian.kernel import clock
from yinxian.market.models import Need
from yinxian.network.members import is_in_network, organisation_ids
from yinxian.network.models import ManagerProfile, User
from yinxian.network.permissions import can_admit

from ..models import Appeal, CreditChoice, Measure
from ..statistics import Median, Share, median, wilson

PATIENCE = dt.timedelta(days=365)
BACK = (Dispute.Outcome.REFUND, Dispute.Outcome.DIVIDE)
HOUR = dt.timedelta(hours=1)
DAY = 24
Audience = CreditChoice.Audience


def span(hours: int | None) -> str:
    """``5`` -> 5 hours, ``36`` -> 1.5 days: from a day on in tenths of one, half up."""
    if hours is None:
        return "—"
    if hours < DAY:
        return ngettext("%(n)s 小时", "%(n)s 小时", hours) % {"n": hours}
    tenths = (hours * 20 + DAY) // (2 * DAY)
    return _("%(n)s 天") % {"n": f"{tenths // 10}.{tenths % 10}"}


@dataclass(frozen=True)
class Counted:
    """A fact: ``hit`` whether it is one of the k of n (None where it has a figure instead: hours)."""

    entry_id: int
    uid: str
    at: dt.datetime
    title: str
    path: str
    hit: bool = False
    hours: int | None = None
    appeal: Appeal | None = None

    @property
    def took(self) -> str:
        """The hours in words."""
        return span(self.hours)

    @property
    def out(self) -> bool:
        """Counted no more: its contest was upheld."""
        return self.appeal is not None and self.appeal.state == Appeal.State.UPHELD

    @property
    def contested(self) -> bool:
        return self.appeal is not None and self.appeal.state == Appeal.State.ASKED


@dataclass(frozen=True)
class Credit:
    """One measure of one person; ``running`` are introductions that have no end yet."""

    measure: Measure
    facts: list[Counted]
    running: int = 0
    share: Share | None = None
    median: Median | None = None
    contested: int = 0

    @property
    def n(self) -> int:
        return sum(not one.out for one in self.facts)


def credit_of(user: User) -> list[Credit]:
    """The four measures; the number of queries does not depend on how much there is."""
    appeals = {
        (one.measure, one.entry_id): one
        for one in Appeal.objects.filter(user=user, point=None).select_related("decided_by")
    }
    made = []
    for measure, read in READ.items():
        facts, running = read(user)
        facts = [_with(one, appeals.get((measure.value, one.entry_id))) for one in facts]
        counted = [one for one in facts if not one.out]
        contested = sum(one.contested for one in facts)
        if measure == Measure.ANSWER:
            middle = median([one.hours or 0 for one in counted])
            made.append(Credit(measure, facts, running, None, middle, contested))
        else:
            share = wilson(sum(one.hit for one in counted), len(counted))
            made.append(Credit(measure, facts, running, share, None, contested))
    return made


def _with(one: Counted, appeal: Appeal | None) -> Counted:
    return Counted(**{**one.__dict__, "appeal": appeal})


def facts_counted(user: User, measure: str) -> set[int]:
    """Ids of the entries that count in a measure: what can be contested."""
    facts, _running = READ[Measure(measure)](user)
    return {one.entry_id for one in facts}


def _entries(model: type[Any], ids: Iterable[int], *names: str) -> list[Entry]:
    found = Entry.objects.filter(subject_type=model._meta.label_lower, subject_id__in=list(ids), name__in=names)
    return list(found.order_by("pk"))


def _counted(entry: Entry, title: str, path: str, **more: Any) -> Counted:
    return Counted(entry.pk, str(entry.uid), entry.at, title, path, **more)


def _closed(user: User) -> tuple[list[Counted], int]:
    known = Introduction.objects.filter(manager=user, state=Introduction.State.ACKNOWLEDGED)
    introductions = {one.pk: one for one in known.prefetch_related("deals")}
    facts, running = [], 0
    for entry in _entries(Introduction, introductions, "deals.introduction.acknowledged"):
        one = introductions[entry.subject_id]
        deals = list(one.deals.all())
        signed = any(deal.signed_on for deal in deals)
        over = all(deal.state == Deal.State.TERMINATED for deal in deals) if deals else _long_ago(entry.at)
        if not signed and not over:
            running += 1
            continue
        facts.append(_counted(entry, one.subject, reverse("deals:introduction", args=[one.slug]), hit=signed))
    return facts, running


def _long_ago(moment: dt.datetime) -> bool:
    return moment + PATIENCE < clock.now()


def _answers(user: User) -> tuple[list[Counted], int]:
    needs = {need.pk: need for need in Need.objects.filter(manager=user)}
    mine = Introduction.objects.filter(shares__user=user).exclude(manager=user)
    introductions = {one.pk: one for one in mine}
    names = [f"market.need.{verb}" for verb in ("created", "assigned", "brief_written")]
    briefs = _waits(_entries(Need, needs, *names), user, ("market.need.brief_written",))
    names = ["deals.introduction.proposed", "deals.share.accepted", "deals.share.declined"]
    shares = _waits(_entries(Introduction, introductions, *names), user, tuple(names[1:]))
    facts = [
        _counted(entry, needs[entry.subject_id].title, _need_page(needs[entry.subject_id]), hours=hours)
        for entry, hours in briefs
    ]
    for entry, hours in shares:
        one = introductions[entry.subject_id]
        facts.append(_counted(entry, one.subject, reverse("deals:introduction", args=[one.slug]), hours=hours))
    return sorted(facts, key=lambda one: one.entry_id), 0


def _need_page(need: Need) -> str:
    return reverse("market:need", args=[need.slug])


def _waits(entries: Iterable[Entry], user: User, answers: tuple[str, ...]) -> list[tuple[Entry, int]]:
    """The person's first answer to what somebody else asked last, and the hours between; of each subject one."""
    asked: dict[int, dt.datetime] = {}
    found, answered = [], set()
    for entry in entries:
        pk = entry.subject_id
        if pk in answered:
            continue
        if entry.name not in answers:
            if entry.actor_id == user.pk:
                asked.pop(pk, None)  # taken on of one's own accord: nobody was waiting
            else:
                asked[pk] = entry.at
        elif entry.actor_id == user.pk and pk in asked:
            answered.add(pk)
            found.append((entry, (entry.at - asked[pk]) // HOUR))
    return found


def _disputes(user: User) -> tuple[list[Counted], int]:
    stones = {one.pk: one for one in Milestone.objects.filter(deal__manager=user).select_related("deal")}
    return [
        _counted(
            entry,
            f"{stones[entry.subject_id].deal.title} · {stones[entry.subject_id].title}",
            reverse("deals:milestone", args=[stones[entry.subject_id].slug]),
            hit=entry.data.get("outcome") in BACK,
        )
        for entry in _entries(Milestone, stones, "deals.dispute.settled")
    ], 0


def _evidence(user: User) -> tuple[list[Counted], int]:
    given = list(Entry.objects.filter(name="market.need.evidence_added", actor=user).order_by("pk"))
    needs = Need.objects.in_bulk([entry.subject_id for entry in given])
    back = {
        str(entry.data.get("evidence"))
        for entry in _entries(Need, needs, "market.need.evidence_withdrawn")
        if entry.actor_id != user.pk
    }
    return [
        _counted(
            entry,
            needs[entry.subject_id].title,
            _need_page(needs[entry.subject_id]),
            hit=str(entry.data.get("evidence")) in back,
        )
        for entry in given
        if entry.subject_id in needs
    ], 0


READ: dict[Measure, Callable[[User], tuple[list[Counted], int]]] = {
    Measure.CLOSED: _closed,
    Measure.ANSWER: _answers,
    Measure.DISPUTES: _disputes,
    Measure.EVIDENCE: _evidence,
}


def audience_of(user: User) -> str:
    """How far the person lets the counts be seen; the network, where they have not chosen."""
    choice = CreditChoice.objects.filter(user=user).first()
    return choice.audience if choice else Audience.NETWORK


def reads_facts(reader: Any, profile: ManagerProfile) -> bool:
    """The facts behind the counts: the person, and who decides contests."""
    return getattr(reader, "pk", None) == profile.user_id or can_admit(reader, profile.association)


def may_read(reader: Any, profile: ManagerProfile) -> bool:
    """The counts: those whom the person's choice lets, and always whom an introduction brought together with them."""
    audience = audience_of(profile.user)
    if audience == Audience.PUBLIC or reads_facts(reader, profile):
        return True
    if not getattr(reader, "is_authenticated", False):
        return False
    if audience == Audience.NETWORK and is_in_network(reader):
        return True
    mine = organisation_ids(reader)
    sides = Q(buyer__in=mine) | Q(supplier__in=mine)
    known = Introduction.objects.filter(sides, manager=profile.user, state=Introduction.State.ACKNOWLEDGED)
    return bool(mine) and known.exists()


@dataclass(frozen=True)
class Bar:
    """An interval as a picture: places in thousandths of the rail; ``marks`` are its ends and its middle."""

    low: int
    width: int
    middle: int
    marks: list[str] = field(default_factory=list)


MOST_HOURS = 240


def bar_of(credit: Credit) -> Bar | None:
    """None where there is nothing to draw."""
    if credit.share is not None and credit.share.bp is not None:
        low, high = credit.share.low_bp or 0, credit.share.high_bp or 0
        return Bar(low // 10, max(4, (high - low) // 10), credit.share.bp // 10, ["0%", "50%", "100%"])
    middle = credit.median
    if middle is None or middle.middle is None:
        return None
    top = max(MOST_HOURS, middle.high or middle.middle)
    low, high = middle.low if middle.low is not None else middle.middle, middle.high or middle.middle
    ends = [span(0), span(top // 2), span(top)]
    return Bar(low * 1000 // top, max(4, (high - low) * 1000 // top), middle.middle * 1000 // top, ends)
