"""Which levels of others an association takes for its own, and who came in that way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.kernel.states import Stateful

from .levels import Level


class Recognition(Slugged):
    """One version of "their level equals ours". A change is a new version; a decision names the version it went by.

    Not transitive: only what this association has signed itself counts. ``document`` is the signed endorsement.
    """

    PREFIX = "E"

    association = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="recognitions")
    issuer_did = models.CharField(_("对方的 DID"), max_length=200, db_index=True)
    issuer_name = models.CharField(_("对方协会"), max_length=120)
    their_level = models.CharField(_("对方级别的地址"), max_length=300)
    their_level_name = models.CharField(_("对方级别"), max_length=120)
    equals = models.ForeignKey(
        Level, on_delete=models.PROTECT, related_name="recognised", verbose_name=_("相当于我们的")
    )
    conditions = models.TextField(_("条件"), blank=True)
    valid_from = models.DateField(_("自"))
    valid_until = models.DateField(_("至"))
    version = models.PositiveIntegerField()
    document = models.JSONField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta:
        ordering = ["association", "issuer_name", "their_level_name", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["association", "issuer_did", "their_level", "version"], name="credentials_recognition_once"
            ),
            models.UniqueConstraint(
                fields=["association", "issuer_did", "their_level"],
                condition=models.Q(ended_at=None),
                name="credentials_one_recognition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issuer_name} {self.their_level_name} = {self.equals}"

    def holds_on(self, day: dt.date) -> bool:
        return self.ended_at is None and self.valid_from <= day <= self.valid_until


class Presentation(Slugged, Stateful):
    """A foreign credential that a person presents to have it counted; the decision keeps the recognition it went by,
    and stands when that recognition ends."""

    PREFIX = "F"
    CODE = "credentials.presentation_state"

    class State(models.TextChoices):
        PRESENTED = "presented", _("待确认")
        ACCEPTED = "accepted", _("已认可")
        REFUSED = "refused", _("未认可")

    NEXT: ClassVar[Mapping[str, Sequence[str]]] = {State.PRESENTED: (State.ACCEPTED, State.REFUSED)}

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="presentations")
    recognition = models.ForeignKey(Recognition, on_delete=models.PROTECT, related_name="presentations")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PRESENTED)
    credential_id = models.CharField(max_length=300)
    holder_name = models.CharField(max_length=120)
    document = models.JSONField()
    answers = models.JSONField()
    valid_until = models.DateTimeField(null=True)
    presented_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta:
        ordering = ["-presented_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "credential_id"],
                condition=~models.Q(state="refused"),
                name="credentials_presented_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.credential_id}"
