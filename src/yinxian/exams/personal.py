"""What exams holds of a person. Scores are not in the file that the person takes along: their lines tell the keys."""

from __future__ import annotations

from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.network.models import User
from yinxian.network.personal import BLANKED, KEPT, Held, blocks, hold

from .models import Kind, Sitting

hold(
    Held(
        "exams.sitting",
        _("参加的考试"),
        BLANKED,
        _("成绩是级别的依据，留着；用过的设备抹去"),
        blank={"device": ""},
    ),
    Held("exams.result", _("成绩"), KEPT, _("级别的决定以它为据"), lookup="sitting__user"),
    Held(
        "exams.answer",
        _("考试里写的简答"),
        BLANKED,
        _("写的文字抹去；选了什么、得了几分留给题目统计，只写编号"),
        lookup="item__sitting__user",
        only={"item__version__question__kind": Kind.SHORT},
        blank={"content": {"text": ""}},
    ),
    Held(
        "exams.appeal",
        _("成绩复核"),
        BLANKED,
        _("决定留着，您的理由抹去"),
        lookup="item__sitting__user",
        blank={"reason": "—"},
    ),
    Held("exams.score", _("阅的卷"), KEPT, _("考生的成绩以它为据"), lookup="grader"),
    Held(
        "exams.grader",
        _("阅卷的聘任"),
        BLANKED,
        _("到此结束；阅过的都保留"),
        blank={"ended_at": lambda: Coalesce("ended_at", clock.now())},
    ),
    Held("exams.questionversion", _("写的题"), KEPT, _("题库是协会的，考过的卷子要能重看"), lookup="written_by"),
)


@blocks
def open_sittings(user: User) -> list[str]:
    """Registered, running, or handed in and without its result."""
    states = (Sitting.State.REGISTERED, Sitting.State.RUNNING, Sitting.State.SUBMITTED)
    found = Sitting.objects.filter(user=user, state__in=states).select_related("window__exam")[:50]
    return [gettext("还没出成绩的考试“%(exam)s”") % {"exam": one.window} for one in found]
