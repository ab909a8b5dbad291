"""Word, PDF and preview say the same; what people type is never code."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.world import People
from yinxian.contracts.clauses import latest, templates
from yinxian.contracts.documents.assemble import BLANK, Facts, Party, document, fill, ordinal
from yinxian.contracts.documents.pdf import pdf
from yinxian.contracts.documents.word import word
from yinxian.contracts.models import Contract
from yinxian.contracts.operations import approve_contract, draft_contract
from yinxian.contracts.queries.documents import document_of

HOSTILE = '#panic("x") $1/0$ <b>粗</b> {{ 7*7 }} {% raw %} {scope} \\ *星* _下_ @引 </w:t> & "\u202e\x00\x0b'
Make = Callable[..., Contract]


def text_of_pdf(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def text_of_word(content: bytes) -> str:
    opened = docx.Document(BytesIO(content))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    footer = opened.sections[0].footer.paragraphs[0].text
    return "\n".join([*[paragraph.text for paragraph in opened.paragraphs], *cells, footer])


def tight(text: str) -> str:
    return "".join(text.split())


def test_word_and_pdf_carry_the_text_the_tables_and_the_version(draft: Make) -> None:
    made = document_of(draft())
    for text in (text_of_pdf(pdf(made)), text_of_word(word(made))):
        plain = tight(text)
        for words in (
            "技术开发合同",
            "澜江暖能电器",
            "江北理工大学",
            "研制在25℃起效的一氧化碳消除催化剂",
            "480,000.00",
            "肆拾捌万元整",
            "一氧化碳浓度",
            "≤50ppm",
            "96,000.00",
            "模板2026.1版",
            "HT20",
            "2026年3月28日",
        ):
            assert words in plain, words
        assert BLANK not in plain


def test_a_draft_says_so_and_an_agreed_contract_does_not(people: People, offered: Contract) -> None:
    assert "草稿" in text_of_pdf(pdf(document_of(offered)))
    for actor in (people.heng, people.lan):
        approve_contract(contract_id=offered.pk, actor=actor, revision=1)
    made = document_of(Contract.objects.get(pk=offered.pk))
    assert "草稿" not in text_of_pdf(pdf(made)) and "草稿" not in text_of_word(word(made))


@pytest.mark.parametrize("kind", sorted({one.kind for one in templates()} - {"team"}))
def test_every_kind_is_set_with_hostile_words_as_plain_text(people: People, kind: str) -> None:
    template = latest(kind)
    people.buyer.name = f"电器{HOSTILE}"[:100].replace("\x00", "")
    people.buyer.save()
    values = {ask.key: HOSTILE for ask in template.asks if ask.kind in ("text", "line")}
    contract = draft_contract(
        kind=kind,
        buyer_id=people.buyer.pk,
        supplier_id=people.supplier.pk,
        data={
            "values": values,
            "indicators": [{"name": HOSTILE, "requirement": HOSTILE, "method": HOSTILE}],
            "payments": [{"title": HOSTILE, "condition": HOSTILE, "due_on": "", "amount_fen": 1}],
        },
        amount_fen=1,
        actor=people.ruoxi,
        handler_id=people.ruoxi.pk,
        broker_id=people.agency.pk,
        client="buyer",
        title=HOSTILE,
    )
    made = document_of(contract)
    for text in (text_of_pdf(pdf(made)), text_of_word(word(made))):
        plain = tight(text)
        assert tight('#panic("x")') in plain and "{{7*7}}" in plain and "<b>粗</b>" in plain and "{scope}" in plain


def test_missing_particulars_leave_a_line_to_write_on(people: People, draft: Make) -> None:
    made = document_of(draft(data={"values": {}}, amount_fen=None))
    assert BLANK in text_of_pdf(pdf(made))


def test_a_warm_pdf_takes_less_than_200_ms(draft: Make) -> None:
    made = document_of(draft())
    pdf(made)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        pdf(made)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.2


def test_the_same_contract_gives_the_same_document(draft: Make) -> None:
    contract = draft()
    assert document_of(contract) == document_of(Contract.objects.get(pk=contract.pk))


@given(st.text(max_size=60))
def test_what_people_type_is_put_in_once_and_never_read_again(words: str) -> None:
    assert fill("甲{x}乙{y}", {"x": words, "y": "丙"}) == f"甲{words or BLANK}乙丙"


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一")]
)
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words


def test_facts_need_no_database() -> None:
    facts = Facts("1", "题", "委托开发", 100, {"buyer": "甲", "supplier": "乙"}, [Party("委托方", "甲")], {})
    assert document(latest("development"), facts)["articles"][0]["heading"] == "第一条　标的"
