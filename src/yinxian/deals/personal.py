"""What deals holds of a person."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yinxian.network.models import User
from yinxian.network.personal import KEPT, Held, blocks, hold

from .models import Deal

hold(
    Held("deals.deal", _("负责的项目"), KEPT, _("项目是双方的，合同和付款以它为据"), lookup="manager"),
    Held("deals.share", _("引荐里的分成"), KEPT, _("放款按已确认的分成，别的成员也靠它")),
    Held("deals.acknowledgement", _("对引荐的确认"), KEPT, _("凭据以它为据，任何人都能核验")),
    Held("deals.note", _("项目里的记录"), KEPT, _("项目各方的往来，别的成员也要用"), lookup="author"),
)


@blocks
def open_deals(user: User) -> list[str]:
    """Deals that the person manages and that have not ended."""
    numbers = Deal.objects.filter(manager=user).exclude(state__in=Deal.ENDED).values_list("number", flat=True)[:50]
    return [gettext("项目 %(number)s") % {"number": number} for number in numbers]
