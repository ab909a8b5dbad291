"""Drafts as files: Word with changes, macros, tables; PDF; text; and what is no draft at all."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
import pytest

from yinxian.contracts.clause_check.files import UNPACKED, read_draft
from yinxian.contracts.clauses import latest
from yinxian.contracts.documents.pdf import pdf
from yinxian.contracts.queries.templates import sample
from yinxian.kernel.errors import Invalid

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def a_word(body: str, head: str = "", **more: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"{head}<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in more.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_tracked_changes_are_read_as_accepted_and_said_so() -> None:
    changed = (
        "<w:p><w:r><w:t>乙方</w:t></w:r><w:del><w:r><w:delText>应当尽力</w:delText><w:t>旧</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>保证研发成功</w:t></w:r></w:ins></w:p>"
    )
    read = read_draft(a_word(changed), "a.docx")
    assert read.text == "乙方保证研发成功" and read.notes == ("tracked",)


def test_macros_are_neither_run_nor_kept() -> None:
    read = read_draft(
        a_word(p("乙方保证研发成功"), word__vbaProject__bin=b"x", **{"word__vbaProject.bin": b"x"}), "a.docm"
    )
    assert read.notes == ("macros",) and read.text == "乙方保证研发成功"


def test_tables_keep_their_place_between_paragraphs() -> None:
    made = docx.Document()
    made.add_paragraph("第一条 价款")
    table = made.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "首付款", "30%"
    made.add_paragraph("第二条 验收")
    out = BytesIO()
    made.save(out)
    lines = [line for line in read_draft(out.getvalue()).text.split("\n") if line.strip()]
    assert [line.split()[0] for line in lines] == ["第一条", "首付款", "第二条"] and "30%" in lines[1]


@pytest.mark.parametrize("codec", ["utf-8", "gbk", "utf-8-sig", "utf-16"])
def test_text_comes_in_as_it_was_written(codec: str) -> None:
    assert read_draft("乙方保证研发成功".encode(codec), "a.txt").text == "乙方保证研发成功"


def test_a_pdf_of_ours_reads_as_sentences() -> None:
    read = read_draft(pdf(sample(latest("nda"))), "a.pdf")
    sentence = (
        "下列信息除外：已经公开的；接收方在披露之前已经合法知悉并能证明的；从有权披露的第三人处取得的；独立研究取得的。"
    )
    assert read.source == "pdf" and "第一条" in read.text and sentence in read.text.replace(" ", "")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "kernel.empty_file"),
        (b"\x7fELF\x02\x00" + bytes(range(256)) * 9, "contracts.draft_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "contracts.draft_old_word"),
        (b"PK\x03\x04" + b"0" * 600, "contracts.draft_damaged"),
        (b"%PDF-1.7\n" + b"0" * 600, "contracts.draft_damaged"),
        (b" \n ", "contracts.draft_without_words"),
    ],
)
def test_what_is_no_draft_is_told(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_draft(data, "a.docx")
    assert refusal.value.code == code


def test_a_document_with_entities_is_refused() -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(Invalid) as refusal:
        read_draft(a_word(p("&b;"), bomb), "a.docx")
    assert refusal.value.code == "contracts.draft_damaged"


def test_five_thousand_pages_are_cut_and_more_refused() -> None:
    read = read_draft(a_word(p("甲方应当按约定付款。" * 60) * 5_000), "a.docx")
    assert read.notes == ("cut",) and len(read.text) <= 200_001
    with pytest.raises(Invalid) as refusal:
        read_draft(a_word(p("甲方"), **{"word__media": b"0" * (UNPACKED + 1)}), "a.docx")
    assert refusal.value.code == "contracts.draft_too_long"


def test_a_pdf_of_more_than_five_thousand_pages_is_refused() -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(5_001):
        writer.add_blank_page(100, 100)
    out = BytesIO()
    writer.write(out)
    with pytest.raises(Invalid) as refusal:
        read_draft(out.getvalue(), "a.pdf")
    assert refusal.value.code == "contracts.draft_too_long"
