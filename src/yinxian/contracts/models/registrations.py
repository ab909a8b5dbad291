"""A technology contract on its way through the registry."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.states import Stateful

from .contracts import Contract


class Registration(Stateful):
    """The registration form of one contract, and what the registry said. A contract is registered once, in one place.

    ``data`` holds the fields of the form: project, seller and buyer ({name, country, region, nature}), total_fen >=
    technology_fen >= actual_fen, rights, field, goal, industry, source, payment, since, until, and the three ticks.
    """

    CODE = "contracts.registration_state"

    class State(models.TextChoices):
        PREPARED = "prepared", _("准备中")
        SUBMITTED = "submitted", _("已提交")
        REGISTERED = "registered", _("已登记")
        REFUSED = "refused", _("不予登记")
        CHANGED = "changed", _("已变更")
        CANCELLED = "cancelled", _("已注销")

    NEXT = {
        State.PREPARED: (State.SUBMITTED,),
        State.SUBMITTED: (State.REGISTERED, State.REFUSED),
        State.REFUSED: (State.SUBMITTED,),
        State.REGISTERED: (State.CHANGED, State.CANCELLED),
        State.CHANGED: (State.CHANGED, State.CANCELLED),
        State.CANCELLED: (),
    }
    OPEN = (State.PREPARED, State.REFUSED)
    STANDING = (State.REGISTERED, State.CHANGED)

    contract = models.OneToOneField(Contract, on_delete=models.PROTECT, related_name="registration")
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.PREPARED, db_index=True)
    data = models.JSONField(default=dict)
    number = models.CharField(_("登记编号"), max_length=40, blank=True)
    registry = models.CharField(_("登记机构"), max_length=120, blank=True)
    submitted_on = models.DateField(_("提交日期"), null=True, blank=True)
    decided_on = models.DateField(_("登记日期"), null=True, blank=True, db_index=True)
    reason = models.CharField(_("原因"), max_length=500, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.contract.number} {self.get_state_display()}"
