"""Alliances (联盟) of associations and agencies: an agreement that each signs, joint lists, referrals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.kernel.states import Stateful


class Alliance(Slugged):
    """It stands once two organisations have signed its agreement; ``founder`` keeps it."""

    PREFIX = "AL"

    name = models.CharField(_("联盟名称"), max_length=60, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=100, blank=True)
    about = models.TextField(_("介绍"), blank=True)
    founder = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="alliances_founded")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name


class Agreement(models.Model):
    """One version of the written agreement. Nothing of it changes; a new version is signed anew, and until they sign it
    members are bound by the one they signed. ``sha256`` is of the text in UTF-8."""

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="agreements")
    number = models.PositiveIntegerField()
    text = models.TextField(_("协议正文"))
    share_bp = models.PositiveIntegerField(_("转介的通常分成"))
    sha256 = models.CharField(max_length=64)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["alliance", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "number"], name="alliances_agreement_version_once"),
            models.CheckConstraint(condition=Q(share_bp__lte=10_000), name="alliances_usual_share_within_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.alliance} v{self.number}"


class Ally(Stateful):
    """An organisation's place in an alliance: asked, then joined by its signature, until it leaves."""

    CODE = "alliances.ally_state"

    class State(models.TextChoices):
        INVITED = "invited", pgettext_lazy("ally", "待签署")
        JOINED = "joined", pgettext_lazy("ally", "成员")
        DECLINED = "declined", pgettext_lazy("ally", "未加入")
        LEFT = "left", pgettext_lazy("ally", "已退出")

    NEXT: ClassVar[Mapping[str, Sequence[str]]] = {
        State.INVITED: (State.JOINED, State.DECLINED),
        State.JOINED: (State.LEFT,),
    }

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="allies")
    organisation = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="alliances")
    state = models.CharField(max_length=8, choices=State.choices, default=State.INVITED)
    invited_at = models.DateTimeField(default=clock.now)
    joined_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta:
        ordering = ["alliance", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "organisation"],
                condition=Q(state__in=["invited", "joined"]),
                name="alliances_ally_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.alliance}"


class AgreementSignature(models.Model):
    """An organisation's yes to one version, by a person who administers it; the journal has it too."""

    ally = models.ForeignKey(Ally, on_delete=models.PROTECT, related_name="signatures")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signer = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["ally", "agreement"], name="alliances_signed_once")]

    def __str__(self) -> str:
        return f"{self.signer} {self.sha256[:12]}"


class Shared(models.Model):
    """A need or a result that a member puts on the alliance's joint list. What each reader sees of it is decided by the
    market's levels, never here."""

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="shared")
    organisation = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="+")
    need = models.ForeignKey("market.Need", on_delete=models.PROTECT, null=True, related_name="+")
    result = models.ForeignKey("market.Result", on_delete=models.PROTECT, null=True, related_name="+")
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-shared_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(need=None) ^ Q(result=None), name="alliances_shared_is_one_listing"),
            models.UniqueConstraint(fields=["alliance", "need"], name="alliances_need_shared_once"),
            models.UniqueConstraint(fields=["alliance", "result"], name="alliances_result_shared_once"),
        ]

    def __str__(self) -> str:
        return f"{self.need or self.result}"


class Referral(Slugged, Stateful):
    """One member hands a need or a result on to another. ``share_bp`` of the manager's fee is the referrer's: agreed
    when the other takes it, so before anything is earned."""

    PREFIX = "RF"
    CODE = "alliances.referral_state"

    class State(models.TextChoices):
        OFFERED = "offered", pgettext_lazy("referral", "待答复")
        TAKEN = "taken", pgettext_lazy("referral", "已接下")
        DECLINED = "declined", pgettext_lazy("referral", "未接")
        WITHDRAWN = "withdrawn", pgettext_lazy("referral", "已撤回")
        DONE = "done", pgettext_lazy("referral", "办成")
        FAILED = "failed", pgettext_lazy("referral", "没办成")

    NEXT: ClassVar[Mapping[str, Sequence[str]]] = {
        State.OFFERED: (State.TAKEN, State.DECLINED, State.WITHDRAWN),
        State.TAKEN: (State.DONE, State.FAILED),
    }

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="referrals")
    giver = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="referrals_given")
    taker = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="referrals_taken")
    need = models.ForeignKey("market.Need", on_delete=models.PROTECT, null=True, related_name="+")
    result = models.ForeignKey("market.Result", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.OFFERED)
    share_bp = models.PositiveIntegerField(_("转介方的分成"))
    note = models.TextField(_("说明"), blank=True)
    answer = models.TextField(_("答复"), blank=True)
    outcome = models.TextField(_("结果"), blank=True)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(default=clock.now)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(need=None) ^ Q(result=None), name="alliances_referral_of_one_listing"),
            models.CheckConstraint(condition=Q(share_bp__lte=10_000), name="alliances_share_within_whole"),
            models.UniqueConstraint(
                fields=["alliance", "taker", "need"],
                condition=Q(state__in=["offered", "taken"], need__isnull=False),
                name="alliances_need_referred_once",
            ),
            models.UniqueConstraint(
                fields=["alliance", "taker", "result"],
                condition=Q(state__in=["offered", "taken"], result__isnull=False),
                name="alliances_result_referred_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.giver_id} → {self.taker_id}"

    @property
    def listing(self) -> object:
        return self.need if self.need_id else self.result
