"""A company's words as they come: typed, in a file, or both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from yinxian.network.models import User

from ..intake.files import read_words
from ..intake.words import LIMIT
from ..models import Need
from .briefs import submit_need


@dataclass(frozen=True)
class TakenIn:
    """``cut``: the file holds more words than are read; it is kept whole."""

    need: Need
    cut: bool = False


def take_in(
    *,
    owner_id: int,
    actor: User,
    typed: str,
    file: UploadedFile[Any] | None = None,
    title: str = "",
    values: Mapping[str, Any] | None = None,
) -> TakenIn:
    """The words typed, then those of the file. Invalid with the reason when the file cannot be read."""
    words, cut = typed, False
    if file is not None:
        read = read_words(file.read(), file.name or "", field="raw_file")
        words = f"{words}\n\n{read}" if words.strip() else read
        cut = len(read) == LIMIT
        file.seek(0)
    need = submit_need(owner_id=owner_id, actor=actor, raw_words=words, title=title, values=values, raw_file=file)
    return TakenIn(need, cut)
