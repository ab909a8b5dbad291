"""A real HTTP server on loopback that answers as a chat API does, or misbehaves in a named way."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

GOOD: dict[str, Any] = {
    "title": "滤袋",
    "problem": "滤袋三个月就破",
    "scene": "水泥窑",
    "tried": "",
    "target": "寿命不低于1年",
    "background": "",
    "indicators": [
        {"name": "滤袋寿命", "op": ">=", "low": 1, "high": None, "unit": "年", "quote": "寿命≥1年"},
        {"name": "粉尘浓度", "op": "<=", "low": None, "high": 10, "unit": "mg/m³", "quote": "粉尘≤10mg/m³"},
    ],
    "constraints": [],
    "budget": {"low": 500000, "high": 500000},
    "duration_months": 6,
    "modes": ["development"],
    "keywords": ["滤袋", "除尘"],
    "questions": ["现在用的是什么材质的滤袋？"],
}


class Model:
    """``mode`` says how the next questions are answered; ``asked`` keeps what came."""

    def __init__(self) -> None:
        self.mode = "good"
        self.answer: Any = GOOD
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.released = threading.Event()  # lets a server that holds its answer go at the end of the test
        self.url = ""


@contextmanager
def serve(model: Model) -> Iterator[Model]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            model.asked.append({"path": self.path, **json.loads(body)})
            model.keys.append(self.headers.get("Authorization", ""))
            with suppress(BrokenPipeError, ConnectionResetError):  # the client went away, which is what is tried
                getattr(self, f"answer_{model.mode}")()

        do_GET = do_POST

        def _send(self, body: bytes, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _say(self, content: Any, **more: Any) -> None:
            text = content if isinstance(content, str) or content is None else json.dumps(content, ensure_ascii=False)
            choice = {"message": {"role": "assistant", "content": text, **more.pop("message", {})}, **more}
            self._send(json.dumps({"choices": [choice]}).encode())

        def answer_good(self) -> None:
            self._say(model.answer, finish_reason="stop")

        def answer_fenced(self) -> None:
            self._say("```json\n" + json.dumps(model.answer) + "\n```")

        def answer_silent(self) -> None:
            model.released.wait(20)

        def answer_dripping(self) -> None:
            self.send_response(200)
            self.end_headers()
            while not model.released.wait(0.05):
                self.wfile.write(b" ")
                self.wfile.flush()

        def answer_status(self) -> None:
            self._send(b'{"error": "overloaded"}', 503)

        def answer_elsewhere(self) -> None:
            self.send_response(302)
            self.send_header("Location", f"{model.url}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def answer_html(self) -> None:
            self._send(b"<html>gateway</html>")

        def answer_half(self) -> None:
            self._send(b'{"choices": [{"message": {"content": "{\\"title')

        def answer_broken_off(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "5000")
            self.end_headers()
            self.wfile.write(b'{"choices"')
            self.close_connection = True

        def answer_prose(self) -> None:
            self._say("好的，以下是需求书：……")

        def answer_list(self) -> None:
            self._say("[1, 2]")

        def answer_no_choices(self) -> None:
            self._send(b'{"choices": []}')

        def answer_odd_shape(self) -> None:
            self._send(b'{"choices": {"0": null}}')

        def answer_refused(self) -> None:
            self._say(None, message={"refusal": "I cannot help with that."})

        def answer_filtered(self) -> None:
            self._say("", finish_reason="content_filter")

        def answer_empty(self) -> None:
            self._say("")

        def answer_cut(self) -> None:
            self._say('{"title": "a', finish_reason="length")

        def answer_huge(self) -> None:
            self.send_response(200)
            self.end_headers()
            for _ in range(4_000):
                self.wfile.write(b"x" * 65_536)

        def answer_deep(self) -> None:
            self._say("[" * 100_000)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        model.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
