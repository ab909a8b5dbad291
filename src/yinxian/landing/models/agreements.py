"""The share agreement between the referring and the receiving side, and the receipt of the choice."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock

from .landings import Confirmation, Landing
from .offers import Offer


class Agreement(models.Model):
    """What the manager at home and the one who receives agree before an offer is chosen.

    ``fee_fen`` is what the receiving region pays for the referral once both regions have confirmed; 0 for nothing.
    The same shares divide it and the points.
    """

    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="agreement")
    fee_fen = models.BigIntegerField(_("引荐费"), default=0)
    version = models.PositiveIntegerField(default=1)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    agreed_at = models.DateTimeField(null=True)


class LandingShare(models.Model):
    """A part in basis points for one holder of one side; accepted as the shares of an introduction are."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="shares")
    position = models.PositiveSmallIntegerField()
    side = models.CharField(_("哪一方"), max_length=10, choices=Confirmation.Side.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="landing_shares"
    )
    organisation = models.ForeignKey(
        "network.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="landing_shares"
    )
    work = models.CharField(_("承担的工作"), max_length=120, blank=True)
    bp = models.PositiveIntegerField(_("比例"))
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta:
        ordering = ["agreement", "position"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user=None, organisation__isnull=False)
                | models.Q(user__isnull=False, organisation=None),
                name="landing_share_of_one",
            ),
            models.CheckConstraint(condition=models.Q(bp__gt=0, bp__lte=10_000), name="landing_share_in_range"),
            models.UniqueConstraint(fields=["agreement", "user"], name="landing_share_once_a_person"),
            models.UniqueConstraint(fields=["agreement", "organisation"], name="landing_share_once_an_organisation"),
        ]

    def __str__(self) -> str:
        return self.holder

    @property
    def holder(self) -> str:
        """Who gets this part, in the reader's language."""
        who = self.organisation or self.user
        return who.shown_name if who else ""

    @property
    def holder_slug(self) -> str:
        holder = self.organisation or self.user
        return holder.slug if holder else ""


class Receipt(models.Model):
    """The signed statement of the choice and its shares, exactly as it was issued."""

    landing = models.OneToOneField(Landing, on_delete=models.PROTECT, related_name="receipt")
    entry = models.OneToOneField("journal.Entry", on_delete=models.PROTECT, related_name="+")
    document = models.JSONField()
    at = models.DateTimeField()
