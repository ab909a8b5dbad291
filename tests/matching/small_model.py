"""What the tests of dense vectors ask: a small real model made here as sentence-transformers keeps it, and an endpoint
that answers well or misbehaves as its address says."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest


def make_model(place: Path, texts: Sequence[str], *, characters: bool = False) -> Path:
    """Static embeddings: words (or characters) beside each other in these texts get alike vectors (SVD of what stands
    together)."""
    model2vec = pytest.importorskip("model2vec")
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers

    words = sorted({word for text in texts for word in (text if characters else text.split())})
    beside = np.array([[sum(a in text and b in text for text in texts) for b in words] for a in words], dtype=float)
    vectors = np.linalg.svd(beside)[0][:, :4] * np.sqrt(np.linalg.svd(beside)[1][:4])
    vocabulary = {"[UNK]": 0, "[PAD]": 1} | {word: place + 2 for place, word in enumerate(words)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    each = pre_tokenizers.Split(Regex("."), "isolated")
    tokenizer.pre_tokenizer = each if characters else pre_tokenizers.Whitespace()
    model = model2vec.StaticModel(np.vstack([np.zeros((2, 4)), vectors]).astype(np.float32), tokenizer)
    model.save_pretrained(place)
    return place


class Misbehaving(BaseHTTPRequestHandler):
    """Answers as the path says."""

    seen: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.seen.append(asked | {"key": self.headers.get("Authorization", "")})
        how, texts = self.path.split("/")[1], asked["input"]
        rows = [{"index": place, "embedding": [float(len(text)), 1.0]} for place, text in enumerate(texts)]
        topics = [[text.count("泵"), text.count("烟"), 0.1] for text in texts]
        answers: dict[str, Any] = {
            "well": {"data": rows[::-1]},
            "topics": {"data": [{"index": place, "embedding": row} for place, row in enumerate(topics)]},
            "few": {"data": rows[:-1]},
            "twice": {"data": [*rows[:-1], rows[0]]},
            "words": {"data": [{"index": 0, "embedding": "x"}, *rows[1:]]},
            "uneven": {"data": [{"index": 0, "embedding": [1.0]}, *rows[1:]]},
            "endless": {"data": [{"index": 0, "embedding": [float("inf"), 1.0]}, *rows[1:]]},
            "other": {"error": "no"},
            "list": [],
        }
        data = b"{not json" if how == "broken" else json.dumps(answers.get(how, {})).encode()
        self.send_response(500 if how == "error" else 200)
        self.send_header("Content-Length", str(len(data) + (100 if how == "cut" else 0)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Nothing is printed."""


@contextmanager
def serve() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Misbehaving) as made:
        threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{made.server_port}"
        made.shutdown()
