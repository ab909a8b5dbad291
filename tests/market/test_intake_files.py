"""Words out of files: every kind that people hand in, and every way in which one can be broken."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook
from pypdf import PdfWriter

from yinxian.kernel.errors import Invalid
from yinxian.market.intake.files import read_words

WORDS = "滤袋三个月就破，希望一年不破。"


def docx(text: str) -> bytes:
    document, file = Document(), io.BytesIO()
    document.add_paragraph(text)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "预算", "50万元"
    document.save(file)
    return file.getvalue()


def xlsx(rows: Iterable[Iterable[object]]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(list(row))
    book.save(file)
    return file.getvalue()


def empty_pdf(password: str = "") -> bytes:
    writer, file = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password)
    writer.write(file)
    return file.getvalue()


def text_pdf(text: str) -> bytes:
    """The smallest PDF with a line of Latin text."""
    stream = f"BT /F1 12 Tf 10 50 Td ({text}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 100] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    xref = len(out)
    head = b"xref\n0 5\n0000000000 65535 f \n"
    return out + head + table + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % xref


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_plain_text_is_read_in_the_encodings_people_have(encoding: str) -> None:
    assert read_words(WORDS.encode(encoding), "需求.txt") == WORDS


def test_word_with_a_table() -> None:
    read = read_words(docx(WORDS), "需求.docx")
    assert WORDS in read and "预算：50万元" in read


def test_a_sheet_of_labels_and_a_sheet_of_one_row() -> None:
    assert read_words(xlsx([["名称", "除尘"], ["预算", 50]]), "a.xlsx") == "名称：除尘\n预算：50"
    assert read_words(xlsx([["名称", "内容", "预算"], ["除尘", WORDS, "50万"]]), "a.xlsx").startswith(
        "名称：除尘\n内容："
    )


def test_a_sheet_of_many_needs_is_sent_to_the_importer() -> None:
    with pytest.raises(Invalid) as refused:
        read_words(xlsx([["名称", "内容", "预算"], *(["a", "b", "c"] for _ in range(3))]), "a.xlsx")
    assert refused.value.code == "market.file_many_needs"


def test_a_pdf_with_text() -> None:
    assert "dust filter" in read_words(text_pdf("dust filter"), "a.pdf")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "kernel.empty_file"),
        (b"   \n ", "market.file_without_words"),
        (b"\x7fELF\x00\x01" * 100, "market.file_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "market.file_kind"),
        (b"PK\x03\x04 broken", "market.file_damaged"),
        (b"%PDF-1.7 broken", "market.file_damaged"),
        (empty_pdf(), "market.file_without_words"),
        (empty_pdf("secret"), "market.file_encrypted"),
    ],
    ids=["empty", "blank", "binary", "old word", "damaged zip", "damaged pdf", "pictures only", "encrypted"],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_words(data, "file")
    assert refused.value.code == code
    assert "没有" in refused.value.sentence


def test_a_file_beyond_the_limit_is_not_even_opened(settings: Any) -> None:
    settings.YINXIAN_UPLOAD_BYTES = 100
    with pytest.raises(Invalid) as refused:
        read_words(b"a" * 101, "a.txt")
    assert refused.value.code == "kernel.too_large"


def test_a_zip_that_unfolds_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yinxian.market.intake.files.UNPACKED", 1_000)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "0" * 5_000)
    with pytest.raises(Invalid):
        read_words(file.getvalue(), "a.docx")
