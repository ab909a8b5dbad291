from yinxian.kernel.apps import HouseApp


class LandingConfig(HouseApp):
    default = True
    name = "yinxian.landing"
    label = "landing"
