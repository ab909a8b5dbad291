"""Links that let a person without an account give one answer."""

from __future__ import annotations

from django.db import models

from yinxian.kernel import clock

from .people import User


class SignedLink(models.Model):
    """``purpose`` and ``subject`` say what may be answered, ``recipient`` by whom. Only the token's hash is kept."""

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    recipient = models.CharField(max_length=120)
    recipient_contact = models.CharField(max_length=120, blank=True)
    side = models.CharField(max_length=20, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.purpose} {self.recipient}"
