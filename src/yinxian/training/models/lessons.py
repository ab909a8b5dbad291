"""Which lessons of the product's own course somebody has read."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yinxian.kernel import clock


class LessonRead(models.Model):
    """A lesson whose question a person answered rightly; ``lesson`` is its name (see ``lessons``)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lessons_read")
    lesson = models.CharField(max_length=40)
    minutes = models.PositiveSmallIntegerField()
    read_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["read_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "lesson"], name="training_lesson_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.lesson}"
