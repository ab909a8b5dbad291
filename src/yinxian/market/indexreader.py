"""The process that reads listings and makes their tokens, for the one that builds the index (see indextexts)."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any

import django
from django.conf import settings

from yinxian.kernel import clock
from yinxian.kernel.helpers import answer
from yinxian.kernel.tokenisers import with_streams


def work() -> None:
    """Answers [kind, after, last, moment] with [kind, [[pk, facets, public tokens, network tokens], …]]."""
    settings.DATABASES["default"]["NAME"] = sys.argv[2]
    django.setup()
    from .indextexts import Parties, part  # noqa: PLC0415  # models: not before the line above

    parties = Parties()

    def read(asked: list[Any]) -> list[Any]:
        kind, after, last, moment = asked
        with clock.at(dt.datetime.fromisoformat(moment)):
            texts = part(kind, after, last, parties)
        return [kind, [[text.pk, text.facets, *streams] for text, streams in with_streams(texts)]]

    answer(read)
