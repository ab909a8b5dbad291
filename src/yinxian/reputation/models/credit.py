"""What others may know of a manager, and who they are."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Measure(models.TextChoices):
    """The four facts that are counted; never added up to one number."""

    CLOSED = "closed", _("引荐后签约")
    ANSWER = "answer", _("答复用了多久")
    DISPUTES = "disputes", _("争议了结为退款")
    EVIDENCE = "evidence", _("佐证被别人撤回")


class CreditChoice(models.Model):
    """How far a person's counts are shown: all of them or none, so that nobody shows only the good ones."""

    class Audience(models.TextChoices):
        PUBLIC = "public", _("任何人")
        NETWORK = "network", _("协作网络内的人")
        PARTIES = "parties", _("只有与我有引荐往来的各方")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="credit_choice")
    audience = models.CharField(_("谁能看"), max_length=8, choices=Audience.choices, default=Audience.NETWORK)

    def __str__(self) -> str:
        return f"{self.user} {self.audience}"
