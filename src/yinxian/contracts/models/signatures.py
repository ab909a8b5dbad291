"""Electronic signatures, and the files that carry them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged

from .contracts import Contract


class SignedCopy(Slugged):
    """The PDF of one revision as it stood after a signature; the newest of a revision carries all of them.

    ``digest`` is the SHA-256 of the particulars that were signed, ``sha256`` that of the file.
    """

    PREFIX = "S"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="signed_copies")
    revision = models.PositiveIntegerField()
    file = models.FileField(_("已签文件"), upload_to="contracts/%Y/%m")
    sha256 = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.contract.number} · {self.sha256[:12]}"


class Signature(models.Model):
    """One side's signature. The certificate's particulars are kept; the certificate file and its password never are."""

    class Method(models.TextChoices):
        CERTIFICATE = "certificate", _("证书文件")
        SERVICE = "service", _("签名服务")

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="signatures")
    copy = models.OneToOneField(SignedCopy, on_delete=models.PROTECT, related_name="signature")
    side = models.CharField(max_length=10)
    revision = models.PositiveIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(_("方式"), max_length=12, choices=Method.choices)
    signer = models.CharField(_("证书持有人"), max_length=200)
    issuer = models.CharField(_("证书签发者"), max_length=200)
    serial = models.CharField(_("证书序列号"), max_length=80)
    timestamped = models.BooleanField(_("带时间戳"), default=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "side", "revision"], name="contracts_one_signature_a_side_and_revision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contract.number} {self.side}"
