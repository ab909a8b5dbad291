from yinxian.kernel.apps import HouseApp


class NotificationsConfig(HouseApp):
    default = True
    name = "yinxian.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Pages show how many notices are unread, which the journal does not know."""
        super().ready()
        from yinxian.journal.pages import depends_on  # noqa: PLC0415  models are loaded only now

        from .queries.notices import unread_count  # noqa: PLC0415

        depends_on(lambda request: unread_count(request.user) if request.user.is_authenticated else 0)
