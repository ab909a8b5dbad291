"""One question to the endpoint, one answer or the reason why there is none."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

LARGEST = 512 * 1024  # bytes of an answer
PIECE = 16 * 1024
DEEPEST = 60  # brackets inside one another


class NoAnswer(Exception):
    """Why there is no usable answer; the codes are those of draft.PROBLEMS."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail[:120]


class _Stay(urllib.request.HTTPRedirectHandler):
    """The address is configuration: an answer that points elsewhere is not followed."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def address() -> str:
    """Where to post. Only what the settings say, only http and https."""
    base = settings.YINXIAN_MODEL_URL.rstrip("/")
    parts = urlsplit(base)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NoAnswer("unreachable", "YINXIAN_MODEL_URL")
    return f"{base}/chat/completions"


def ask(messages: list[dict[str, str]], schema: dict[str, Any]) -> dict[str, Any]:
    """The JSON object that the model answers with. NoAnswer for everything else; the time is that of the whole
    exchange, not of each piece."""
    body = {
        "model": settings.YINXIAN_MODEL_NAME,
        "temperature": 0,
        "messages": messages,
        "response_format": {"type": "json_schema", "json_schema": {"name": "brief", "strict": True, "schema": schema}},
    }
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if settings.YINXIAN_MODEL_KEY:
        headers["Authorization"] = f"Bearer {settings.YINXIAN_MODEL_KEY}"
    request = urllib.request.Request(address(), data=json.dumps(body).encode(), headers=headers)
    return read_choice(_exchange(request))


def _exchange(request: urllib.request.Request) -> bytes:
    until = time.monotonic() + settings.YINXIAN_MODEL_SECONDS
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=settings.YINXIAN_MODEL_SECONDS) as answer:
            pieces, size = [], 0
            while piece := answer.read1(PIECE):
                pieces.append(piece)
                size += len(piece)
                if size > LARGEST:
                    raise NoAnswer("too_large")
                if time.monotonic() > until:
                    raise NoAnswer("timeout")
    except urllib.error.HTTPError as error:
        error.close()
        raise NoAnswer("status", str(error.code)) from error
    except TimeoutError as error:
        raise NoAnswer("timeout") from error
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        late = isinstance(getattr(error, "reason", None), TimeoutError)
        raise NoAnswer("timeout" if late else "unreachable", type(error).__name__) from error
    return b"".join(pieces)


def read_choice(body: bytes) -> dict[str, Any]:
    """The object inside an answer of the chat API."""
    whole = _object(body.decode("utf-8", "replace"))
    try:
        choice = whole["choices"][0]
        message = choice["message"]
        content, refusal = message.get("content"), message.get("refusal")
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise NoAnswer("wrong_shape") from error
    if refusal or choice.get("finish_reason") == "content_filter":
        raise NoAnswer("refused")
    if choice.get("finish_reason") == "length":
        raise NoAnswer("cut_off")
    if not isinstance(content, str) or not content.strip():
        raise NoAnswer("refused")
    return _object(content.strip().removeprefix("```json").removeprefix("```").removesuffix("```"))


def _object(text: str) -> dict[str, Any]:
    if _depth(text) > DEEPEST:
        raise NoAnswer("not_json")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NoAnswer("not_json") from error
    if not isinstance(found, dict):
        raise NoAnswer("wrong_shape")
    return found


def _depth(text: str) -> int:
    deepest = depth = 0
    for sign in text:
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest
