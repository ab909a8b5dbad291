from yinxian.kernel.apps import HouseApp


class NotificationsConfig(HouseApp):
    default = True
    name = "yinxian.notifications"
    label = "notifications"
