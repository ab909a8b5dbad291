"""A field of state with a table of the transitions that are allowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db import models

from .errors import Conflict


class Stateful(models.Model):
    """``NEXT`` names, for each state, the states that may follow; everything else is a Conflict.

    ``CODE`` is the refusal's code; its sentence may use ``%(state)s`` (the present state's label)
    and ``%(wanted)s``.
    """

    NEXT: ClassVar[Mapping[str, Sequence[str]]] = {}
    CODE: ClassVar[str] = "kernel.state"

    state: Any

    class Meta:
        abstract = True

    def can_move_to(self, state: str) -> bool:
        return state in self.NEXT.get(self.state, ())

    def move_to(self, state: str) -> None:
        """Set the state, or raise Conflict when ``NEXT`` does not allow it. Does not save."""
        if not self.can_move_to(state):
            labels = dict(self._meta.get_field("state").flatchoices)  # type: ignore[union-attr]  # a CharField
            raise Conflict(self.CODE, state=labels.get(self.state, self.state), wanted=labels.get(state, state))
        self.state = state
