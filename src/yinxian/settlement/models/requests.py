"""Requests that came with a key: answered once, and the same again when they come again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from yinxian.kernel import clock


class Request(models.Model):
    """A key that a person (or a program in their name) gave to a write, what was asked, and what was answered."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    request_hash = models.CharField(max_length=64)
    answer: models.JSONField[Any, Any] = models.JSONField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="settlement_request_once")]

    def __str__(self) -> str:
        return self.key
