"""A long batch of releases: how far it has come, and what was refused."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged


class Run(Slugged):
    """A file of releases worked off in order. ``done`` is the cursor: rows up to it are settled or refused."""

    PREFIX = "R"

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    total = models.BigIntegerField()
    done = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    released_fen = models.BigIntegerField(default=0)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(done__lte=models.F("total")), name="settlement_run_within")
        ]

    def __str__(self) -> str:
        return self.name


class RunFault(models.Model):
    """A row of a run that was refused, with the code and what the refusal said."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="faults")
    row = models.BigIntegerField()
    code = models.CharField(max_length=80)
    said = models.CharField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "row"], name="settlement_fault_once")]
