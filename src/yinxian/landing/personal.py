"""What landing holds of a person."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yinxian.network.models import User
from yinxian.network.personal import BLANKED, KEPT, Held, blocks, hold

from .models import Landing, Offer

State = Landing.State
ENDED = (State.CONFIRMED, State.WITHDRAWN, State.LAPSED)

hold(
    Held(
        "landing.landing",
        _("替团队找地方的项目"),
        BLANKED,
        _("凭据和两地的确认靠它，留着；已经结束的，联系人和电话抹去"),
        lookup="created_by",
        only={"state__in": ENDED},
        blank={"contact_name": "—", "contact_phone": "—"},
        also=("manager",),
    ),
    Held("landing.offer", _("代表一地的应约"), KEPT, _("条件是那个地区的"), lookup="made_by", also=("manager",)),
    Held("landing.landingshare", _("两地分成里的一份"), KEPT, _("引荐费和积分按它分")),
    Held("landing.evidence", _("交的落地凭证"), KEPT, _("两地的确认以它为据"), lookup="added_by"),
    Held("landing.confirmation", _("代表一地的确认"), KEPT, _("落地以两地的确认为据"), lookup="by"),
    Held(
        "landing.invitation",
        _("请您加入团队的邀请"),
        BLANKED,
        _("请过谁、答复了没有留着；为什么请您、您的理由抹去"),
        blank={"because": [], "reason": ""},
        also=("asked_by",),
    ),
)


@blocks
def open_landings(user: User) -> list[str]:
    """Landings that the person refers or receives and that have not ended."""
    receives = Q(offers__manager=user, offers__state__in=(Offer.State.OPEN, Offer.State.CHOSEN))
    found = Landing.objects.filter(Q(manager=user) | receives).exclude(state__in=ENDED)
    return [gettext("落地项目“%(title)s”") % {"title": one.title} for one in found.distinct()[:50]]
