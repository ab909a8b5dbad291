from collections.abc import Iterable, Sequence

from yinxian.kernel.apps import HouseApp


class DealsConfig(HouseApp):
    default = True
    name = "yinxian.deals"
    label = "deals"

    def ready(self) -> None:
        """A deal's money moves with its milestones only: the ledger releases it by no other way."""
        super().ready()
        from yinxian.settlement.operations.releases import RESERVED  # noqa: PLC0415  # models load after apps

        RESERVED.append(_of_deals)


def _of_deals(references: Sequence[str]) -> Iterable[str]:
    from .models import Deal  # noqa: PLC0415  # likewise

    return Deal.objects.filter(slug__in=set(references)).values_list("slug", flat=True)
