"""Organisations, and who belongs to them in which role."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.kernel.regions import region_name

from .people import User


class Organisation(Slugged):
    """One of the four parties, or the association that runs the installation.

    ``admitted_by`` is the association that let it into the network; an association stands for itself.
    """

    PREFIX = "O"

    class Kind(models.TextChoices):
        SUPPLIER = "supplier", _("供给方")
        BUYER = "buyer", _("需求方")
        AGENCY = "agency", _("技术转移机构")
        ASSOCIATION = "association", _("协会")

    name = models.CharField(_("名称"), max_length=120, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    kind = models.CharField(_("类型"), max_length=12, choices=Kind.choices)
    nature = models.CharField(_("单位性质"), max_length=3, blank=True)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    region = models.CharField(_("行政区划"), max_length=6, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    bank_account = models.CharField(_("开户行与账号"), max_length=200, blank=True)
    about = models.TextField(_("简介"), blank=True)
    admitted_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="admitted",
        verbose_name=_("所属协会"),
    )
    admitted_at = models.DateTimeField(null=True, blank=True)
    applied_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="applicants", verbose_name=_("申请加入")
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name

    @property
    def region_name(self) -> str:
        return region_name(self.region)

    @property
    def in_network(self) -> bool:
        return self.kind == self.Kind.ASSOCIATION or self.admitted_by_id is not None


class Membership(models.Model):
    """A person acts for an organisation, in one role, until the membership ends."""

    class Role(models.TextChoices):
        ADMIN = "admin", _("管理员")
        MEMBER = "member", _("成员")
        REVIEWER = "reviewer", _("审核员")
        FINANCE = "finance", _("财务")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("角色"), max_length=10, choices=Role.choices, default=Role.MEMBER)
    since = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=models.Q(ended_at=None),
                name="network_one_role_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation} ({self.get_role_display()})"
