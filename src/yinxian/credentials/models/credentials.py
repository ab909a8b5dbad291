"""A credential that was issued, as it was signed."""

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

from .applications import Application
from .issuers import Issuer, IssuerKey, StatusList
from .levels import Level, LevelVersion


class Credential(Slugged, Stateful):
    """``document`` is what was signed, never changed. The three ``shows`` say what the public page tells: the person's
    own choice. Whether a credential is expired is a question of the date, not a state."""

    PREFIX = "C"
    CODE = "credentials.credential_state"

    class State(models.TextChoices):
        ACTIVE = "active", _("有效")
        SUSPENDED = "suspended", _("已暂停")
        REVOKED = "revoked", _("已撤销")

    NEXT: ClassVar[Mapping[str, Sequence[str]]] = {
        State.ACTIVE: (State.SUSPENDED, State.REVOKED),
        State.SUSPENDED: (State.ACTIVE, State.REVOKED),
    }

    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="credentials")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="credentials")
    version = models.ForeignKey(LevelVersion, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="credentials")
    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="credential"
    )
    ground = models.CharField(_("依据"), max_length=300, blank=True)
    renews = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="renewed_by")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    state_at = models.DateTimeField(default=clock.now)
    state_reason = models.CharField(_("理由"), max_length=300, blank=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    status_list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="credentials")
    status_index = models.PositiveIntegerField()
    key = models.ForeignKey(IssuerKey, on_delete=models.PROTECT, related_name="+")
    document = models.JSONField()
    issued_at = models.DateTimeField(default=clock.now)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    shows_page = models.BooleanField(_("有人拿到链接时，让他看到这张证书"), default=True)
    shows_name = models.BooleanField(_("写出我的姓名"), default=True)
    shows_grounds = models.BooleanField(_("写出凭什么授予：课时、考试、合同的数量"), default=False)
    shows_in_directory = models.BooleanField(_("在协会的持证名录里列出我"), default=False)

    class Meta:
        ordering = ["-issued_at", "-pk"]
        indexes = [
            models.Index(fields=["level", "state", "valid_until"]),
            models.Index(fields=["issuer", "shows_in_directory", "shows_page", "shows_name", "-issued_at"]),
            models.Index(fields=["issuer", "-issued_at"]),
            models.Index(fields=["status_list", "state"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["status_list", "status_index"], name="credentials_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.level} · {self.user}"

    def expired_at(self, moment: dt.datetime) -> bool:
        return self.valid_until is not None and self.valid_until <= moment
