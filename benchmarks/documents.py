"""How long a contract takes as PDF and as Word, warm, for every template in Chinese and in both languages.

`python benchmarks/documents.py`; the last line is one JSON object, in milliseconds. Aim: a PDF under 200.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from statistics import median

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


def milliseconds(make: object, document: object) -> float:
    assert callable(make)
    make(document)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        make(document)
        times.append((time.perf_counter() - start) * 1000)
    return median(times)


def main() -> None:
    import django

    django.setup()
    from yinxian.contracts.documents.pdf import pdf
    from yinxian.contracts.documents.word import word
    from yinxian.contracts.queries.templates import newest, sample

    rows = []
    for template in newest():
        for language in ("zh", "both"):
            made = sample(template, language)
            rows.append((milliseconds(pdf, made), milliseconds(word, made)))
            print(
                f"{template.kind:14}{template.version:8}{language:6}PDF {rows[-1][0]:7.1f} ms   Word "
                f"{rows[-1][1]:7.1f} ms"
            )
    said = {
        "pdf_ms_median": round(median(row[0] for row in rows), 1),
        "pdf_ms_worst": round(max(row[0] for row in rows), 1),
        "word_ms_median": round(median(row[1] for row in rows), 1),
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main()
