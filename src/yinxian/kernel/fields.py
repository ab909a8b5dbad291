"""The eleven technology fields of the registration of technology contracts (技术合同认定登记)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Field(models.TextChoices):
    ELECTRONICS = "01", _("电子信息")
    AEROSPACE = "02", _("航空航天")
    MANUFACTURING = "03", _("先进制造")
    BIOMEDICINE = "04", _("生物医药和医疗器械")
    MATERIALS = "05", _("新材料")
    ENERGY = "06", _("新能源与高效节能")
    ENVIRONMENT = "07", _("环境保护与资源综合利用")
    NUCLEAR = "08", _("核应用")
    AGRICULTURE = "09", _("农业")
    TRANSPORT = "10", _("现代交通")
    CITIES = "11", _("城市建设与社会发展")
