from yinxian.kernel.apps import HouseApp


class PortalConfig(HouseApp):
    default = True
    name = "yinxian.portal"
    label = "portal"
