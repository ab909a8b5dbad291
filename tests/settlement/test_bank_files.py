"""Statements as banks write them, and as they should not be; orders against the published schema."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import sepaxml
from lxml import etree

from tests.settlement.statements_xml import OWN, camt
from yinxian.kernel.errors import Invalid
from yinxian.settlement.banking import Statement, identify, pain, tables
from yinxian.settlement.banking import camt as reader
from yinxian.settlement.operations.banking import FaultyFile, read_statement

PAID = ("96000.00", "2026-03-25", "R-1", "澜江暖能电器", "LJ-2026-0137 定金")
CHARGE = ("-15.00", "2026-03-26", "R-2", "银行", "手续费")
TABLE = (
    "本方账号,交易日期,贷方金额,借方金额,对方户名,摘要,交易流水号,余额\n"
    f'{OWN},20260325,"96,000.00",,澜江暖能电器,LJ-2026-0137 定金,R-1,97000.00\n'
    f"{OWN},2026-03-26,,15.00,银行,手续费,R-2,96985.00\n"
)


@pytest.mark.parametrize("version", [f"{number:02d}" for number in range(2, 11)])
def test_camt_of_every_version_is_read(version: str) -> None:
    found = reader.read(camt([PAID, CHARGE], version=version))
    assert found.account == OWN and found.adds_up and not found.faults
    first, second = found.lines
    assert (first.amount_fen, second.amount_fen) == (9_600_000, -1_500)
    assert (first.name, first.reference, first.booked_on) == ("澜江暖能电器", "R-1", dt.date(2026, 3, 25))
    assert "LJ-2026-0137" in first.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_table_of_a_chinese_bank_is_read(encoding: str) -> None:
    found = read_statement(TABLE.encode(encoding), "流水.csv")
    assert [line.amount_fen for line in found.lines] == [9_600_000, -1_500]
    assert found.lines[0].name == "澜江暖能电器" and found.account == OWN


def test_columns_may_be_called_otherwise_and_signs_stand_apart() -> None:
    data = "何时,多少,进出,谁\n2026/3/5,100.5,贷,甲\n2026年3月6日,20,借,乙\n".encode()
    with pytest.raises(Invalid) as refused:
        tables.read(data, "a.csv")
    assert refused.value.code == "settlement.bank_columns" and "何时" in refused.value.sentence
    chosen = {"day": "何时", "amount": "多少", "sign": "进出", "name": "谁"}
    assert [line.amount_fen for line in tables.read(data, "a.csv", chosen).lines] == [10_050, -2_000]


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(8))
    + "]>"
)
FETCH = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (camt([PAID], namespace="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"), "settlement.bank_namespace"),
        (camt([PAID], version="11"), "settlement.bank_namespace"),
        (camt([PAID], version="01"), "settlement.bank_namespace"),
        (camt([PAID], namespace="x"), "settlement.bank_namespace"),
        (b"<html><body>no</body></html>", "settlement.bank_namespace"),
        (camt([PAID], head=BOMB), "settlement.bank_entities"),
        (camt([PAID], head=FETCH), "settlement.bank_entities"),
        (camt([PAID], head="<!DOCTYPE Document>"), "settlement.bank_entities"),
        (camt([PAID], head=BOMB).decode().replace("UTF-8", "UTF-16").encode("utf-16"), "settlement.bank_entities"),
        (camt([PAID])[:700], "settlement.bank_broken"),
        (b"<" + b"a" * 100, "settlement.bank_broken"),
        (b"<a>" * 5000, "settlement.bank_broken"),
        (camt([PAID], closing="1.00"), "settlement.bank_does_not_add_up"),
        (camt([]), "settlement.bank_no_lines"),
        (b"<" + b" " * (5 * 1024 * 1024), "settlement.bank_too_large"),
        (TABLE.replace("97000.00", "97001.00").encode(), "settlement.bank_does_not_add_up"),
        (TABLE.replace(OWN, "12345678", 1).encode(), "settlement.bank_many_accounts"),
        (b"a,b\n1,2\n", "settlement.bank_columns"),
        (b"\x00\x01\x02\x03" * 50, "kernel.unreadable_file"),
        (b"", "kernel.empty_file"),
    ],
)
def test_what_is_no_statement_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_statement(data, "a.dat")
    assert refused.value.code == code and refused.value.sentence != code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("96000.00", "0.005"), "settlement.bank_row_amount"),
        (("96000.00", "1e9"), "settlement.bank_row_amount"),
        (("96000.00", "0.00"), "settlement.bank_row_amount"),
        (("2026-03-25", "2026-13-25"), "settlement.bank_row_day"),
        (('<Ntry><Amt Ccy="CNY"', '<Ntry><Amt Ccy="USD"'), "settlement.bank_row_currency"),
    ],
)
def test_a_row_that_cannot_be_is_told_and_nothing_taken(change: tuple[str, str], code: str) -> None:
    with pytest.raises(FaultyFile) as refused:
        read_statement(camt([PAID]).decode().replace(*change).encode(), "a.xml")
    assert [(fault.row, fault.code) for fault in refused.value.faults] == [(1, code)]


@pytest.mark.parametrize(("amount", "day"), [("abc", "20260325"), ("0.005", "20260325"), ("10", "20260230")])
def test_a_table_s_row_that_cannot_be_is_told(amount: str, day: str) -> None:
    data = f"交易日期,金额\n20260301,5\n{day},{amount}\n".encode()
    with pytest.raises(FaultyFile) as refused:
        read_statement(data, "a.csv")
    assert [fault.row for fault in refused.value.faults] == [2]


def test_lines_are_known_again_and_two_alike_are_two() -> None:
    one = tables.read("交易日期,金额,摘要\n20260301,5,甲\n20260301,5,甲\n".encode(), "a.csv")
    two = tables.read("交易日期,金额,摘要\n20260301,5,甲\n20260301,5,甲\n20260302,5,甲\n".encode(), "b.csv")
    assert len(set(identify(one.lines))) == 2
    assert set(identify(one.lines)) < set(identify(two.lines))


def test_a_batch_is_taken_apart_where_its_parts_add_up() -> None:
    whole = camt([PAID]).decode()
    part = '<TxDtls><Refs><EndToEndId>E{0}</EndToEndId></Refs><Amt Ccy="CNY">{1}</Amt></TxDtls>'
    inside = whole[whole.index("<TxDtls>") : whole.index("</NtryDtls>")]
    apart = whole.replace(inside, part.format(1, "90000.00") + part.format(2, "6000.00"))
    found = reader.read(apart.encode())
    assert [(line.amount_fen, line.end_to_end) for line in found.lines] == [(9_000_000, "E1"), (600_000, "E2")]
    assert isinstance(found, Statement) and found.adds_up


def schema() -> etree.XMLSchema:
    path = Path(sepaxml.__file__).parent / "schemas" / "pain.001.001.09.xsd"
    return etree.XMLSchema(etree.parse(path))


@pytest.mark.parametrize("code", ["", "102100099996", "ICBKCNBJXXX"])
def test_an_order_satisfies_the_published_schema(code: str) -> None:
    made = pain.write(
        message="Z23456789A",
        made_at=dt.datetime(2026, 3, 31, 9, 0, tzinfo=dt.UTC),
        execute_on=dt.date(2026, 4, 1),
        payer=pain.Side("澜江技术转移中心", OWN, "工商银行澜江支行", code),
        payments=[
            pain.Payment("Z2", 1_336_320, pain.Side("沈若溪" * 60, "62220001", "", code), "注释\n" * 200),
            pain.Payment("Z3", 10**15, pain.Side("<顾&明远>", "62220002", "农行", ""), ""),
        ],
    )
    document = etree.fromstring(made)
    schema().assertValid(document)
    sums = [node.text for node in document.iter("{*}CtrlSum")]
    assert sums == ["10000000013363.20"] * 2
    assert [node.get("Ccy") for node in document.iter("{*}InstdAmt")] == ["CNY", "CNY"]


def test_the_schema_refuses_what_breaks_it() -> None:
    """The control: the check is not one that lets everything pass."""
    made = pain.write(
        message="Z1",
        made_at=dt.datetime(2026, 3, 31, tzinfo=dt.UTC),
        execute_on=dt.date(2026, 4, 1),
        payer=pain.Side("甲", "1"),
        payments=[pain.Payment("Z2", 1, pain.Side("乙", "2"), "")],
    )
    for old, new in ((b"TRF", b"XXX"), (b">1<", b">x<"), (b"2026-04-01", b"1.4.2026")):
        with pytest.raises(etree.DocumentInvalid):
            schema().assertValid(etree.fromstring(made.replace(old, new, 1)))


@pytest.mark.parametrize("amounts", [[], [0], [-1]])
def test_an_order_of_nothing_is_not_written(amounts: list[int]) -> None:
    payments = [pain.Payment("Z", fen, pain.Side("甲", "1"), "") for fen in amounts]
    with pytest.raises(ValueError, match="each above zero"):
        pain.write(
            message="Z",
            made_at=dt.datetime(2026, 3, 31, tzinfo=dt.UTC),
            execute_on=dt.date(2026, 4, 1),
            payer=pain.Side("甲", "1"),
            payments=payments,
        )
