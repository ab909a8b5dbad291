"""What a region offers a team: terms as fields, so that offers can be laid side by side."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.kernel.regions import region_name
from yinxian.kernel.states import Stateful

from .landings import Landing


class Offer(Slugged, Stateful):
    """Made by an association or agency (``organisation``); ``manager`` receives the team there.

    ``figures`` as in Landing; ``permits`` is {kinds.Permit: kinds.Has}; ``policies`` is
    [{"title", "source", "until": date or null, "key": of the library, or ""}]. ``rent_fen`` is fen a month for a square
    metre, ``support_fen`` the money that the region brings.
    """

    PREFIX = "Q"
    CODE = "landing.offer_state"

    class State(models.TextChoices):
        OPEN = "open", _("待选")
        CHOSEN = "chosen", _("选定")
        PASSED = "passed", _("未选")
        WITHDRAWN = "withdrawn", _("已撤回")
        LAPSED = "lapsed", _("已过期")

    NEXT = {
        State.OPEN: (State.CHOSEN, State.PASSED, State.WITHDRAWN, State.LAPSED),
        State.CHOSEN: (State.PASSED,),
    }

    landing = models.ForeignKey(Landing, on_delete=models.PROTECT, related_name="offers")
    organisation = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="landing_offers")
    manager = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    region = models.CharField(_("地区"), max_length=6)
    place = models.CharField(_("园区或地点"), max_length=120)
    figures = models.JSONField(default=dict)
    permits = models.JSONField(default=dict)
    extra = models.JSONField(default=list, blank=True)
    rent_fen = models.BigIntegerField(_("租金"), null=True, blank=True)
    support_fen = models.BigIntegerField(_("资金支持"), null=True, blank=True)
    equipment = models.TextField(_("可用设备"), blank=True)
    policies = models.JSONField(_("政策"), default=list, blank=True)
    note = models.TextField(_("其他说明"), blank=True)
    available_from = models.DateField(_("可入驻"), null=True, blank=True)
    valid_until = models.DateField(_("有效至"), db_index=True)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.OPEN, db_index=True)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["landing", "made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["landing", "organisation"], condition=models.Q(state="open"), name="landing_one_open_offer"
            ),
            models.UniqueConstraint(
                fields=["landing"], condition=models.Q(state="chosen"), name="landing_one_chosen_offer"
            ),
        ]

    def __str__(self) -> str:
        return self.place

    @property
    def region_name(self) -> str:
        return region_name(self.region)
