"""What exams tell whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yinxian.kernel.templatetags.yx import moment

from .models import Group
from .rules import Rule

T = Group.TRAINING

EXAMS = {
    "exams.grader.appointed": (Rule(T, _("「%(title)s」请您阅卷"), ("member",)),),
    "exams.sitting.registered": (Rule(T, _("已为您报名考试「%(title)s」"), ("member",)),),
    "exams.window.near": (
        Rule(T, _("考试「%(title)s」%(opens_at)s 起可以开考"), ("registered",), {"opens_at": moment}),
    ),
    "exams.window.began": (
        Rule(T, _("考试「%(title)s」开考了，%(closes_at)s 截止"), ("registered",), {"closes_at": moment}),
    ),
    "exams.window.closing": (
        Rule(T, _("您报名的考试「%(title)s」%(closes_at)s 截止，您还没有开考"), ("registered",), {"closes_at": moment}),
    ),
    "exams.window.cancelled": (Rule(T, _("考试「%(title)s」这一场取消了"), ("registered",)),),
    "exams.sitting.submitted": (Rule(T, _("考试「%(title)s」有一份卷等您阅"), ("graders",)),),
    "exams.result.released": (Rule(T, _("考试「%(title)s」的成绩公布了"), ("member",)),),
    "exams.result.recounted": (Rule(T, _("考试「%(title)s」有一道题作废，您的成绩重新算过了"), ("member",)),),
    "exams.appeal.asked": (Rule(T, _("考试「%(title)s」有人申请复核，等您答复"), ("reviewers",)),),
    "exams.appeal.decided": (Rule(T, _("您在考试「%(title)s」里申请的复核有答复了"), ("member",)),),
}
