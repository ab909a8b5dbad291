"""A thing to do, and for whom it is asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.functional import Promise

from yinxian.kernel import clock
from yinxian.kernel.templatetags.yx import ago
from yinxian.network.models import ManagerProfile, Membership, Organisation, User

SOON = 30  # days ahead that a workbench looks
Text = str | Promise
Role = Membership.Role
WORKS = (Role.ADMIN, Role.MEMBER)
PAYS = (Role.ADMIN, Role.FINANCE)
REVIEWS = (Role.ADMIN, Role.REVIEWER)


@dataclass(frozen=True)
class Todo:
    """``on`` is the day by which; ``kind`` says of what in one word. Made for ``_knots.html``.

    ``review`` is what an association's reviewer decides: the button "review" of the workbench opens the first.
    """

    on: dt.date
    kind: Text
    title: Text
    text: str = ""
    url: str = ""
    today: dt.date | None = None
    review: bool = False

    @property
    def when(self) -> str:
        late = self.today is not None and self.on < self.today
        return f"{ago(self.today if late else self.on)}　·　{self.kind}"

    @property
    def plain(self) -> bool:
        """Only what is due by today has a filled knot."""
        return self.today is not None and self.on > self.today


@dataclass(frozen=True)
class Person:
    """Who asks: a person, and the organisation they act for now (None: for themselves)."""

    user: User
    organisation: Organisation | None
    today: dt.date

    @cached_property
    def role(self) -> str:
        if self.organisation is None:
            return ""
        found = Membership.objects.filter(user=self.user, organisation_id=self.organisation.pk, ended_at=None)
        return str(found.values_list("role", flat=True).first() or "")

    @cached_property
    def is_manager(self) -> bool:
        return ManagerProfile.objects.filter(user=self.user).exists()

    @property
    def kind(self) -> str:
        """What kind of party they stand for; a plain member of an association stands for nobody but themselves."""
        if self.organisation is None:
            return ""
        reviews = self.organisation.kind != Organisation.Kind.ASSOCIATION or self.role in REVIEWS
        return str(self.organisation.kind) if reviews else ""

    def place(self, *roles: Any) -> int:
        """The organisation's id when the person has one of the roles in it; 0, which nothing has, otherwise."""
        return self.organisation.pk if self.organisation and (not roles or self.role in roles) else 0

    @property
    def soon(self) -> dt.date:
        return self.today + dt.timedelta(days=SOON)


def local_day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(clock.SHANGHAI).date()
