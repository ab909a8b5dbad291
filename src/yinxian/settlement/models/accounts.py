"""Accounts, and what is frozen on them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged

from .. import labels


class Account(Slugged):
    """A place where recorded money lies; a positive balance is money that it has.

    ``posted`` (fen), ``came`` (all that ever arrived), ``entries_count`` and ``last_at`` are kept by the database as
    entries arrive; nothing else may change them. ``min_balance`` None means that the account may go below any figure
    (the world's bank); on an escrow account it is what is frozen there, so that the database itself refuses to let
    it go. Codes: ``bank:external``, ``escrow:<reference>``, ``party:<slug of an organisation or a person>``; accounts
    in another currency than yuan end in ``@`` and its code.
    """

    PREFIX = "A"

    code = models.CharField(max_length=80, unique=True)
    name = models.CharField(_("名称"), max_length=160)
    owner_organisation = models.ForeignKey(
        "network.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    currency = models.CharField(_("币种"), max_length=3, default="CNY")
    min_balance = models.BigIntegerField(null=True, blank=True, default=0)
    posted = models.BigIntegerField(default=0, editable=False)
    came = models.BigIntegerField(default=0, editable=False)
    entries_count = models.BigIntegerField(default=0, editable=False)
    last_at = models.DateTimeField(null=True, editable=False)
    opened_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(min_balance=None) | models.Q(posted__gte=models.F("min_balance")),
                name="settlement_not_below_minimum",
            ),
            models.CheckConstraint(
                condition=models.Q(owner_organisation=None) | models.Q(owner_user=None), name="settlement_one_owner"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        return labels.shown_name(self.name)

    @property
    def is_escrow(self) -> bool:
        return self.code.startswith("escrow:")


class Freeze(models.Model):
    """An amount on an escrow account that nobody may release or refund until the freeze is lifted."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="freezes")
    key = models.CharField(max_length=120, unique=True)
    amount_fen = models.BigIntegerField()
    reason = models.CharField(max_length=2000, blank=True)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(default=clock.now)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="settlement_freeze_positive")]

    def __str__(self) -> str:
        return self.key
