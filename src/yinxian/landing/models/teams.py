"""People asked to work on a need together."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.deals.models import TeamMember
from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.kernel.states import Stateful
from yinxian.market.codes import Confidence
from yinxian.market.queries.shown import without_contacts


class Invitation(Slugged, Stateful):
    """One person asked to join the team of a need, in one role; ``because`` are the reasons as they were shown."""

    PREFIX = "X"
    CODE = "landing.invitation_state"

    class State(models.TextChoices):
        ASKED = "asked", _("待答复")
        ACCEPTED = "accepted", _("已加入")
        DECLINED = "declined", _("谢绝")
        WITHDRAWN = "withdrawn", _("已撤回")

    NEXT = {State.ASKED: (State.ACCEPTED, State.DECLINED, State.WITHDRAWN)}

    need = models.ForeignKey("market.Need", on_delete=models.PROTECT, related_name="team_invitations")
    deal = models.ForeignKey("deals.Deal", on_delete=models.PROTECT, null=True, related_name="team_invitations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="team_invitations")
    profession = models.CharField(_("专业"), max_length=12, choices=TeamMember.Profession.choices)
    lead = models.BooleanField(_("牵头"), default=False)
    because = models.JSONField(default=list)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.ASKED, db_index=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta:
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "user"],
                condition=models.Q(state__in=("asked", "accepted")),
                name="landing_asked_once",
            )
        ]

    @property
    def need_name(self) -> str:
        """What may be told of the need to whoever is asked: its number alone when it is for named parties only."""
        if self.need.confidence == Confidence.NAMED:
            return self.need.slug
        return str(without_contacts(self.need.shown_title))
