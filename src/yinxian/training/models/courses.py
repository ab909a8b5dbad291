"""Courses: what an association teaches, in a ladder."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.fields import Field
from yinxian.kernel.ids import Slugged


class Course(Slugged):
    """A course of an association. ``track`` is empty for what everyone learns, else a technology field; ``step``
    orders the ladder of a track, 1 is the first.

    ``modules`` is [{"kind", "minutes", "about"}]: a kind of credentials.Module, the planned minutes and what is
    taught. ``attendance_percent`` is the least part of the planned time that a learner must attend to complete.
    """

    PREFIX = "J"

    class Mode(models.TextChoices):
        ON_SITE = "onsite", _("面授")
        ONLINE = "online", _("线上")
        MIXED = "mixed", _("线上线下结合")

    association = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="courses")
    name = models.CharField(_("课程名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    track = models.CharField(_("赛道"), max_length=2, choices=Field.choices, blank=True)
    step = models.PositiveSmallIntegerField(_("第几步"), default=1, validators=[MinValueValidator(1)])
    mode = models.CharField(_("方式"), max_length=8, choices=Mode.choices, default=Mode.ON_SITE)
    about = models.TextField(_("学什么"), max_length=2000, blank=True)
    about_en = models.TextField(_("英文说明"), max_length=2000, blank=True)
    modules = models.JSONField(default=list)
    attendance_percent = models.PositiveSmallIntegerField(
        _("出勤达到多少算学完（%）"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    retired_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["association", "track", "step", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["association", "name"], name="training_course_name_once"),
            models.CheckConstraint(
                condition=models.Q(attendance_percent__gte=1, attendance_percent__lte=100),
                name="training_attendance_of_100",
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name

    @property
    def shown_about(self) -> str:
        """In the reader's language; the other where this one is not written."""
        english = (get_language() or "").startswith("en")
        return (self.about_en or self.about) if english else (self.about or self.about_en)

    @property
    def minutes(self) -> int:
        """All planned minutes."""
        return sum(int(module["minutes"]) for module in self.modules)
