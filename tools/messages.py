"""Catalogues of messages, without gettext's programs: `python -m tools.messages extract|check|compile [app ...]`.

Chinese is the source language; each app has one English catalogue. Templates go through Django's
``templatize`` and then, like Python files, through Babel's extractor.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "yinxian"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def apps(names: list[str]) -> list[Path]:
    return [PACKAGE / name for name in names] or sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))


def catalogue_path(app: Path) -> Path:
    return app / "locale" / "en" / "LC_MESSAGES" / "django.po"


def found_in(app: Path) -> dict[tuple[str | None, str], polib.POEntry]:
    """Every message of an app, with the files it stands in."""
    found: dict[tuple[str | None, str], polib.POEntry] = {}
    for path in sorted([*app.rglob("*.py"), *app.rglob("templates/**/*.html"), *app.rglob("templates/**/*.txt")]):
        text = path.read_text(encoding="utf-8")
        source = text
        if path.suffix != ".py":  # an indented template is not an indented program
            source = "\n".join(line.strip() for line in templatize(text).splitlines())
        for _line, message, _comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
            single, plural = message if isinstance(message, tuple) else (message, "")
            entry = found.setdefault((context, single), polib.POEntry(msgid=single, msgctxt=context))
            if plural:
                entry.msgid_plural = plural
                entry.msgstr_plural = entry.msgstr_plural or {0: "", 1: ""}
            place = (str(path.relative_to(PACKAGE)), "")
            if place not in entry.occurrences:
                entry.occurrences.append(place)
    return found


def extract_app(app: Path) -> None:
    """Bring the catalogue up to date: new messages empty, translations kept, what is gone removed."""
    path, found = catalogue_path(app), found_in(app)
    if not found:
        return
    old = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    made = polib.POFile(wrapwidth=0)
    made.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "en",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for key, entry in sorted(found.items(), key=lambda item: (item[1].occurrences[0][0], item[0][1])):
        if key in old:
            entry.msgstr = old[key].msgstr
            if entry.msgid_plural:
                entry.msgstr_plural = old[key].msgstr_plural or entry.msgstr_plural
        made.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    made.save(str(path))
    empty = [entry for entry in made if not _translated(entry)]
    print(f"{app.name}: {len(made)} messages, {len(empty)} without English")


def _translated(entry: polib.POEntry) -> bool:
    return all(entry.msgstr_plural.values()) if entry.msgid_plural else bool(entry.msgstr)


def check_app(app: Path) -> list[str]:
    """What is wrong with a catalogue: missing, left over, without English, placeholders that differ."""
    found, path = found_in(app), catalogue_path(app)
    if not found:
        return []
    if not path.exists():
        return [f"{app.name}: no English catalogue ({len(found)} messages)"]
    entries = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path))}
    wrong = [f"{app.name}: not collected: {key[1]!r}" for key in found.keys() - entries.keys()]
    wrong += [f"{app.name}: left over: {key[1]!r}" for key in entries.keys() - found.keys()]
    for entry in entries.values():
        if not _translated(entry):
            wrong.append(f"{app.name}: without English: {entry.msgid!r}")
        elif _placeholders(entry.msgid) != _placeholders(entry.msgstr or entry.msgstr_plural[1]):
            wrong.append(f"{app.name}: placeholders differ: {entry.msgid!r}")
    return wrong


def _placeholders(text: str) -> set[str]:
    return {part.split(")")[0] for part in text.split("%(")[1:]}


def main(command: str, *names: str) -> int:
    chosen = apps(list(names))
    if command == "extract":
        for app in chosen:
            extract_app(app)
    elif command == "check":
        wrong = [line for app in chosen for line in check_app(app)]
        print("\n".join(wrong) or "messages: complete in both languages")
        return bool(wrong)
    elif command == "compile":
        for path in filter(Path.exists, map(catalogue_path, chosen)):
            polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or ["help"])))
