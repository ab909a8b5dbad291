"""How far each follower has read."""

from django.db import models

from .entries import Entry


class Cursor(models.Model):
    """A follower's place in the sequence, and what went wrong at the next entry if it is stuck."""

    follower = models.CharField(max_length=80, primary_key=True)
    position = models.BigIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)


class Parked(models.Model):
    """An entry that a follower failed on too often: set aside, shown by `yinxian check`, never lost."""

    follower = models.CharField(max_length=80)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    error = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["follower", "entry"], name="journal_parked_once")]


class DayDone(models.Model):
    """A daily duty that has been done for a day."""

    duty = models.CharField(max_length=80)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["duty", "day"], name="journal_duty_once_a_day")]
