"""What policies holds of a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yinxian.network.personal import KEPT, Held, hold

hold(
    Held("policies.edition", _("改的政策"), KEPT, _("政策库是大家的，每一版要知道由谁改"), lookup="created_by"),
)
