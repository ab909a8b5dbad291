"""A program for ``helpers.on_all_processors``: answers each message with itself and its own process."""

import os
from typing import Any

from yinxian.kernel.helpers import answer


def work() -> None:
    def same(message: Any) -> Any:
        if message == "die":
            os._exit(1)
        return [message, os.getpid()]

    answer(same)
