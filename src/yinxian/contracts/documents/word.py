"""A contract as Word: a docxtpl template, drawn once by python-docx, filled with the document."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "宋体"
HEADS = {
    "indicators": ("indicator", "requirement", "method"),
    "shares": ("member", "work", "share"),
    "payments": ("instalment", "condition", "due", "amount"),
}
GREY = RGBColor(0x66, 0x66, 0x66)
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def word(document: dict[str, Any]) -> bytes:
    """The document as .docx. Every value is escaped: markup that people typed stays text."""
    made = DocxTemplate(BytesIO(layout()))
    made.render(_clean(document), autoescape=True)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _clean(value: Any) -> Any:
    """Without the control characters that XML cannot hold."""
    if isinstance(value, str):
        return FORBIDDEN.sub("", value)
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list) else value


@cache
def layout() -> bytes:
    """The template that docxtpl fills: one paragraph or row for each kind of block."""
    drawn = Document()
    section = drawn.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = Cm(2.6)
    style = drawn.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.line_spacing = 1.5
    style.paragraph_format.space_after = Pt(3)
    _footer(section.footer.paragraphs[0])

    add = drawn.add_paragraph
    _line(add("{{ name }}"), size=20, bold=True, centred=True)
    _line(add("{{ title }}"), size=12, centred=True)
    _line(
        add(
            "{{ labels.number }}：{{ number }}　{{ labels.kind }}：{{ sub_kind }}"
            "{% if draft %}　（{{ labels.draft }}）{% endif %}"
        ),
        centred=True,
    )
    add("{%p for party in parties %}")
    _line(add("{{ party.role }}：{{ party.name }}"), bold=True)
    add("{{ labels.credit_code }}：{{ party.credit_code }}")
    add("{{ labels.address }}：{{ party.address }}")
    add("{{ labels.contact }}：{{ party.contact }}")
    add("{{ labels.bank_account }}：{{ party.bank_account }}")
    add("{%p endfor %}")
    add("{%p for line in preamble.split('\\n') %}")
    add("{{ line }}").paragraph_format.first_line_indent = Pt(21)
    add("{%p endfor %}")
    add("{%p for article in articles %}")
    heading = _line(add("{{ article.heading }}"), size=11.5, bold=True)
    heading.paragraph_format.space_before = Pt(10)
    heading.paragraph_format.keep_with_next = True
    add("{%p for block in article.blocks %}")
    add('{%p if block.kind == "sentence" %}')
    sentence = add("{{ block.label }}　{{ block.text }}").paragraph_format
    sentence.left_indent, sentence.first_line_indent = Pt(30), Pt(-30)
    add("{%p if block.also %}")
    _line(add("{{ block.also }}"), size=9.5).paragraph_format.left_indent = Pt(30)
    add("{%p endif %}")
    add('{%p elif block.kind == "typed" %}')
    add("{{ block.text }}").paragraph_format.left_indent = Pt(30)
    for kind, heads in HEADS.items():
        add(f'{{%p elif block.kind == "{kind}" %}}')
        _table(drawn, heads)
    add("{%p endif %}")
    add("{%p endfor %}")
    add("{%p endfor %}")
    add("{%p for line in binding %}")
    add("{{ line.text }}")
    _line(add("{{ line.also }}"), size=9.5)
    add("{%p endfor %}")
    _line(add("{{ labels.end }}"), size=9.5)
    add("{%p for party in parties %}")
    signature = add("{{ party.role }}（{{ labels.seal }}）：{{ party.name }}")
    signature.paragraph_format.space_before = Pt(24)
    signature.paragraph_format.keep_with_next = True
    add("{{ labels.signed }}：________________　　{{ labels.date }}：{{ agreed_on or '________________' }}")
    add("{%p endfor %}")
    out = BytesIO()
    drawn.save(out)
    return out.getvalue()


def _line(paragraph: Paragraph, *, size: float = 10.5, bold: bool = False, centred: bool = False) -> Paragraph:
    for run in paragraph.runs:
        run.font.size, run.font.bold = Pt(size), bold
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _table(drawn: Any, heads: tuple[str, ...]) -> None:
    table = drawn.add_table(rows=4, cols=len(heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = f"{{{{ labels.{head} }}}}"
        cell.paragraphs[0].runs[0].font.bold = True
    table.rows[1].cells[0].text = "{%tr for row in block.rows %}"
    for place, cell in enumerate(table.rows[2].cells):
        cell.text = f"{{{{ row[{place}] }}}}"
        if heads[place] in ("amount", "share"):
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    table.rows[3].cells[0].text = "{%tr endfor %}"


def _footer(paragraph: Paragraph) -> None:
    """Number, page and version of the template; the page number is Word's own field."""
    paragraph.add_run("{{ number }}　　{{ labels.page }} ")
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
    paragraph.add_run("　　{{ version }}")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(8.5), GREY
