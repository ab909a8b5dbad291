"""Codes of the trade: fields, forms of cooperation, readiness, prices.

The kernel has the technology fields.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel.fields import Field

__all__ = ["TRL", "Confidence", "EvidenceKind", "Field", "Mode", "PriceKind"]


class Mode(models.TextChoices):
    DEVELOPMENT = "development", _("技术开发")
    ASSIGNMENT = "assignment", _("技术转让")
    LICENCE = "licence", _("技术许可")
    CONSULTING = "consulting", _("技术咨询")
    SERVICE = "service", _("技术服务")
    JOINT = "joint", _("联合共建")
    INVESTMENT = "investment", _("作价入股或融资")
    TALENT = "talent", _("人才合作")


class PriceKind(models.TextChoices):
    OPEN = "open", _("面议")
    ASK = "ask", _("报价")
    FLOOR = "floor", _("底价")
    ROYALTY = "royalty", _("入门费加提成")


class Confidence(models.TextChoices):
    """Who may see a listing at all: its teaser always follows ``Who sees what``."""

    PUBLIC = "public", _("公开简介")
    NETWORK = "network", _("网络成员可见")
    NAMED = "named", _("仅指定各方可见")


class EvidenceKind(models.TextChoices):
    VISIT = "visit", _("现场走访")
    BUDGET = "budget", _("预算证明")
    DEPOSIT = "deposit", _("定金或意向金")
    SECOND_SOURCE = "second_source", _("第二来源印证")


TRL = [
    (1, _("1 发现原理")),
    (2, _("2 形成方案")),
    (3, _("3 实验验证")),
    (4, _("4 实验室样件")),
    (5, _("5 模拟环境验证")),
    (6, _("6 样机或中试")),
    (7, _("7 实际环境验证")),
    (8, _("8 定型或小批")),
    (9, _("9 量产应用")),
]
