"""What an association asks of its members, and its branches."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.fields import Field
from yinxian.kernel.ids import Slugged
from yinxian.kernel.regions import region_name


class MemberRules(models.Model):
    """One version of what an association asks: data, so that applications name the version they answered.

    ``questions`` is [{"key", "label", "required", "long"}]; fees are integer fen for one period of ``months``;
    ``remind_days`` are days before the end of a membership on which its holder is reminded.
    """

    association = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="member_rules")
    number = models.PositiveIntegerField()
    questions = models.JSONField(default=list)
    fee_person_fen = models.BigIntegerField(_("个人会费"), default=0)
    fee_organisation_fen = models.BigIntegerField(_("单位会费"), default=0)
    months = models.PositiveSmallIntegerField(_("会籍期限（月）"), default=12)
    remind_days = models.JSONField(default=list)
    welcome = models.TextField(_("写给申请人的话"), blank=True)
    open_to_people = models.BooleanField(_("接受个人申请"), default=True)
    open_to_organisations = models.BooleanField(_("接受单位申请"), default=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["association", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["association", "number"], name="alliances_rules_version_once"),
            models.CheckConstraint(
                condition=models.Q(fee_person_fen__gte=0, fee_organisation_fen__gte=0),
                name="alliances_dues_not_below_0",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.association} v{self.number}"


class Branch(Slugged):
    """A branch (分会) of an association, by region or by trade; a branch may stand below another."""

    PREFIX = "BR"

    class Kind(models.TextChoices):
        REGION = "region", _("按地区")
        TRADE = "trade", _("按行业")

    association = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="branches")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(_("分会名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=80, blank=True)
    kind = models.CharField(_("怎么分"), max_length=6, choices=Kind.choices, default=Kind.REGION)
    region = models.CharField(_("地区"), max_length=6, blank=True)
    field = models.CharField(_("技术领域"), max_length=2, choices=Field.choices, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["association", "name"]
        constraints = [models.UniqueConstraint(fields=["association", "name"], name="alliances_branch_name_once")]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name

    @property
    def scope(self) -> str:
        """The region or the trade it is for, in words."""
        return region_name(self.region) if self.kind == self.Kind.REGION else str(self.get_field_display())


class MemberNumber(models.Model):
    """The last membership number that an association gave; locked by whoever takes the next."""

    association = models.OneToOneField(
        "network.Organisation", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    last = models.PositiveIntegerField(default=0)
