"""Provinces by the first two digits of the administrative code (GB/T 2260), and sections of the economy
(GB/T 4754-2017), both as readers say them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

PROVINCES = {
    "11": _("北京"),
    "12": _("天津"),
    "13": _("河北"),
    "14": _("山西"),
    "15": _("内蒙古"),
    "21": _("辽宁"),
    "22": _("吉林"),
    "23": _("黑龙江"),
    "31": _("上海"),
    "32": _("江苏"),
    "33": _("浙江"),
    "34": _("安徽"),
    "35": _("福建"),
    "36": _("江西"),
    "37": _("山东"),
    "41": _("河南"),
    "42": _("湖北"),
    "43": _("湖南"),
    "44": _("广东"),
    "45": _("广西"),
    "46": _("海南"),
    "50": _("重庆"),
    "51": _("四川"),
    "52": _("贵州"),
    "53": _("云南"),
    "54": _("西藏"),
    "61": _("陕西"),
    "62": _("甘肃"),
    "63": _("青海"),
    "64": _("宁夏"),
    "65": _("新疆"),
    "71": _("台湾"),
    "81": _("香港"),
    "82": _("澳门"),
}
REGIONS = {f"{code}0000": name for code, name in PROVINCES.items()}
REGION_CHOICES = list(REGIONS.items())

INDUSTRIES = {
    "A": _("农、林、牧、渔业"),
    "B": _("采矿业"),
    "C": _("制造业"),
    "D": _("电力、热力、燃气及水生产和供应业"),
    "E": _("建筑业"),
    "F": _("批发和零售业"),
    "G": _("交通运输、仓储和邮政业"),
    "H": _("住宿和餐饮业"),
    "I": _("信息传输、软件和信息技术服务业"),
    "J": _("金融业"),
    "K": _("房地产业"),
    "L": _("租赁和商务服务业"),
    "M": _("科学研究和技术服务业"),
    "N": _("水利、环境和公共设施管理业"),
    "O": _("居民服务、修理和其他服务业"),
    "P": _("教育"),
    "Q": _("卫生和社会工作"),
    "R": _("文化、体育和娱乐业"),
    "S": _("公共管理、社会保障和社会组织"),
    "T": _("国际组织"),
}


def region_name(code: str) -> str:
    """The province of an administrative code; empty when it is unknown."""
    return str(PROVINCES.get(code[:2], ""))


def industry_name(code: str) -> str:
    """The section of an industry code (``C`` or ``C38``); empty when it is unknown."""
    return str(INDUSTRIES.get(code[:1].upper(), ""))
