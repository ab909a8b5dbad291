from yinxian.kernel.apps import HouseApp


class NotificationsConfig(HouseApp):
    default = True
    name = "yinxian.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Pages show how many notices are unread, which the journal does not know."""
        super().ready()
        from yinxian.journal.pages import depends_on, reader_of  # noqa: PLC0415  models are loaded only now

        from .queries.notices import counting_unread  # noqa: PLC0415

        depends_on(lambda request: counting_unread(reader_of(request)))
