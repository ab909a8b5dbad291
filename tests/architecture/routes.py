"""Every address that the product answers: pages and API endpoints, with the methods that each takes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from yinxian.config.api import api

OTHERS = ("admin/", "accounts/", "static/", "api/v1/")
"""Django's admin and allauth are tried by their own projects; the API is listed from its own schema."""
PLACE = re.compile(r"[<{](?:\w+:)?(\w+)[>}]")


@dataclass(frozen=True)
class Route:
    """``address`` has <name> where a value belongs."""

    method: str
    address: str
    action: str
    body: str = ""

    @property
    def names(self) -> list[str]:
        return PLACE.findall(self.address)

    def path(self, values: dict[str, str]) -> str:
        return PLACE.sub(lambda found: values[found.group(1)], self.address)


def routes() -> list[Route]:
    pages = [route for pattern in get_resolver().url_patterns for route in _pages(pattern, "/", "")]
    return sorted([*pages, *_endpoints()], key=lambda route: (route.address, route.method))


def _pages(pattern: URLPattern | URLResolver, prefix: str, namespace: str) -> Iterator[Route]:
    part = str(pattern.pattern)
    if prefix == "/" and part.startswith(OTHERS):
        return
    if isinstance(pattern, URLResolver):
        for below in pattern.url_patterns:
            yield from _pages(below, prefix + part, pattern.namespace or namespace)
        return
    address = PLACE.sub(r"<\1>", prefix + part)
    action = f"{namespace}:{pattern.name}" if namespace else str(pattern.name)
    yield from (Route(method, address, action) for method in ("GET", "POST"))


def _endpoints() -> Iterator[Route]:
    schema = api.get_openapi_schema()
    for path, methods in schema["paths"].items():
        for method, said in methods.items():
            wanted = said.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            body = json.dumps(_example(wanted, schema["components"]["schemas"]))
            yield Route(
                method.upper(), PLACE.sub(r"<\1>", path), f"api:{said['operationId'].rsplit('_api_')[-1]}", body
            )


def _example(wanted: dict[str, Any], known: dict[str, Any]) -> Any:
    """The least that a schema accepts, so that a request gets as far as the question who may."""
    if "$ref" in wanted:
        return _example(known[wanted["$ref"].rsplit("/")[-1]], known)
    for choice in ("anyOf", "allOf"):
        if choice in wanted:
            return _example(wanted[choice][0], known)
    if "enum" in wanted:
        return wanted["enum"][0]
    if wanted.get("type") == "object":
        needed = wanted.get("required", [])
        return {name: _example(wanted["properties"][name], known) for name in needed}
    plain = {"string": "x", "integer": 1, "number": 1, "boolean": True, "array": []}
    formats = {"date": "2099-01-01", "date-time": "2099-01-01T00:00:00Z"}
    return formats.get(wanted.get("format", "")) or plain.get(wanted.get("type", ""), {})
