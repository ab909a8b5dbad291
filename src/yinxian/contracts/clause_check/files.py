"""The words of a draft that somebody hands in: Word, PDF with text, or plain text; in reading order, with notes.

A note says what the reader should know of how the file was read: ``tracked`` (changes read as accepted), ``macros``
(not run and not kept), ``cut`` (too long, the rest was not read).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from xml.etree import ElementTree

from yinxian.kernel import text as plain_text
from yinxian.kernel.errors import Invalid

from .draft import LONGEST

UNPACKED = 100 * 1024 * 1024  # bytes that a Word file may unfold to
PAGES = 5_000
READ_PAGES = 400
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OLD_WORD = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Words:
    text: str
    source: str
    notes: tuple[str, ...] = ()


def read_draft(data: bytes, name: str = "") -> Words:
    """Invalid with the reason when the file is empty, of another kind, locked, damaged, or holds no words."""
    if not data:
        raise Invalid("kernel.empty_file", field="file")
    if data.startswith(OLD_WORD):
        raise Invalid("contracts.draft_old_word", field="file")
    try:
        words = _read(data)
    except Invalid:
        raise
    except Exception as error:  # whatever a parser raises on a damaged file
        raise Invalid("contracts.draft_damaged", field="file") from error
    text = plain_text.clean(words.text)
    if len(re.sub(r"\s", "", text)) < 4:
        raise Invalid("contracts.draft_without_words", field="file")
    return Words(text[: LONGEST + 1], words.source, words.notes)


def _read(data: bytes) -> Words:
    if b"%PDF-" in data[:1024]:
        return _pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _word(data)
    return Words(_plain(data), "txt")


def _plain(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    head = data[:4096]
    if b"\x00" in head or sum(1 for byte in head if byte < 9 or 13 < byte < 32) * 20 > len(head):
        raise Invalid("contracts.draft_kind", field="file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    if text.count("\ufffd") * 20 > len(text):
        raise Invalid("contracts.draft_kind", field="file")
    return text


def _word(data: bytes) -> Words:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part.filename: part for part in archive.infolist()}
        main = parts.get("word/document.xml")
        if main is None:
            raise Invalid("contracts.draft_kind", field="file")
        if sum(part.file_size for part in parts.values()) > UNPACKED:
            raise Invalid("contracts.draft_too_long", field="file", limit=PAGES)
        notes = ["macros"] if any(name.lower().endswith("vbaproject.bin") for name in parts) else []
        with archive.open(main) as file:
            if b"<!DOCTYPE" in file.read(2000):
                raise Invalid("contracts.draft_damaged", field="file")
        with archive.open(main) as file:
            text, tracked, cut = _paragraphs(file)
    return Words(text, "docx", (*notes, *(["tracked"] if tracked else []), *(["cut"] if cut else [])))


def _paragraphs(file: IO[bytes]) -> tuple[str, bool, bool]:
    """Paragraphs in reading order, cells of a row joined; what was deleted under tracking is left out."""
    lines: list[str] = []
    line: list[str] = []
    gone = rows = length = 0
    tracked = False
    for event, element in ElementTree.iterparse(file, events=("start", "end")):
        name = element.tag.removeprefix(W)
        if name in ("del", "moveFrom", "ins", "moveTo"):
            tracked = True
        if name in ("del", "moveFrom"):
            gone += 1 if event == "start" else -1
        elif name == "tr":
            rows += 1 if event == "start" else -1
            if event == "end":
                lines.append(re.sub("\t+$", "", "".join(line)))
                line = []
        elif event == "end":
            if name == "t" and not gone:
                line.append(element.text or "")
            elif name in ("tab", "tc"):
                line.append("\t")
            elif name in ("br", "cr"):
                line.append("\n")
            elif name == "p":
                if rows:
                    line.append(" ")
                else:
                    lines.append("".join(line))
                    length += len(lines[-1])
                    line = []
                element.clear()
        if length > LONGEST:
            return "\n".join(lines), tracked, True
    return "\n".join([*lines, "".join(line)]).rstrip(), tracked, False


def _pdf(data: bytes) -> Words:
    from pypdf import PdfReader  # noqa: PLC0415  # heavy, and only for PDF files

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Invalid("contracts.draft_locked", field="file")
    if len(reader.pages) > PAGES:
        raise Invalid("contracts.draft_too_long", field="file", limit=PAGES)
    lines: list[str] = []
    length = 0
    cut = len(reader.pages) > READ_PAGES
    for page in reader.pages[:READ_PAGES]:
        lines += page.extract_text().splitlines()
        length += sum(map(len, lines[-200:]))
        if length > LONGEST * 2:
            cut = True
            break
    return Words("\n".join(_joined(lines)), "pdf", ("cut",) if cut else ())


ENDS = re.compile(r"[。；;：:！？!?）)]\s*$")
BEGINS = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百\d]+条|[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d{1,2}(?:\.\d{1,2})*[、.．\s]|[甲乙丙]方|签订)"
)


def _joined(lines: list[str]) -> Iterator[str]:
    """A line of a PDF ends where the paper does: join it to the next unless the sentence ends or an article begins."""
    kept = ""
    for line in (line.strip() for line in lines):
        if kept and (not line or len(kept) < 18 or ENDS.search(kept) or BEGINS.match(line)):
            yield kept
            kept = line
        else:
            kept += line
    yield kept
