"""What matching holds of a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yinxian.network.personal import DELETED, Held, hold

hold(Held("matching.savedsearch", _("存下的找法"), DELETED, _("只有您自己用")))
