"""Appeals: against a point given or not given, or against a fact that is counted as credit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.kernel.states import Stateful

from .credit import Measure
from .points import Point


class Appeal(Slugged, Stateful):
    """Asked once, with a reason; decided once by another person of the association, with a reason.

    Of points (``point``) an appeal that is upheld adds a correction of ``change`` points; of credit (``measure`` and
    the fact's ``entry``) the fact is counted no more.
    """

    PREFIX = "A"
    CODE = "reputation.appeal_state"

    class State(models.TextChoices):
        ASKED = "asked", _("等协会决定")
        UPHELD = "upheld", _("成立")
        REFUSED = "refused", _("不成立")

    NEXT: ClassVar[Mapping[str, Sequence[str]]] = {State.ASKED: (State.UPHELD, State.REFUSED)}

    association = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="point_appeals")
    point = models.OneToOneField(Point, on_delete=models.PROTECT, null=True, blank=True, related_name="appeal")
    measure = models.CharField(max_length=10, choices=Measure.choices, blank=True)
    entry = models.ForeignKey("journal.Entry", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    reason = models.TextField(_("理由"))
    asked_at = models.DateTimeField(default=clock.now)
    change = models.IntegerField(null=True, blank=True)
    decision = models.TextField(_("决定的理由"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["association", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "measure", "entry"], condition=Q(point=None), name="reputation_contested_once"
            ),
            models.CheckConstraint(
                condition=Q(point__isnull=False, measure="", entry=None)
                | (Q(point=None, entry__isnull=False) & ~Q(measure="")),
                name="reputation_appeal_of_one",
            ),
        ]

    def __str__(self) -> str:
        return self.slug
