"""Exams as candidates see them: windows to register for, the own sitting, the own result. Keys are not read here
before the results are released."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from yinxian.kernel import clock

from .. import permissions
from ..models import Appeal, PaperItem, Result, Score, Sitting, Window
from ..rules.scoring import final

State = Sitting.State


def sittings_of(user: Any) -> QuerySet[Sitting]:
    """One's own, the newest first."""
    return Sitting.objects.filter(user=user).select_related("window__exam__association", "window__blueprint")


def windows_to_register(user: Any) -> list[Window]:
    """Open windows that the person may register for and has not."""
    found = (
        Window.objects.filter(state=Window.State.OPEN, closes_at__gt=clock.now())
        .exclude(sittings__in=Sitting.objects.filter(user=user).exclude(state=State.WITHDRAWN))
        .exclude(for_whom=Window.ForWhom.LISTED)
        .select_related("exam__association", "blueprint")
        .annotate(taken=Count("sittings", filter=~Q(sittings__state=State.WITHDRAWN)))
        .order_by("opens_at", "pk")
    )
    return [
        window
        for window in found[:50]
        if permissions.may_register(user, window) and not permissions.knows_the_keys(user, window.exam.association)
    ]


def own_sitting(user: Any, slug: str) -> Sitting | None:
    """The person's own; anybody else's does not exist for them."""
    if not getattr(user, "is_authenticated", False):
        return None
    return sittings_of(user).select_related("user", "window__exam__level__association").filter(slug=slug).first()


def paper_of(sitting: Sitting) -> QuerySet[PaperItem]:
    """The items in their order, with the answers so far."""
    return sitting.items.select_related("version__question", "answer").order_by("number")


def content_of(item: PaperItem) -> dict[str, Any]:
    return dict(item.answer.content) if hasattr(item, "answer") else {}


def options_of(item: PaperItem) -> list[tuple[str, str, str]]:
    """What is offered, in the paper's order: letter, id, text."""
    texts = item.version.option_texts()
    return [("ABCDEFGHIJ"[place], name, texts.get(name, "")) for place, name in enumerate(item.order)]


@dataclass(frozen=True)
class Marked:
    """An item after the release: what it has, by which scores; key and explanation only where the window shows them."""

    item: PaperItem
    hundredths: int
    scores: list[Score]
    appeal: Appeal | None
    answer: Mapping[str, Any] = field(default_factory=dict)

    @property
    def full(self) -> bool:
        return self.hundredths == self.item.points * 100


@dataclass(frozen=True)
class Outcome:
    sitting: Sitting
    result: Result
    history: list[Result]
    items: list[Marked]
    shows_keys: bool
    appeal_until: dt.datetime

    @property
    def may_appeal(self) -> bool:
        return clock.now() <= self.appeal_until


def outcome_of(sitting: Sitting) -> Outcome | None:
    """The result with its paper; None until it is released."""
    released = sitting.window.released_at
    if sitting.state != State.RELEASED or released is None:
        return None
    history = list(sitting.results.order_by("-number"))
    rows = paper_of(sitting).select_related("appeal").prefetch_related("scores")
    items = [
        Marked(
            item,
            final({score.by: score.hundredths for score in item.scores.all()}) or 0,
            list(item.scores.all()),
            getattr(item, "appeal", None),
            content_of(item),
        )
        for item in rows
    ]
    until = released + dt.timedelta(days=sitting.window.blueprint.appeal_days)
    return Outcome(sitting, history[0], history, items, sitting.window.shows_paper, until)
