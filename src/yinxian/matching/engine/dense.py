"""Dense vectors, where somebody has a model: one small interface, two ways in, and the search over them.

``encoder_at`` takes a folder in the format of sentence-transformers, or the address of an OpenAI-compatible endpoint.
A folder of static embeddings is read by model2vec (no torch); any other needs sentence-transformers. Neither comes with
the product (extra ``dense``), and nothing is ever downloaded.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean, pstdev
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np

BATCH, SECONDS, LONGEST_ANSWER = 64, 30.0, 64 * 1024 * 1024
EXACT = 100_000  # vectors that numpy searches one by one; above, faiss
LONGEST = 4_000  # characters of a text that are sent


class NoModel(Exception):
    """The model cannot be used; the message says why, for people."""


class Encoder(Protocol):
    def encode(self, texts: Sequence[str]) -> np.ndarray[Any, Any]:
        """One row of length 1 for each text. NoModel when that cannot be had."""
        ...


def encoder_at(place: str, *, model: str = "", key: str = "") -> Encoder:
    """A folder by path, or an endpoint by http(s) address. NoModel when there is none."""
    if place.startswith(("http://", "https://")):
        return Endpoint(place, model=model, key=key)
    if not Path(place).is_dir():
        raise NoModel(f"there is no folder {place}")
    return Folder(Path(place))


def unit_rows(rows: Any, count: int) -> np.ndarray[Any, Any]:
    """Checked and brought to length 1; an all-zero row stays zero."""
    import numpy as np  # noqa: PLC0415  # only where there is a model

    try:
        matrix = np.asarray(rows, dtype=np.float32)
    except (TypeError, ValueError) as error:
        raise NoModel("the model's vectors are not numbers of one length") from error
    if matrix.ndim != 2 or matrix.shape[0] != count or (count and not matrix.shape[1]):
        raise NoModel(f"the model gave {matrix.shape} for {count} texts")
    if not np.isfinite(matrix).all():
        raise NoModel("the model's vectors are not finite")
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.where(lengths > 0, lengths, 1), dtype=np.float32)


class Folder:
    """A model of sentence-transformers in a folder."""

    def __init__(self, path: Path) -> None:
        self._model = _static(path) if _is_static(path) else _transformer(path)

    def encode(self, texts: Sequence[str]) -> np.ndarray[Any, Any]:
        return unit_rows(self._model.encode([text[:LONGEST] for text in texts]), len(texts))


def _is_static(path: Path) -> bool:
    try:
        modules = json.loads((path / "modules.json").read_text(encoding="utf-8"))
        return str(modules[0]["type"]).endswith("StaticEmbedding")
    except (OSError, ValueError, LookupError, TypeError):
        return False


def _static(path: Path) -> Any:
    try:
        from model2vec import StaticModel  # noqa: PLC0415  # optional
    except ImportError as error:
        raise NoModel("this folder wants model2vec: pip install 'yinxian[dense]'") from error
    try:
        return StaticModel.from_pretrained(path, force_download=False)
    except Exception as error:  # whatever a damaged folder makes the library raise is said as one thing
        raise NoModel(f"{path} cannot be read as a model: {error}") from error


def _transformer(path: Path) -> Any:
    try:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415  # optional, and large
    except ImportError as error:
        raise NoModel("this folder wants sentence-transformers: pip install sentence-transformers") from error
    try:
        return SentenceTransformer(str(path), device="cpu", local_files_only=True)
    except Exception as error:  # as above
        raise NoModel(f"{path} cannot be read as a model: {error}") from error


class Endpoint:
    """``POST {base}/embeddings`` as OpenAI has it, in batches. Whatever it answers is checked."""

    def __init__(self, base: str, *, model: str = "", key: str = "", seconds: float = SECONDS) -> None:
        self.base, self.model, self.key, self.seconds = base.rstrip("/"), model, key, seconds

    def encode(self, texts: Sequence[str]) -> np.ndarray[Any, Any]:
        rows: list[Any] = []
        for start in range(0, len(texts), BATCH):
            rows += self._ask([text[:LONGEST] or " " for text in texts[start : start + BATCH]])
        return unit_rows(rows if rows else [[]], len(texts)) if texts else unit_rows([[0.0]], 1)[:0]

    def _ask(self, texts: list[str]) -> list[Any]:
        body = json.dumps({"model": self.model, "input": texts}).encode()
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.key}"} if self.key else {})
        request = urllib.request.Request(f"{self.base}/embeddings", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=self.seconds) as answer:
                data = answer.read(LONGEST_ANSWER + 1)
        except urllib.error.HTTPError as error:
            raise NoModel(f"the endpoint says {error.code}") from error
        except (OSError, ValueError) as error:
            raise NoModel(f"the endpoint cannot be reached: {error}") from error
        return _vectors(data, len(texts))


def _vectors(data: bytes, count: int) -> list[Any]:
    """The vectors in the order of the texts, also when the answer has another."""
    if len(data) > LONGEST_ANSWER:
        raise NoModel("the endpoint's answer is too large")
    try:
        rows = {int(row["index"]): row["embedding"] for row in json.loads(data)["data"]}
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise NoModel("the endpoint's answer is not what OpenAI's has") from error
    if set(rows) != set(range(count)):
        raise NoModel(f"the endpoint gave {len(rows)} vectors for {count} texts")
    return [rows[place] for place in range(count)]


def _faiss() -> Any:
    try:
        import faiss  # noqa: PLC0415  # optional
    except ImportError as error:
        raise NoModel(f"more than {EXACT:,} texts want faiss: pip install 'yinxian[dense]'") from error
    return faiss


def _graph(faiss: Any, width: int) -> Any:
    made = faiss.IndexHNSWFlat(width, 32, faiss.METRIC_INNER_PRODUCT)
    made.hnsw.efConstruction, made.hnsw.efSearch = 80, 256
    return made


def graph_to(path: Path, rows: np.ndarray[Any, Any], keys: Sequence[int]) -> None:
    """A graph over the rows under these keys, in a file. NoModel without faiss."""
    import numpy as np  # noqa: PLC0415

    faiss = _faiss()
    made = faiss.IndexIDMap2(_graph(faiss, rows.shape[1]))
    made.add_with_ids(rows, np.asarray(keys, dtype=np.int64))
    part = path.with_suffix(".part")
    faiss.write_index(made, str(part))
    part.replace(path)


def graph_from(path: Path) -> Any:
    """A graph that was kept; NoModel when it cannot be read."""
    faiss = _faiss()
    try:
        return faiss.read_index(str(path))
    except RuntimeError as error:
        raise NoModel(f"{path.name} cannot be read") from error


def standing_out(likeness: Sequence[float]) -> list[float]:
    """How far each stands from the mean of all, in their spread, at most two either way."""
    spread, middle = pstdev(likeness) or 1.0, fmean(likeness)
    return [max(-2.0, min(2.0, (one - middle) / spread)) for one in likeness]


class Nearest:
    """Which rows are nearest: exact up to EXACT rows, by faiss above it."""

    def __init__(self, rows: np.ndarray[Any, Any], exact: int = EXACT) -> None:
        self.rows = rows
        self._faiss: Any = None
        if len(rows) > exact:
            faiss = _faiss()
            self._faiss = _graph(faiss, rows.shape[1])
            self._faiss.add(rows)

    def search(self, row: np.ndarray[Any, Any], most: int) -> list[tuple[int, float]]:
        """(place, likeness), best first."""
        import numpy as np  # noqa: PLC0415

        most = min(most, len(self.rows))
        if most < 1:
            return []
        if self._faiss is not None:
            likeness, places = self._faiss.search(row.reshape(1, -1), most)
            return [(int(p), float(s)) for p, s in zip(places[0], likeness[0], strict=True) if p >= 0]
        scores = self.rows @ row
        best = np.argpartition(-scores, most - 1)[:most]
        ordered = best[np.lexsort((best, -scores[best]))]
        return [(int(place), float(scores[place])) for place in ordered]
