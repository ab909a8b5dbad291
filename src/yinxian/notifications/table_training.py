"""What training tells whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yinxian.kernel.templatetags.yx import moment

from .models import Group
from .rules import Rule

T = Group.TRAINING

TRAINING = {
    "training.enrolment.moved_up": (Rule(T, _("「%(title)s」有了空位，您已从候补转为录取"), ("member",)),),
    "training.enrolment.removed": (
        Rule(T, _("您在「%(title)s」的报名被取消：%(reason)s"), ("member",), {"reason": str}),
    ),
    "training.term.cancelled": (
        Rule(T, _("「%(title)s」取消了：%(reason)s"), ("in_term", "waiting", "teachers"), {"reason": str}),
    ),
    "training.session.moved": (
        Rule(T, _("「%(title)s」改到 %(starts)s，地点和时间请看课表"), ("in_term", "teachers"), {"starts": moment}),
    ),
    "training.session.cancelled": (
        Rule(T, _("「%(title)s」这一课取消了：%(reason)s"), ("in_term", "teachers"), {"reason": str}),
    ),
    "training.material.added": (Rule(T, _("「%(title)s」有了新资料"), ("in_term",)),),
    "training.attendance.corrected": (
        Rule(T, _("您在「%(title)s」的出勤有更正：%(reason)s"), ("marked",), {"reason": str}),
    ),
    "training.course.completed": (Rule(T, _("您学完了「%(title)s」，课时已经记上"), ("member",)),),
    "training.course.not_completed": (Rule(T, _("「%(title)s」已结业，您的出勤没有达到要求"), ("member",)),),
    "training.internship.asked": (Rule(T, _("%(title)s 请您带他实习"), ("mentor",)),),
    "training.internship.accepted": (Rule(T, _("%(title)s 愿意带您实习，可以开始写周记了"), ("trainee",)),),
    "training.internship.declined": (Rule(T, _("%(title)s 这次不带您实习，请看答复"), ("trainee",)),),
    "training.internship.noted": (Rule(T, _("%(title)s 写了一周的实习记录"), ("mentor",)),),
    "training.internship.signed": (Rule(T, _("%(title)s 签认了您的实习"), ("trainee",)),),
    "training.internship.stopped": (Rule(T, _("与 %(title)s 的实习中止了，请看理由"), ("trainee", "mentor")),),
}
