"""Members of an association, and the fees recorded of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.kernel.states import Stateful

from .associations import Branch, MemberRules


class Member(Slugged, Stateful):
    """A person's or an organisation's membership (会籍) of an association, from the application to the end.

    Who came from a list that the association kept before may have no account: then ``name`` and ``phone`` are all there
    is, until the person claims it by signing in with that number. ``valid_from`` and ``valid_until`` are days, both
    inclusive. Whoever applies again after the end gets a new row.
    """

    PREFIX = "MB"
    CODE = "alliances.member_state"

    class Kind(models.TextChoices):
        PERSON = "person", pgettext_lazy("member", "个人")
        ORGANISATION = "organisation", pgettext_lazy("member", "单位")

    class State(models.TextChoices):
        APPLIED = "applied", pgettext_lazy("member", "待审核")
        ACTIVE = "active", pgettext_lazy("member", "在册")
        LAPSED = "lapsed", pgettext_lazy("member", "已过期")
        REFUSED = "refused", pgettext_lazy("member", "未通过")
        WITHDRAWN = "withdrawn", pgettext_lazy("member", "已撤回")
        LEFT = "left", pgettext_lazy("member", "已退会")

    NEXT: ClassVar[Mapping[str, Sequence[str]]] = {
        State.APPLIED: (State.ACTIVE, State.REFUSED, State.WITHDRAWN),
        State.ACTIVE: (State.LAPSED, State.LEFT),
        State.LAPSED: (State.ACTIVE, State.LEFT),
    }
    OPEN = (State.APPLIED, State.ACTIVE, State.LAPSED)

    association = models.ForeignKey(
        "network.Organisation", on_delete=models.PROTECT, related_name="association_members"
    )
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True, blank=True, related_name="members")
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="association_members"
    )
    organisation = models.ForeignKey(
        "network.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="member_of"
    )
    name = models.CharField(_("名称"), max_length=120)
    phone = models.CharField(_("手机号"), max_length=20, blank=True)
    state = models.CharField(_("状态"), max_length=9, choices=State.choices, default=State.APPLIED)
    number = models.CharField(_("会员号"), max_length=30, blank=True)
    rules = models.ForeignKey(MemberRules, on_delete=models.PROTECT, null=True, related_name="+")
    answers = models.JSONField(default=dict)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(_("理由"), blank=True)
    valid_from = models.DateField(_("会籍起"), null=True, blank=True)
    valid_until = models.DateField(_("会籍止"), null=True, blank=True)
    reminded_for = models.DateField(null=True, editable=False)
    reminded_days = models.PositiveSmallIntegerField(null=True, editable=False)
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["association", "name", "pk"]
        indexes = [
            models.Index(fields=["association", "state", "valid_until"]),
            models.Index(fields=["association", "name"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["association", "user"],
                condition=Q(state__in=["applied", "active", "lapsed"]),
                name="alliances_one_membership_a_person",
            ),
            models.UniqueConstraint(
                fields=["association", "organisation"],
                condition=Q(state__in=["applied", "active", "lapsed"]),
                name="alliances_one_membership_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["association", "number"], condition=~Q(number=""), name="alliances_member_number_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from=None) | Q(valid_until__gte=F("valid_from")),
                name="alliances_member_until_after_from",
            ),
            models.CheckConstraint(
                condition=Q(user=None) | Q(organisation=None), name="alliances_member_person_or_organisation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown_name} · {self.association}"

    @property
    def shown_name(self) -> str:
        """The name in the reader's language, as the person or organisation has it now."""
        found = self.user if self.user_id else self.organisation
        return found.shown_name if found is not None else self.name

    def days_left(self, today: dt.date) -> int | None:
        return None if self.valid_until is None else (self.valid_until - today).days


class Fee(Slugged):
    """A fee that an association received, by its receipt. Nothing is booked: the money is the association's own."""

    PREFIX = "FE"

    association = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="member_fees")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="fees")
    amount_fen = models.BigIntegerField(_("金额"))
    receipt = models.CharField(_("收据号"), max_length=40)
    paid_on = models.DateField(_("收款日期"))
    period_from = models.DateField(_("会籍起"))
    period_until = models.DateField(_("会籍止"))
    note = models.CharField(_("备注"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-period_until", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["association", "receipt"], name="alliances_receipt_once"),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="alliances_fee_not_below_0"),
            models.CheckConstraint(
                condition=Q(period_until__gte=F("period_from")), name="alliances_fee_until_after_from"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt} {self.member_id}"
