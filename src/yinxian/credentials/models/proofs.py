"""Facts that count towards a level: each row one fact that the journal has, about one person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Module(models.TextChoices):
    """The four kinds of modules of a course."""

    COMMON = "common", _("公共知识")
    POLICY = "policy", _("政策法规")
    SKILLS = "skills", _("实务技能")
    ADVANCE = "advance", _("能力提升")


class ProofKind(models.TextChoices):
    """What a fact is, and what its ``name`` and ``amount`` mean.

    HOURS: name a Module, amount minutes. EXAM: name the slug of the level that the exam is for, amount the score in
    basis points (100 points of 100 are 10,000). CONTRACT: name a technology field (kernel.fields), amount the
    person's part in fen. INTERNSHIP: name a field, amount days that a mentor signed. POINTS: name "learning" or
    "practice", amount points.
    """

    HOURS = "hours", _("课时")
    EXAM = "exam", _("考试")
    CONTRACT = "contract", _("登记的合同")
    INTERNSHIP = "internship", _("跟岗实习")
    POINTS = "points", _("学习与实践积分")


class Proof(models.Model):
    """A fact about a person. Written by the apps above through ``operations.proofs``, never by a form.

    ``entry`` is where the fact stands in the journal; ``path`` is the address at which the person reads it. A fact
    that is undone is withdrawn by a second entry and counts no more; the row stays.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proofs")
    kind = models.CharField(max_length=12, choices=ProofKind.choices)
    name = models.CharField(max_length=40, blank=True)
    amount = models.PositiveBigIntegerField(default=0)
    title = models.CharField(max_length=160)
    path = models.CharField(max_length=200, blank=True)
    entry = models.ForeignKey("journal.Entry", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_by = models.ForeignKey("journal.Entry", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["user", "kind"])]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "name", "entry"], name="credentials_fact_once"),
        ]

    def __str__(self) -> str:
        return self.title
