from functools import lru_cache
from pathlib import Path

from django.conf import settings

from yinxian.kernel import thesaurus
from yinxian.kernel.apps import HouseApp


@lru_cache(maxsize=4)
def _own_concepts(data: Path | str) -> Path:
    """Where the installation's own concepts lie; asked for many times a brief."""
    return Path(data) / "thesaurus" / "own.txt"


class MatchingConfig(HouseApp):
    default = True
    name = "yinxian.matching"
    label = "matching"

    def ready(self) -> None:
        """From now on the associations' own concepts belong to the book, in every process."""
        super().ready()
        thesaurus.extra_from(lambda: _own_concepts(settings.YINXIAN_DATA))
