"""The one file of the demo: 500 hours on the bench, as the supplier hands it in."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

HOURS, STEP = 500, 4
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def bench_record(name: str, ends: date) -> SimpleUploadedFile:
    """Four prototypes read every four hours: carbon monoxide and pressure drop creep up and stay below the bound."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has one
    sheet.title = "台架记录"
    sheet.append(["累计小时", "日期", "1号CO（ppm）", "2号CO（ppm）", "3号CO（ppm）", "4号CO（ppm）", "压降（Pa）"])
    starts = ends - timedelta(hours=HOURS)
    for hour in range(0, HOURS + 1, STEP):
        day = starts + timedelta(days=hour // 24)
        figures = [32 + hour // 40 + (hour // STEP * unit) % 4 for unit in (1, 3, 5, 7)]
        sheet.append([hour, day, *figures, 66 + hour // 80])
    kept = BytesIO()
    book.save(kept)
    return SimpleUploadedFile(name, kept.getvalue(), XLSX)
