"""Keeping the vectors in step with the market. No fact is recorded: they are a copy and can be made again."""

from __future__ import annotations

import hashlib

from yinxian.journal.queries.entries import entries_since, last_position
from yinxian.market import indexing, indextexts

from ..engine.dense import LONGEST, NoModel
from ..engine.vectors import Place, Vectors
from ..queries.dense import OUTDATED, Model, encoder_of, failed, folder, left_alone, model_given, vectors_of

STEP = 256  # texts a round, so that the worker's other duties come in between


def keep_vectors() -> int:
    """One step: note what the journal has since, and make the vectors of some that wait. How many were looked at.

    Without a model nothing is done; when it fails, what waits goes on waiting and is tried again in half a minute.
    """
    model = model_given()
    if model is None or left_alone(model):
        return 0
    vectors = vectors_of(model)
    try:
        encoder_of(model, hurry=False)
        _note(vectors)
        return _make(model, vectors) or vectors.keep_graphs(indextexts.KINDS)
    except NoModel as error:
        failed(model, error)
        return 0


def _note(vectors: Vectors) -> None:
    """Everything on the market at first, and after a restore of an older database; then what the journal is about."""
    if vectors.exists() and vectors.told(OUTDATED):
        vectors.forget()
    now, seen = last_position(), vectors.told("position") if vectors.exists() else ""
    if not seen or int(seen) > now:
        _drop_others(vectors)
        vectors.note(indextexts.places_listed(), now)
        return
    if int(seen) == now:
        return
    for entries in entries_since(int(seen), indexing.ENTRIES):
        vectors.note(indexing.changed_by(entries), int(seen))
    vectors.note((), now)


def _drop_others(vectors: Vectors) -> None:
    """Vectors of a model that is no longer the one in use."""
    if folder().is_dir():
        for path in folder().iterdir():
            if not path.name.startswith(vectors.path.stem):
                path.unlink(missing_ok=True)


def _make(model: Model, vectors: Vectors) -> int:
    """Vectors of the first that wait; words that have not changed want no other."""
    wanted = vectors.waiting(STEP)
    if not wanted:
        return 0
    texts = {(text.kind, text.pk): text.network[:LONGEST] for text in indextexts.texts_at(wanted)}
    digests = {place: hashlib.sha256(text.encode()).hexdigest() for place, text in texts.items()}
    there = vectors.digests(wanted)
    fresh: list[Place] = [place for place in texts if there.get(place) != digests[place]]
    rows = encoder_of(model, hurry=False).encode([texts[place] for place in fresh]) if fresh else ()
    made = [(place, digests[place], row) for place, row in zip(fresh, rows, strict=True)]
    vectors.put(made, [place for place in wanted if place not in texts and place in there], wanted)
    return len(wanted)
