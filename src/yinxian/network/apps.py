from yinxian.kernel.apps import HouseApp
from yinxian.kernel.guards import guard

from .guards import GUARDS


class NetworkConfig(HouseApp):
    default = True
    name = "yinxian.network"
    label = "network"

    def ready(self) -> None:
        """A kept page ends with its reader's password, or when the person may no longer come in."""
        super().ready()
        guard(self, GUARDS)
        from yinxian.journal.pages import depends_on, reader_of  # noqa: PLC0415  models are loaded only now

        from .models import User  # noqa: PLC0415

        table = User._meta.db_table
        depends_on(
            lambda request: (f'SELECT password FROM "{table}" WHERE id = %s AND is_active', (reader_of(request),))
        )
