"""What training holds of a person."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yinxian.network.models import User
from yinxian.network.personal import BLANKED, DELETED, KEPT, Held, blocks, hold

from .models import Enrolment, Internship, Term

hold(
    Held("training.calendarkey", _("日历订阅的地址"), DELETED, _("只有您自己用")),
    Held("training.lessonread", _("读过的课文"), DELETED, _("只有您自己用")),
    Held("training.enrolment", _("上过的班"), KEPT, _("课时是级别的依据，学费是协会的账")),
    Held("training.attendance", _("签到与点名"), KEPT, _("课时以它为据"), lookup="enrolment__user"),
    Held("training.teaching", _("教过的班"), KEPT, _("学员的课时要知道由谁讲")),
    Held("training.termfile", _("放进班里的资料"), KEPT, _("学员还要用"), lookup="uploaded_by"),
    Held(
        "training.internship",
        _("实习"),
        BLANKED,
        _("天数和结论是级别的依据，留着；您想学什么、双方的话都抹去"),
        lookup="trainee",
        blank={"aim": "—", "answer": "", "review": ""},
        also=("mentor",),
    ),
    Held(
        "training.internshipnote",
        _("实习周记"),
        BLANKED,
        _("小时留着，写的内容抹去"),
        lookup="internship__trainee",
        blank={"text": "—"},
        also=("internship__mentor",),
    ),
)


@blocks
def unfinished(user: User) -> list[str]:
    """A seat or a place in line that somebody else could have, a term to teach, an internship that runs."""
    taken = (Enrolment.State.SEATED, Enrolment.State.WAITING)
    seats = Enrolment.objects.filter(user=user, state__in=taken, term__state__in=Term.LIVE)
    taught = Term.objects.filter(teachings__user=user, state__in=Term.LIVE).select_related("course")
    both = Internship.objects.filter(Q(trainee=user) | Q(mentor=user), state__in=Internship.OPEN)
    return [
        *(gettext("还没结业的班“%(term)s”") % {"term": one.term} for one in seats.select_related("term__course")[:50]),
        *(gettext("由您讲课的班“%(term)s”") % {"term": term} for term in taught[:50]),
        *(gettext("实习 %(number)s") % {"number": one.slug} for one in both[:50]),
    ]
