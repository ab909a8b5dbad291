"""The members of a sharing agreement: each stands for one side of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .contracts import Contract


class TeamPart(models.Model):
    """A person or an organisation with a share in basis points; the parts of a contract make 10,000."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="parts")
    place = models.PositiveSmallIntegerField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="team_parts"
    )
    organisation = models.ForeignKey(
        "network.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="team_parts"
    )
    bp = models.PositiveIntegerField()
    work = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "place"], name="contracts_one_part_a_place"),
            models.CheckConstraint(
                condition=models.Q(user=None, organisation__isnull=False)
                | models.Q(user__isnull=False, organisation=None),
                name="contracts_part_is_a_person_or_an_organisation",
            ),
        ]

    @property
    def side(self) -> str:
        return f"m{self.place}"

    @property
    def name(self) -> str:
        return self.user.get_full_name() if self.user else str(self.organisation.name if self.organisation else "")
