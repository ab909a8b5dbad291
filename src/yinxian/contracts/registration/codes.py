"""Codes of the registration form. ``CHECKED`` says which lists stand in a published text; the others come from general
knowledge and are marked as unverified wherever they are shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NATURES = {
    "010": _("机关"),
    "021": _("科研事业单位"),
    "022": _("高等院校"),
    "023": _("医疗卫生事业单位"),
    "024": _("其他事业单位"),
    "030": _("社会团体"),
    "110": _("国有企业"),
    "120": _("集体企业"),
    "130": _("股份合作企业"),
    "140": _("联营企业"),
    "150": _("有限责任公司"),
    "160": _("股份有限公司"),
    "170": _("私营企业"),
    "180": _("其他内资企业"),
    "200": _("港澳台商投资企业"),
    "300": _("外商投资企业"),
    "400": _("境外机构"),
}
GOALS = {
    "01": _("环境保护、生态建设及污染防治"),
    "02": _("能源生产、分配和合理利用"),
    "03": _("卫生事业发展"),
    "04": _("教育事业发展"),
    "05": _("基础设施以及城市和农村规划"),
    "06": _("社会发展和社会服务"),
    "07": _("地球和大气层的探索与利用"),
    "08": _("民用空间探测及开发"),
    "09": _("农林牧渔业发展"),
    "10": _("促进工商业发展"),
    "11": _("非定向研究"),
    "12": _("其他民用目标"),
    "13": _("国防"),
}
RIGHTS = {
    "none": _("未涉及知识产权"),
    "know_how": _("技术秘密"),
    "invention": _("发明专利"),
    "utility": _("实用新型专利"),
    "design": _("外观设计专利"),
    "software": _("计算机软件著作权"),
    "plant": _("植物新品种"),
    "layout": _("集成电路布图设计"),
    "drug": _("生物、医药新品种"),
    "design_copyright": _("设计著作权"),
}
PAYMENTS = {
    "once": _("一次总付"),
    "instalments": _("分期支付"),
    "royalty": _("提成支付"),
    "entry_royalty": _("入门费加提成"),
}
SOURCES = {
    "none": _("计划外"),
    "national": _("国家计划"),
    "ministry": _("部门计划"),
    "province": _("省（自治区、直辖市）计划"),
    "city": _("地市及以下计划"),
}
CHECKED = frozenset({"nature"})
