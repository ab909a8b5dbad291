"""Who issues, and with which keys."""

from __future__ import annotations

from django.db import models

from yinxian.kernel import clock


class Issuer(models.Model):
    """An association as an issuer: its DID stays what it was when the first key was made."""

    association = models.OneToOneField("network.Organisation", on_delete=models.PROTECT, related_name="issuer")
    did = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.did


class IssuerKey(models.Model):
    """An Ed25519 key. ``secret`` is the private half, encrypted; retired keys sign no more but what they signed stays
    good; revoked ones (lost, stolen) are shown in the DID document as revoked and prove nothing."""

    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="keys")
    fragment = models.CharField(max_length=20)
    public = models.CharField(max_length=60, unique=True)
    secret = models.TextField()
    created_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["issuer", "created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "fragment"], name="credentials_fragment_once"),
            models.UniqueConstraint(
                fields=["issuer"],
                condition=models.Q(retired_at=None, revoked_at=None),
                name="credentials_one_signing_key",
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def address(self) -> str:
        """The key's address: the DID and the fragment."""
        return f"{self.issuer.did}#{self.fragment}"


class StatusList(models.Model):
    """Two bits for each of SIZE credentials: revoked, suspended. Places are given in an order that does not tell who
    was certified when: ``(multiplier * n + offset) mod SIZE``."""

    SIZE = 131_072  # the least that the W3C recommendation allows, so that one among many is not known

    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="status_lists")
    number = models.PositiveIntegerField(unique=True)
    multiplier = models.PositiveIntegerField()
    offset = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    revocation = models.JSONField(default=dict)
    suspension = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return str(self.number)

    def place(self, n: int) -> int:
        """The index of the nth credential; every n below SIZE has its own, because the multiplier is odd."""
        return (self.multiplier * n + self.offset) % self.SIZE
