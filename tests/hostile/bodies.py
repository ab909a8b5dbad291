"""Bad input of every kind, and the forms that a page holds, so that each form can be sent with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote

MARK = "<script>hostile()</script>"
MIXED = (
    f"{MARK}\"><img src=x onerror=hostile()> '; DROP TABLE network_user;-- {{{{ 7*7 }}}} %s %(x)s "
    "🧪👩\u200d🔬\u200b\u202etxt\u202c\ufeff"
)
LONG = "长" * 200_000
FIGURES = ("-1", "0", "1" + "0" * 30, "NaN", "Infinity", "1e400", "٣")
DATES = ("0001-01-01", "9999-12-31", "2020-02-30", "昨天")
TEXTS = {"empty": "", "one": "a", "long": LONG, "mixed": MIXED, "nul": "a\x00b", "surrogate": "a\ud800b"}
SENSIBLE = {"number": "1", "date": "2099-03-04", "datetime-local": "2099-03-04T10:00", "email": "a@example.org"}


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""

    @property
    def figure(self) -> bool:
        return self.kind in ("number", "decimal", "numeric")

    @property
    def date(self) -> bool:
        return self.kind in ("date", "datetime-local")

    @property
    def text(self) -> bool:
        return self.kind in ("text", "textarea", "search", "tel", "email", "url")

    @property
    def sensible(self) -> str:
        return self.value or SENSIBLE.get(self.kind) or ("1" if self.figure else "甲乙")


@dataclass
class PageForm:
    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    def bodies(self) -> dict[str, list[tuple[str, str]]]:
        """One body a kind of badness; the fields that it does not touch say something sensible."""
        made = {kind: self._fill(text=text) for kind, text in TEXTS.items()}
        made["all mixed"] = [(one.name, MIXED) for one in self.fields]
        made["nothing"] = []
        if any(one.figure for one in self.fields):
            made |= {f"figure {value}": self._fill(figure=value) for value in FIGURES}
        if any(one.date for one in self.fields):
            made |= {f"date {value}": self._fill(date=value) for value in DATES}
        return made

    def sensible(self) -> list[tuple[str, str]]:
        """What a reader who means well sends."""
        return self._fill()

    def _fill(
        self, *, text: str | None = None, figure: str | None = None, date: str | None = None
    ) -> list[tuple[str, str]]:
        given = []
        for one in self.fields:
            bad = figure if one.figure else date if one.date else text if one.text else None
            if one.kind == "datetime-local" and bad:
                bad += "T10:00"
            given.append((one.name, one.sensible if bad is None else bad))
        return given


class Forms(HTMLParser):
    """The forms of a page with what a browser would send."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.found: list[PageForm] = []
        self.address, self._form, self._select, self._area = address, PageForm("", ""), None, None  # type: ignore[assignment]
        self._select: Field | None
        self._area: Field | None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            action = (given.get("action") or self.address).split("?")[0].split("#")[0]
            self._form = PageForm(action, given.get("method", "get").lower())
            self.found.append(self._form)
        elif tag == "option" and self._select is not None and ("selected" in given or not self._select.value):
            self._select.value = given.get("value", "")
        elif not name or name == "csrfmiddlewaretoken" or "disabled" in given:
            return
        elif tag == "select":
            self._select = Field(name, "select")
            self._form.fields.append(self._select)
        elif tag == "textarea":
            self._area = Field(name, "textarea")
            self._form.fields.append(self._area)
        elif tag == "input":
            self._input(name, given)

    def _input(self, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        kind = given["inputmode"] if kind == "text" and given.get("inputmode") in ("decimal", "numeric") else kind
        if kind in ("radio", "checkbox"):
            known = any(one.name == name for one in self._form.fields)
            if known or (kind == "checkbox" and name.endswith("DELETE")):
                return
        if kind not in ("file", "submit", "button", "image"):
            self._form.fields.append(Field(name, kind, given.get("value", "on" if kind == "checkbox" else "")))

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None


def encoded(pairs: list[tuple[str, str]]) -> str:
    """As a browser sends a form, and as no browser would: surrogates go as bytes that are not UTF-8."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def multipart(pairs: list[tuple[str, str]], boundary: str = "edge") -> bytes:
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        + value.encode("utf-8", "surrogatepass")
        + b"\r\n"
        for name, value in pairs
    ]
    return b"".join(parts) + f"--{boundary}--\r\n".encode()
