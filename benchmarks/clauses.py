"""The clause check on the drafts of tests/contracts/drafts: precision and recall by category, and its speed.

`python benchmarks/clauses.py`; the last line is one JSON object. The drafts were written by us, so these figures say
that the rules do what they are meant to, not how they do on a stranger's drafts.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


def rates(count: Counter[str]) -> tuple[float, float]:
    said, wanted = count["hit"] + count["false"], count["hit"] + count["miss"]
    return (count["hit"] / said if said else 1.0, count["hit"] / wanted if wanted else 1.0)


def main() -> None:
    import django

    django.setup()
    from tests.contracts.draft_set import cases, measure
    from yinxian.contracts.clause_check import LONGEST, check

    counts, differences = measure()
    whole: Counter[str] = Counter()
    print(f"{'category':28}{'precision':>10}{'recall':>8}{'wanted':>8}{'false':>7}")
    for name, count in sorted(counts.items()):
        whole += count
        precision, recall = rates(count)
        print(f"{name:28}{precision:>10.3f}{recall:>8.3f}{count['hit'] + count['miss']:>8}{count['false']:>7}")
    print("\n".join(differences))
    texts = [case.text for case in cases()]
    start = time.perf_counter()
    for text in texts:
        check(text)
    one = (time.perf_counter() - start) / len(texts)
    long = ("\n".join(texts) * 20)[:LONGEST]
    start = time.perf_counter()
    check(long)
    longest = time.perf_counter() - start
    precision, recall = rates(whole)
    print(
        json.dumps(
            {
                "drafts": len(texts),
                "precision": round(precision, 3),
                "recall": round(recall, 3),
                "ms_a_draft": round(one * 1000, 1),
                "seconds_for_200000_characters": round(longest, 2),
            }
        )
    )


if __name__ == "__main__":
    main()
