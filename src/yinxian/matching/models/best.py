"""The best fit of a need (最合适的成果), found beforehand, so that a list of hundreds can be sorted by it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock


class BestFit(models.Model):
    """Worked out by the worker from what the network reads; a copy that can be thrown away and made again. A need for
    which nothing is near has a row without a result."""

    need = models.OneToOneField("market.Need", on_delete=models.CASCADE, related_name="best_fit")
    result = models.ForeignKey("market.Result", on_delete=models.CASCADE, null=True, related_name="+")
    score = models.PositiveSmallIntegerField(_("契合"), default=0)
    looked_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(score__lte=100), name="matching_best_fit_in_range")]

    def __str__(self) -> str:
        return str(self.score)
