"""The dense model of this installation, where there is one: what it finds near, and whether its vectors are complete.

A model that cannot be asked is left alone for a while: the match goes on by words and says so.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext

from yinxian.journal.queries.entries import last_position
from yinxian.market.indextexts import in_database

from ..engine.dense import Encoder, Endpoint, NoModel, encoder_at
from ..engine.vectors import Vectors
from ..engine.wanted import Wanted

if TYPE_CHECKING:
    import numpy as np

OFF, USED, WITHOUT = "off", "used", "without"
ALONE = 30.0  # seconds that a model is left alone after a failure
NEIGHBOURS = 10  # texts that no word brings up and that the model finds nearest
OTHER_LENGTH = "the model's vectors have another length than those kept"
OUTDATED = "outdated"  # told to the worker by whoever finds that another model answers
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Model:
    """What the settings say. ``mark`` tells one model's vectors from another's."""

    place: str
    name: str
    key: str
    seconds: float
    mark: str


def model_given() -> Model | None:
    place = settings.YINXIAN_DENSE
    if not place:
        return None
    mark = hashlib.sha256(f"{place}\n{settings.YINXIAN_DENSE_MODEL}\n{_state_of(place)}".encode()).hexdigest()[:16]
    return Model(place, settings.YINXIAN_DENSE_MODEL, settings.YINXIAN_DENSE_KEY, settings.YINXIAN_DENSE_SECONDS, mark)


def _state_of(place: str) -> str:
    """Of a folder, its files: another model under the same name is another model."""
    if place.startswith(("http://", "https://")) or not (folder := Path(place)).is_dir():
        return ""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return "\n".join(f"{path.name} {(stat := path.stat()).st_size} {stat.st_mtime_ns}" for path in files)


@cache
def _vectors_at(path: Path) -> Vectors:
    return Vectors(path)


def folder() -> Path:
    return Path(settings.YINXIAN_DATA) / "index" / "vectors"


def vectors_of(model: Model) -> Vectors:
    return _vectors_at(folder() / f"{model.mark}.sqlite3")


@lru_cache(maxsize=2)
def _encoder(model: Model) -> Encoder:
    return encoder_at(model.place, model=model.name, key=model.key)


def encoder_of(model: Model, *, hurry: bool) -> Encoder:
    """``hurry``: somebody is waiting for a page. NoModel when there is none."""
    if hurry and model.place.startswith(("http://", "https://")):
        return Endpoint(model.place, model=model.name, key=model.key, seconds=model.seconds)
    return _encoder(model)


@dataclass
class Fault:
    """Why the model could not be asked, and until when it is left alone."""

    said: str = ""
    until: float = 0.0


@cache
def fault_of(mark: str) -> Fault:
    return Fault()


def failed(model: Model, error: NoModel) -> None:
    fault = fault_of(model.mark)
    fault.said, fault.until = str(error), time.monotonic() + ALONE
    logger.warning("the dense model cannot be used, matches go on by words: %s", error)


def left_alone(model: Model) -> bool:
    return time.monotonic() < fault_of(model.mark).until


@lru_cache(maxsize=256)
def _asked(model: Model, text: str) -> np.ndarray[Any, Any]:
    row: np.ndarray[Any, Any] = encoder_of(model, hurry=True).encode([text])[0]
    return row


@dataclass(frozen=True)
class Likeness:
    """``of`` is the likeness by primary key, of what has a vector; ``said`` whether the model was used."""

    said: str = OFF
    of: dict[int, float] = field(default_factory=dict)


def likeness(wanted: Wanted, kind: str, pks: Sequence[int], *, widen: bool) -> Likeness:
    """How near the model finds these; with ``widen`` also what it finds nearest of all."""
    model = model_given()
    if model is None:
        return Likeness()
    if left_alone(model) or not vectors_of(model).exists():
        return Likeness(WITHOUT)
    vectors = vectors_of(model)
    try:
        row = _asked(model, "\n".join(wanted.core) or wanted.text)
        rows = vectors.of(kind, pks)
        if any(len(one) != len(row) for one in rows.values()):
            vectors.tell(OUTDATED, "yes")
            raise NoModel(OTHER_LENGTH)
        found = {pk: float(one @ row) for pk, one in rows.items()}
        if widen:
            found |= dict(vectors.nearest(kind, row, NEIGHBOURS))
    except NoModel as error:
        failed(model, error)
        return Likeness(WITHOUT)
    fault_of(model.mark).said = ""
    return Likeness(USED if found or not pks else WITHOUT, found)


def why_without() -> str:
    """Why this process's matches go without the model that is given; empty when they need not."""
    model = model_given()
    if model is None:
        return ""
    return fault_of(model.mark).said or ("" if vectors_of(model).exists() else gettext("向量还没有算好"))


@dataclass(frozen=True)
class Standing:
    """``have`` of ``listed`` texts have a vector, ``waiting`` wait for one; ``noted`` when the journal was read to its
    end; ``fault`` is why the model cannot be asked now."""

    given: bool = False
    have: int = 0
    listed: int = 0
    waiting: int = 0
    noted: bool = False
    fault: str = ""

    @property
    def up_to_date(self) -> bool:
        return not self.given or (self.noted and not self.waiting)


def standing() -> Standing:
    """Of the vectors as they are. The model is asked for one, so that a silent one is found out here."""
    model = model_given()
    if model is None:
        return Standing()
    fault, vectors, length = "", vectors_of(model), 0
    try:
        length = encoder_of(model, hurry=True).encode(["引线"]).shape[1]
    except NoModel as error:
        fault = str(error)
    if not vectors.exists():
        return Standing(True, listed=(every := in_database()), waiting=every, fault=fault)
    if length and vectors.told("length") not in ("", str(length)):
        fault = OTHER_LENGTH
        vectors.tell(OUTDATED, "yes")
    have, waiting = vectors.counted()
    return Standing(True, have, in_database(), waiting, vectors.told("position") == str(last_position()), fault)
