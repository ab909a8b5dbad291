"""LibreOffice opens our Word files and saves them again unharmed: the contract's text, the report's comments."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest

from tests.contracts.test_documents import text_of_word, tight
from tests.world import People
from yinxian.contracts.documents.word import word
from yinxian.contracts.models import Contract
from yinxian.contracts.operations import check_draft
from yinxian.contracts.queries.documents import document_of
from yinxian.contracts.queries.drafts import word_report
from yinxian.kernel import assets

Resave = Callable[..., list[bytes]]
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"""


@pytest.fixture(scope="module")
def resave(tmp_path_factory: pytest.TempPathFactory) -> Resave:
    """Word files as LibreOffice saves them: one run, with our fonts and a profile of its own."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("needs LibreOffice: apt-get install libreoffice-writer-nogui")
    folder = tmp_path_factory.mktemp("office")
    config = folder / "fonts.conf"
    config.write_text(FONTS.format(fonts=assets.FONTS, cache=folder / "cache"), encoding="utf-8")

    def run(*files: bytes) -> list[bytes]:
        given, made = folder / "in", folder / "out"
        given.mkdir(exist_ok=True)
        paths = []
        for number, content in enumerate(files):
            path = given / f"{number}.docx"
            path.write_bytes(content)
            paths.append(str(path))
        command = [str(office), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "docx"]
        subprocess.run(
            [*command, "--outdir", str(made), *paths],
            env={**os.environ, "FONTCONFIG_FILE": str(config), "HOME": str(folder)},
            check=True,
            capture_output=True,
            timeout=180,
        )
        return [Path(made / Path(path).name).read_bytes() for path in paths]

    return run


def test_word_files_survive_libreoffice(people: People, draft: Callable[..., Contract], resave: Resave) -> None:
    contract = word(document_of(draft(language="both")))
    checked = check_draft(
        actor=people.ruoxi,
        words="委托开发合同\n第一条 乙方保证研发成功，否则全额退款。\n第二条 验收合格后一次性支付全部款项。",
    )
    report = word_report(checked)
    again, report_again = resave(contract, report)
    was, now = (re.sub(r"页page\d*", "页page", tight(text_of_word(content))) for content in (contract, again))
    assert now == was, "nothing differs but the page that LibreOffice counted"
    before, after = (docx.Document(BytesIO(content)) for content in (contract, again))
    assert [len(table.rows) for table in after.tables] == [len(table.rows) for table in before.tables]
    one, other = (docx.Document(BytesIO(content)) for content in (report, report_again))
    said = [tight(comment.text) for comment in one.comments]
    assert len(said) >= 3 and sorted(tight(comment.text) for comment in other.comments) == sorted(said)
